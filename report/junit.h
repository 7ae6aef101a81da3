// SPDX-License-Identifier: Apache-2.0
//
// A check as JUnit XML, the form that every CI system reads.
#ifndef FINWAIT_REPORT_JUNIT_H_
#define FINWAIT_REPORT_JUNIT_H_

#include <string>

#include "report/check_report.h"

namespace finwait {

// One testsuite for each suite, in the order in which they begin. What is vacuous is <skipped>.
// Text that XML cannot hold is replaced by `?`.
std::string JUnitXml(const CheckReport& report);

}  // namespace finwait

#endif  // FINWAIT_REPORT_JUNIT_H_
