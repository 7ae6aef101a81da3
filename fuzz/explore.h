// SPDX-License-Identifier: Apache-2.0
//
// Breadth-first search: every schedule of at most so many choices, shortest first. It proves a
// shrunk counterexample minimal, or finds the shorter one.
#ifndef FINWAIT_FUZZ_EXPLORE_H_
#define FINWAIT_FUZZ_EXPLORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "fuzz/generate.h"
#include "fuzz/judge.h"

namespace finwait {

struct ExploreLimits {
  uint32_t choices_max = 4;
  uint64_t states_max = 2'000'000;  // Distinct worlds (with the monitor's state) to keep.
};

struct Explored {
  std::optional<Schedule> found;  // The first, hence a shortest, that reaches the goal.
  uint64_t states = 0;            // Distinct worlds met.
  uint64_t choices_applied = 0;
  bool complete = false;  // Nothing within `choices_max` was left out or ended as bound.
};

// Every choice that acts in `world` under `modes`: each segment in flight delivered, duplicated and
// dropped, the ending calls of the modes, each size of send() and recv(), each wake-up, a wait.
void EnabledChoices(const World& world, const std::array<Mode, 2>& modes, Choices& out);

// Searches from the start of `setup` under `rules`. Where a mode is kAny the search starts once for
// each setting of SO_LINGER that the generator may draw. The round-trip estimator is not frozen:
// what is found replays as it is.
Explored Explore(const PairSetup& setup, const SearchRules& rules, const Goal& goal,
                 const ExploreLimits& limits);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_EXPLORE_H_
