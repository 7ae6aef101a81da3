// SPDX-License-Identifier: Apache-2.0
//
// One run as relations compare it: what of its steps depends on neither numbers, sides nor the time
// it started. Internal to props.
#ifndef FINWAIT_PROPS_RELATION_RUN_H_
#define FINWAIT_PROPS_RELATION_RUN_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "props/verdict.h"

namespace finwait {

struct Glimpse {
  StepKind kind;
  Side actor;
  State before, after;
  RuleId rule;
  CallResult result;
  Duration at;  // Since the first step.
  uint32_t choice_index;
  bool settling;
  std::array<uint32_t, 6> sent{};  // Flags and length, and numbers relative to the first of each.
  std::array<uint32_t, 6> numbers{};

  friend bool operator==(const Glimpse&, const Glimpse&) = default;
};

struct ComparedRun {
  std::vector<Glimpse> steps;
  std::vector<Violated> where;
  std::vector<size_t> places;       // Of the steps in the whole run.
  std::array<uint32_t, 2> taken{};  // By each end: text.
  std::array<uint32_t, 2> sent{};   // By each user.
  bool reset = false, bound = false;
};

// Swapped: A and B have changed places.
enum class As : uint8_t { kItself, kSwapped };

ComparedRun RunOf(const PairSetup& setup, std::span<const Choice> choices, As as = As::kItself);

// What happened at one end before settling.
ComparedRun Part(const ComparedRun& run, Side side);

// The step of `one` at which the runs part, if they do. Where one is the beginning of the other, it
// is the last step of both.
std::optional<size_t> Parting(const ComparedRun& one, const ComparedRun& other);

// The violation of two comparisons, if there is one; holds if one of them does.
Verdict Both(const Verdict& one, const Verdict& other);

// What must be the same: every step; every step of each end before settling; what both ends have
// taken in the end.
Verdict SameSteps(const ComparedRun& one, const ComparedRun& other, const PairSetup& setup);
Verdict SameAtEachEnd(const ComparedRun& one, const ComparedRun& other, const PairSetup& setup);
Verdict SameTaken(const ComparedRun& one, const ComparedRun& other, const PairSetup& setup);

}  // namespace finwait

#endif  // FINWAIT_PROPS_RELATION_RUN_H_
