// SPDX-License-Identifier: Apache-2.0
//
// Arguments of calls as they are written. Internal to the reader of scripts.
#ifndef FINWAIT_PACKETDRILL_EXPRESSION_H_
#define FINWAIT_PACKETDRILL_EXPRESSION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "packetdrill/cursor.h"

namespace finwait::pkt {

enum class Form : uint8_t { kNumber, kWords, kEllipsis, kList, kFields };

// 5, O_RDWR|O_NONBLOCK, ..., [1], {onoff=1, linger=0}
struct Expression {
  Form form = Form::kEllipsis;
  Place place;
  int64_t number = 0;
  std::vector<std::string> words;  // Of kWords; the names of kFields.
  std::vector<Expression> items;   // Of kList and kFields.

  bool IsWord(std::string_view word) const {
    return form == Form::kWords && words.size() == 1 && words[0] == word;
  }
  // The value of a field, or nullptr.
  const Expression* Field(std::string_view name) const;
};

// What a call's line says: `name(arguments) = value ERROR (note)`.
struct Written {
  std::string name;
  Place place;
  std::vector<Expression> arguments;
  std::optional<int64_t> value;  // Nothing for `= ?`.
  std::string error;
};

Written ParseWritten(Cursor& cursor);

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_EXPRESSION_H_
