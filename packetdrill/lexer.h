// SPDX-License-Identifier: Apache-2.0
//
// The words of a packetdrill script.
#ifndef FINWAIT_PACKETDRILL_LEXER_H_
#define FINWAIT_PACKETDRILL_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace finwait::pkt {

struct Place {
  int line = 1, column = 1;  // Counted from 1, columns in bytes.
};

enum class TokenKind : uint8_t {
  kWord,      // Letters, digits and `_`; not beginning with a digit.
  kNumber,    // 10, 0x10, 0.5, .5
  kMark,      // One character of anything else,
  kEllipsis,  // but `...` is one token.
  kOption,    // A line that begins with `--`, up to the next blank.
  kShell,     // Between backquotes, without them.
  kCode,      // Between %{ and }%, without them.
  kEnd,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;
  Place place;
  size_t begin = 0, end = 0;  // In the script's text, marks included.
};

// The last token is kEnd. Comments are passed over: `//` and `#` to the end of the line, and those
// between /* and */. InvalidArgument "NAME:LINE:COLUMN: reason" when something is not closed.
absl::StatusOr<std::vector<Token>> TokensOf(std::string_view name, std::string_view text);

// The error at a place of a script.
absl::Status ErrorAt(std::string_view name, Place place, std::string_view reason);

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_LEXER_H_
