// SPDX-License-Identifier: Apache-2.0
//
// A stand-in: see docs/decisions/0012-standard-library-fuzzers.md.
#ifndef FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_CAT_H_
#define FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_CAT_H_

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/strings/string_view.h"

namespace absl {
inline namespace finwait_standin {

inline void AppendPiece(std::string& out, std::string_view text) { out.append(text); }
template <std::integral Number>
void AppendPiece(std::string& out, Number number) {
  static_assert(!std::is_same_v<Number, char>, "Abseil takes no char either");
  out.append(std::to_string(number));
}

template <typename... Pieces>
void StrAppend(std::string* out, const Pieces&... pieces) {
  (AppendPiece(*out, pieces), ...);
}

template <typename... Pieces>
std::string StrCat(const Pieces&... pieces) {
  std::string text;
  (AppendPiece(text, pieces), ...);
  return text;
}

}  // namespace finwait_standin
}  // namespace absl

#endif  // FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_CAT_H_
