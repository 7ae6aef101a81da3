// SPDX-License-Identifier: Apache-2.0
//
// What --expect of finwait convert asks for: answers of a kernel with some behaviours changed.
#ifndef FINWAIT_CLI_CONVERT_EXPECT_H_
#define FINWAIT_CLI_CONVERT_EXPECT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "fuzz/schedule_file.h"
#include "model/tcp/trait.h"

namespace finwait {

// What has to change in the end's kernel. `fixed`: all that the violation of the schedule, or of
// what it expects of a profile, comes from.
// Errors: a behaviour or a value that is not known; nothing that one change would mend.
absl::StatusOr<std::vector<TraitValue>> ChangesFor(const ScheduleFile& file,
                                                   const std::string& expect);

// The commit of a behaviour, with its title where a rule has it; empty where it is not known.
std::string CommitOf(const Trait& trait);

}  // namespace finwait

#endif  // FINWAIT_CLI_CONVERT_EXPECT_H_
