// SPDX-License-Identifier: Apache-2.0
//
// What a violation cost, and what to do about it: the lines below a ladder.
#ifndef FINWAIT_REPORT_FACTS_H_
#define FINWAIT_REPORT_FACTS_H_

#include <string>

#include "fuzz/finding.h"

namespace finwait {

// Cost in ms and retransmission time-outs, the rule with its kernel function, what a running host
// shows of it, the behaviours that the violation comes from with the commits that changed them,
// the kernels that violate by it and those that hold, how to avoid it. At most 80 columns.
std::string FactsText(const Finding& finding);

}  // namespace finwait

#endif  // FINWAIT_REPORT_FACTS_H_
