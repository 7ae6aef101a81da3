// SPDX-License-Identifier: Apache-2.0
//
// A run as text, one line a step: what golden files hold, and what a reader compares.
#ifndef FINWAIT_REPORT_TRACE_TEXT_H_
#define FINWAIT_REPORT_TRACE_TEXT_H_

#include <string>

#include "model/world/trace.h"

namespace finwait {

// "0.005  A  < B1      segment.fin.advances      FIN-WAIT-1 -> CLOSING      > A2 . 754:754(0) ack
// 4417". Columns: seconds, end, what happened, the rule that decided, the change of state if any,
// the result of a call, what left. Steps of the settling phase have a `~` before the end.
std::string TraceText(const Trace& trace);

}  // namespace finwait

#endif  // FINWAIT_REPORT_TRACE_TEXT_H_
