// SPDX-License-Identifier: Apache-2.0
//
// Where a check is told: on the terminal, as JSON, as JUnit XML, as the summary of a job.
#ifndef FINWAIT_CLI_CHECK_OUTPUT_H_
#define FINWAIT_CLI_CHECK_OUTPUT_H_

#include <string>

#include "cli/command.h"
#include "report/check_report.h"

namespace finwait {

struct CheckOutput {
  bool json = false;
  std::string junit;    // A file to write, or none.
  std::string summary;  // A file to append to, or none: $GITHUB_STEP_SUMMARY unless given.
};
void AddCheckOutput(CLI::App& app, CheckOutput& output);

// Writes it everywhere it was asked for. The exit code: 1 when a case failed, or none passed.
CommandResult Publish(const CheckReport& report, const CheckOutput& output);

}  // namespace finwait

#endif  // FINWAIT_CLI_CHECK_OUTPUT_H_
