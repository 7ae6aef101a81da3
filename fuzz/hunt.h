// SPDX-License-Identifier: Apache-2.0
//
// Random search over schedules until a property is violated, and what is made of a violation:
// shrunk, explained, and proven minimal where that can be done.
#ifndef FINWAIT_FUZZ_HUNT_H_
#define FINWAIT_FUZZ_HUNT_H_

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "fuzz/explore.h"
#include "fuzz/finding.h"
#include "fuzz/generate.h"
#include "fuzz/judge.h"
#include "fuzz/known.h"
#include "fuzz/stop.h"

namespace finwait {

// How many more schedules the other properties are given once one is violated.
inline constexpr uint64_t kPatience = 50'000;

// Of so many schedules one is held against others like it.
inline constexpr uint64_t kRelationEvery = 16;

// Of so many schedules one has receive buffers of so many bytes, if small windows are drawn.
inline constexpr uint64_t kSmallWindowEvery = 16;
inline constexpr uint16_t kSmallWindow = 10;

struct HuntOptions {
  PairSetup setup;
  SearchRules rules;
  bool small_windows = false;       // By index, so that no other schedule depends on it.
  std::optional<Mode> victim_mode;  // Count only violations at an end that ended in this mode.
  PropertySet properties = PropertiesByDefault();
  uint64_t seed = 1;
  uint64_t schedules_max = 1'000'000;
  // False: one finding a property, and the end once each has one, or kPatience schedules after the
  // last finding. True: one finding a cause, and all schedules.
  bool keep_going = false;
  Known known;
  ExploreLimits proof;  // States to spend on proving one finding minimal.
  Stop stop = nullptr;
  std::function<void(uint64_t schedules)> progress = [](uint64_t) {};
};

// Findings stand in the order in which they were made.
struct HuntResult {
  uint64_t schedules = 0;
  bool stopped = false;  // Before it was done.
  uint64_t bound = 0;    // Schedules that ended because a queue was full: hardly judged.
  std::array<uint64_t, kPropertyCount> applied{};   // How often each premise came true,
  std::array<uint64_t, kPropertyCount> departed{};  // and Linux departed from the claim on purpose.
  std::array<uint64_t, kRuleCount> rules_hit{};
  std::vector<Finding> findings;
};

// `made` hears of every finding as it is made.
HuntResult Hunt(
    const HuntOptions& options,
    const std::function<void(const Finding&)>& made = [](const Finding&) {});

// The claims of kind kSometimes that none of the schedules showed: violated, if there were enough
// of them, and neither a mode nor a peer that is not Linux limits what they can show.
inline constexpr uint64_t kEnoughToShow = 10'000;
PropertySet NeverShown(const HuntOptions& options, const HuntResult& result);

// Searches breadth first for a shorter schedule under the same rules, with the receive buffers of
// the minimal one. `proven_minimal` becomes true only when every shorter one was tried within the
// limits (their choices_max is not read).
void Prove(Finding& finding, const Goal& goal, const SearchRules& rules, ExploreLimits limits);

// One schedule at random, without judging it: what the hunt runs as case `index`, counted from 0.
Schedule RandomSchedule(const HuntOptions& options, uint64_t index);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_HUNT_H_
