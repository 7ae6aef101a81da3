// SPDX-License-Identifier: Apache-2.0
//
// What a violation cost, and what to do about it: the lines below a ladder.
#ifndef FINWAIT_REPORT_FACTS_H_
#define FINWAIT_REPORT_FACTS_H_

#include <string>

#include "report/story.h"

namespace finwait {

// Cost in ms and retransmission time-outs, the rule with its kernel function, what a running host
// shows of it, the commit that changed it or what else the violation comes from, how to avoid it.
// Empty without a violation. At most 80 columns.
std::string FactsText(const Story& story);

}  // namespace finwait

#endif  // FINWAIT_REPORT_FACTS_H_
