// SPDX-License-Identifier: Apache-2.0
//
// How an exhaustive search is told.
#ifndef FINWAIT_CLI_EXHAUSTIVE_OUTPUT_H_
#define FINWAIT_CLI_EXHAUSTIVE_OUTPUT_H_

#include <nlohmann/json.hpp>
#include <string>

#include "cli/command.h"
#include "fuzz/exhaust.h"
#include "fuzz/shard.h"

namespace finwait {

// Everything but `timing`, `bytes_per_state` and `bytes_peak` is the same for every number of
// threads.
nlohmann::ordered_json ToJson(const ExhaustOptions& options, const ExhaustResult& result);

// The whole result, a line a property, and the shortest counterexample of each that is violated.
std::string ExhaustText(const ExhaustOptions& options, const ExhaustResult& result,
                        const Output& output);

// A joined result.
std::string JoinedText(const ShardResult& joined, uint32_t shards);

// "holds", "vacuous", "violated", "skipped" where a region cannot be searched for it, "unfinished".
std::string_view VerdictWord(const ExhaustResult& result, size_t property);

// Bytes as "1.2 GB".
std::string SizeText(uint64_t bytes);

}  // namespace finwait

#endif  // FINWAIT_CLI_EXHAUSTIVE_OUTPUT_H_
