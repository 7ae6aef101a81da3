// SPDX-License-Identifier: Apache-2.0
//
// What a ladder cannot draw: why a reset was sent, and what becomes of each end after the drawing.
#ifndef FINWAIT_REPORT_ENDS_H_
#define FINWAIT_REPORT_ENDS_H_

#include <cstddef>
#include <functional>
#include <string>

#include "report/story.h"

namespace finwait {

// A line for each reset among the first `end` steps: the rule that sent it, in words, the RFC, and
// what a program does to avoid it. `number` gives the ladder's number of a segment.
std::string ResetsText(const Story& story, size_t end,
                       const std::function<int(Side, uint16_t)>& number);

// A line for each end that is not CLOSED after the first `end` steps: when it will be, by which
// timer and which setting; or that nothing ends the state it is in.
std::string LaterText(const Story& story, size_t end);

}  // namespace finwait

#endif  // FINWAIT_REPORT_ENDS_H_
