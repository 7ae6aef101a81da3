// SPDX-License-Identifier: Apache-2.0
//
// What a failed system call means for a stack.
#ifndef FINWAIT_STACKS_SYSTEM_ERROR_H_
#define FINWAIT_STACKS_SYSTEM_ERROR_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace finwait {

// `what` failed with `error`, an errno. Unavailable when the machine lacks something or does not
// permit it, so that a test can be skipped; Internal otherwise.
absl::Status SystemError(absl::string_view what, int error);

}  // namespace finwait

#endif  // FINWAIT_STACKS_SYSTEM_ERROR_H_
