// SPDX-License-Identifier: Apache-2.0
//
// Debian's Abseil has a string_view of its own, and neither it nor the standard one converts to the
// other.
#ifndef FINWAIT_FUZZ_VIEW_H_
#define FINWAIT_FUZZ_VIEW_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace finwait {

inline absl::string_view View(std::string_view v) { return {v.data(), v.size()}; }

}  // namespace finwait

#endif  // FINWAIT_FUZZ_VIEW_H_
