// SPDX-License-Identifier: Apache-2.0
//
// RapidCheck over schedules for a pull request: any property, any pair of ends. What it finds,
// finwait's own shrinker makes small, and a message tells what to do next.
#ifndef FINWAIT_TESTS_TESTING_TEARDOWN_H_
#define FINWAIT_TESTS_TESTING_TEARDOWN_H_

#include <rapidcheck.h>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "fuzz/hunt.h"
#include "model/world/setup.h"

namespace finwait::testing {

// What a network and its users are like: weights of the kinds of choices, in the order of Op.
struct SwarmProfile {
  std::string_view name;
  std::array<uint8_t, kOpCount> weights;
};

inline constexpr std::array kSwarmProfiles = {
    SwarmProfile{"orderly", {12, 4, 3, 3, 3, 2, 0, 0, 1}},
    SwarmProfile{"lossy", {8, 3, 2, 2, 3, 1, 1, 5, 3}},
    SwarmProfile{"repeating", {12, 3, 2, 2, 3, 1, 5, 1, 1}},
    SwarmProfile{"slow", {6, 3, 2, 2, 3, 1, 1, 1, 8}},
    SwarmProfile{"talkative", {10, 2, 1, 6, 8, 1, 1, 1, 1}},
};

// Choices as that profile draws them. One container, so that it shrinks.
rc::Gen<Choices> ChoicesOf(const SwarmProfile& swarm);

struct PropertyCheck {
  size_t property = 0;
  PairSetup setup;
  uint64_t seed = 0;
  int cases = 200;    // For each swarm profile.
  Known known;        // Causes that are no failure.
  std::string where;  // "FILE:LINE" of the test, for the message.
  // Told each violation that is new as soon as it is met, before anything is made small.
  std::function<void(const Schedule& found)> met = [](const Schedule&) {};
};

struct PropertyChecked {
  std::string message;              // Empty: nothing new was found.
  std::optional<Finding> finding;   // What was.
  std::set<std::string> known_met;  // Known causes that were met.
  uint64_t applied = 0;             // How often the premise came true.
};

// Draws schedules, profile by profile, until one violates the property by a cause that is not
// known. RapidCheck shrinks it first, then finwait. RC_PARAMS is respected: its seed and
// max_success replace those asked for.
PropertyChecked CheckProperty(const PropertyCheck& check);

}  // namespace finwait::testing

#endif  // FINWAIT_TESTS_TESTING_TEARDOWN_H_
