// SPDX-License-Identifier: Apache-2.0
//
// What a stack costs by itself: the yardstick for the speed of comparing.
#ifndef FINWAIT_DIFF_BARE_LOOP_H_
#define FINWAIT_DIFF_BARE_LOOP_H_

#include <chrono>

#include "absl/status/statusor.h"
#include "stacks/stack.h"

namespace finwait {

// Rounds per second of: inject a segment from before the window, read the acknowledgement that
// answers it.
absl::StatusOr<double> BareLoopRate(Stack& stack, std::chrono::milliseconds measured_for);

}  // namespace finwait

#endif  // FINWAIT_DIFF_BARE_LOOP_H_
