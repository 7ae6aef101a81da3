// SPDX-License-Identifier: Apache-2.0
//
// The arguments of finwait hunt, for random and for exhaustive search.
#ifndef FINWAIT_CLI_HUNT_ARGUMENTS_H_
#define FINWAIT_CLI_HUNT_ARGUMENTS_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/command.h"
#include "fuzz/explore.h"
#include "fuzz/known.h"
#include "fuzz/region.h"

namespace finwait {

struct ExhaustiveArguments {
  bool on = false;
  Region region;
  uint32_t jobs = 0;  // 0: as many as the machine has cores.
  std::string memory = "2G";
  std::string resume;
  std::string shard;
  std::string result;
  std::vector<std::string> join;
  bool no_symmetry = false;
};

struct HuntArguments {
  Output output;
  std::string kernel, a, b, mode;
  std::vector<std::string> properties;
  uint64_t seed = 1;
  uint64_t schedules = 1'000'000;
  uint64_t proof_states = ExploreLimits{}.states_max;
  bool keep_going = false;
  bool allow_vacuous = false;
  std::string known = DefaultCorpus();
  std::string findings = "findings";
  ExhaustiveArguments exhaustive;
};

void AddHuntOptions(CLI::App& app, HuntArguments& options);

// The pairs to hunt: as asked, or each headline profile against itself.
absl::StatusOr<std::vector<std::array<EndChoice, 2>>> Pairs(const HuntArguments& options);

// Causes of the corpus, with the file of each. A corpus that is not there knows none; one that
// cannot be read is an error.
absl::StatusOr<Known> KnownTo(const HuntArguments& options);

}  // namespace finwait

#endif  // FINWAIT_CLI_HUNT_ARGUMENTS_H_
