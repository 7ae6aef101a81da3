// SPDX-License-Identifier: Apache-2.0
//
// A stand-in: see docs/decisions/0012-standard-library-fuzzers.md.
#ifndef FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_REPLACE_H_
#define FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_REPLACE_H_

#include <initializer_list>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace absl {
inline namespace finwait_standin {

// The first of the replacements that fits at a place is made there.
inline std::string StrReplaceAll(
    string_view text, std::initializer_list<std::pair<string_view, string_view>> replacements) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t taken = 0;
    for (const auto& [from, to] : replacements) {
      if (taken != 0 || !text.substr(at).starts_with(from)) continue;
      out.append(to);
      taken = from.size();
    }
    if (taken == 0) out.push_back(text[at]);
    at += taken == 0 ? 1 : taken;
  }
  return out;
}

}  // namespace finwait_standin
}  // namespace absl

#endif  // FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_REPLACE_H_
