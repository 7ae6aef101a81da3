// SPDX-License-Identifier: Apache-2.0
//
// finwait hunt --exhaustive and --join.
#ifndef FINWAIT_CLI_EXHAUSTIVE_H_
#define FINWAIT_CLI_EXHAUSTIVE_H_

#include "cli/command.h"
#include "cli/hunt_arguments.h"

namespace finwait {

// Every schedule of the region, pair by pair of kernels.
CommandResult HuntExhaustively(const HuntArguments& options);

// Joins the result files of all shards of a region.
CommandResult JoinShardFiles(const HuntArguments& options);

}  // namespace finwait

#endif  // FINWAIT_CLI_EXHAUSTIVE_H_
