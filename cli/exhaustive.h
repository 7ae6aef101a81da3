// SPDX-License-Identifier: Apache-2.0
//
// finwait hunt --exhaustive and --join.
#ifndef FINWAIT_CLI_EXHAUSTIVE_H_
#define FINWAIT_CLI_EXHAUSTIVE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/command.h"
#include "cli/hunt_arguments.h"
#include "fuzz/shard.h"

namespace finwait {

// Every schedule of the region, pair by pair of kernels.
CommandResult HuntExhaustively(const HuntArguments& options);

// The result files of all shards of a region as one result.
absl::StatusOr<ShardResult> ReadShards(const std::vector<std::string>& paths);

// Joins them and says what came of it.
CommandResult JoinShardFiles(const HuntArguments& options);

}  // namespace finwait

#endif  // FINWAIT_CLI_EXHAUSTIVE_H_
