// SPDX-License-Identifier: Apache-2.0
//
// A check as Markdown, for the page that a CI system shows beside a job.
#ifndef FINWAIT_REPORT_SUMMARY_H_
#define FINWAIT_REPORT_SUMMARY_H_

#include <string>

#include "report/check_report.h"

namespace finwait {

// The verdict first, then every failure with what there is to see and the command that repeats it,
// then a line a suite, then what was skipped and why.
std::string SummaryMarkdown(const CheckReport& report);

}  // namespace finwait

#endif  // FINWAIT_REPORT_SUMMARY_H_
