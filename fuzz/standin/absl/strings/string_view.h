// SPDX-License-Identifier: Apache-2.0
//
// A stand-in: see docs/decisions/0012-standard-library-fuzzers.md.
#ifndef FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STRING_VIEW_H_
#define FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STRING_VIEW_H_

#include <string_view>

namespace absl {
inline namespace finwait_standin {

using string_view = std::string_view;  // NOLINT(readability-identifier-naming)

}  // namespace finwait_standin
}  // namespace absl

#endif  // FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STRING_VIEW_H_
