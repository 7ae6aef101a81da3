// SPDX-License-Identifier: Apache-2.0
//
// A stand-in: see docs/decisions/0012-standard-library-fuzzers.md.
#ifndef FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_JOIN_H_
#define FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_JOIN_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace absl {
inline namespace finwait_standin {

template <typename Range, typename Formatter>
std::string StrJoin(const Range& range, string_view between, Formatter&& format) {
  std::string text;
  bool first = true;
  for (const auto& one : range) {
    if (!first) text.append(between);
    first = false;
    format(&text, one);
  }
  return text;
}

template <typename Range>
std::string StrJoin(const Range& range, string_view between) {
  return StrJoin(range, between, [](std::string* out, const auto& one) { StrAppend(out, one); });
}

}  // namespace finwait_standin
}  // namespace absl

#endif  // FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_JOIN_H_
