// SPDX-License-Identifier: Apache-2.0
//
// What one exhaustive search came to, as a JSON text; and the results of all shards of a region
// made into one.
#ifndef FINWAIT_FUZZ_SHARD_H_
#define FINWAIT_FUZZ_SHARD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "fuzz/exhaust.h"

namespace finwait {

// A counterexample of a shard; empty where there is none.
struct ShardViolation {
  std::string property;
  std::string schedule;  // On one line.
  uint32_t choices = 0;
};

struct ShardResult {
  std::string search;  // What all shards of a region have in common: SearchKey() without the shard.
  Shard shard;
  bool complete = false;
  uint64_t states = 0, edges = 0, bound = 0;
  std::vector<std::string> properties, applied;
  std::vector<ShardViolation> violations;
};

ShardResult ShardResultOf(const ExhaustOptions& options, const ExhaustResult& result);

std::string FormatShard(const ShardResult& result);
// Errors name `source`.
absl::StatusOr<ShardResult> ParseShard(const std::string& text, const std::string& source);

// One result for the whole region: violated if any shard says so, by the shortest counterexample;
// applied if it did anywhere. `states` and `edges` are sums: shards meet some states more than
// once. Refuses results of different searches or splits, a shard that is missing, there twice or
// did not complete.
absl::StatusOr<ShardResult> JoinShards(const std::vector<ShardResult>& shards);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_SHARD_H_
