// SPDX-License-Identifier: Apache-2.0
//
// What a hunt came to, property by property, as cases of a check.
#ifndef FINWAIT_CLI_HUNT_CASES_H_
#define FINWAIT_CLI_HUNT_CASES_H_

#include <vector>

#include "fuzz/hunt.h"
#include "report/check_report.h"

namespace finwait {

// One case a property; of one that was violated, one a new cause. Neither suite nor time is set.
std::vector<CheckedCase> CasesOf(const HuntOptions& options, const HuntResult& result);

}  // namespace finwait

#endif  // FINWAIT_CLI_HUNT_CASES_H_
