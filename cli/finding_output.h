// SPDX-License-Identifier: Apache-2.0
//
// How findings are told: as text with a ladder, as JSON, as files in findings/.
#ifndef FINWAIT_CLI_FINDING_OUTPUT_H_
#define FINWAIT_CLI_FINDING_OUTPUT_H_

#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "cli/command.h"
#include "fuzz/hunt.h"

namespace finwait {

nlohmann::ordered_json ToJson(const Finding& finding);

// The behaviours that it comes from, each alone: "failing-send". Empty if none is to blame alone.
std::string OriginNames(const Finding& finding);

// What was violated, after how many schedules, and how small it became.
std::string FindingHeadline(const Finding& finding, double seconds, const Output& output);

// The ladder and the facts below it.
std::string FindingLadder(const Finding& finding, const Output& output);

// Keeps its minimal schedule in DIRECTORY (fuzz/keep.h); gives the path.
absl::StatusOr<std::string> Keep(const Finding& finding, const std::string& directory);

}  // namespace finwait

#endif  // FINWAIT_CLI_FINDING_OUTPUT_H_
