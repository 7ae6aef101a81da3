// SPDX-License-Identifier: Apache-2.0
//
// Breadth-first search that keeps the way to every state: the first schedule that reaches a goal is
// a shortest one. It proves a shrunk counterexample minimal, or finds the shorter one.
#ifndef FINWAIT_FUZZ_EXPLORE_H_
#define FINWAIT_FUZZ_EXPLORE_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "fuzz/generate.h"
#include "fuzz/judge.h"
#include "fuzz/search_state.h"
#include "fuzz/stop.h"

namespace finwait {

struct ExploreLimits {
  uint32_t choices_max = 4;
  uint64_t states_max = 2'000'000;  // Distinct worlds (with the monitor's state) to keep.
  uint64_t bytes_max = std::numeric_limits<uint64_t>::max();  // For all that the search keeps.
  Stop stop = nullptr;
};

struct Explored {
  std::optional<Schedule> found;  // The first, hence a shortest, that reaches the goal.
  uint64_t states = 0;            // Distinct worlds met.
  uint64_t choices_applied = 0;
  uint64_t bytes_peak = 0;
  bool complete = false;  // Nothing within the limits was left out or ended as bound.
};

// Searches from the start of `setup` under `rules`: every choice a hunt draws from. Where a mode is
// kAny the search starts once for each setting of SO_LINGER that the generator may draw. The
// round-trip estimator is not frozen: what is found replays as it is.
Explored Explore(const PairSetup& setup, const SearchRules& rules, const Goal& goal,
                 const ExploreLimits& limits);

// Searches from the starts of `grounds`, each in its region. They have only the goal's property and
// are not symmetric.
Explored Explore(const std::vector<Ground>& grounds, const Goal& goal, const ExploreLimits& limits);

// Searches for whatever violates any of `properties` first: all that was met with as few choices as
// the first of them has, every call with every setting of SO_LINGER. Relations are left out, and
// what goes by the serials of segments.
struct ExploredAny {
  struct Case {
    size_t property;
    Violated violation;
    Schedule schedule;
  };
  std::vector<Case> cases;
  bool complete = false;  // Without cases, nothing within `choices_max` was left out.
};
ExploredAny ExploreAny(const PairSetup& setup, PropertySet properties, const ExploreLimits& limits);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_EXPLORE_H_
