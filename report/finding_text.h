// SPDX-License-Identifier: Apache-2.0
//
// A finding drawn: what every search, check and replay shows of one.
#ifndef FINWAIT_REPORT_FINDING_TEXT_H_
#define FINWAIT_REPORT_FINDING_TEXT_H_

#include <string>

#include "fuzz/finding.h"
#include "report/ladder.h"

namespace finwait {

// The ladder, for a relation also that of the run it is compared with, and the facts below.
std::string FindingText(const Finding& finding, const Labels& labels, const DrawOptions& draw);

}  // namespace finwait

#endif  // FINWAIT_REPORT_FINDING_TEXT_H_
