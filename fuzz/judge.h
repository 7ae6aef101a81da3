// SPDX-License-Identifier: Apache-2.0
//
// Runs one schedule to its end and says what the properties make of it.
#ifndef FINWAIT_FUZZ_JUDGE_H_
#define FINWAIT_FUZZ_JUDGE_H_

#include <array>
#include <optional>
#include <span>

#include "fuzz/mode.h"
#include "fuzz/schedule.h"
#include "model/tcp/rule.h"
#include "model/world/choice.h"
#include "model/world/setup.h"
#include "model/world/trace.h"
#include "props/monitors.h"
#include "props/property.h"

namespace finwait {

struct Judgement {
  std::array<Verdict, kPropertyCount> verdicts;  // Vacuous for those not asked.
  bool bound = false;  // A queue was full: only what was violated before that is told.
};

// What the monitors make of one property when the run is over, or has ended as bound.
Verdict VerdictOf(const Monitors& monitors, size_t property, bool bound);

Judgement Judge(const PairSetup& setup, std::span<const Choice> choices, PropertySet properties);

// The first property of the catalogue that is violated, if one is.
std::optional<size_t> FirstViolated(const Judgement& judgement);

// What is looked for: a violation of this property by this rule; with a mode, at an end that ended
// so.
struct Goal {
  size_t property = 0;
  RuleId rule = RuleId::kNone;
  std::optional<Mode> mode{};
};

// The violation of the goal, if the schedule brings one.
std::optional<Violated> Violates(const PairSetup& setup, std::span<const Choice> choices,
                                 const Goal& goal);

// Whether the violation is at an end that has ended in the goal's mode.
bool InMode(const PairSetup& setup, std::span<const Choice> performed, const Violated& violation,
            const Goal& goal);

// The first `count` choices that act, settling's own written out behind them.
Choices Performed(const PairSetup& setup, std::span<const Choice> choices, uint32_t count);

// How many of the choices act.
uint32_t CountActing(const PairSetup& setup, std::span<const Choice> choices);

// The whole run, settling included.
struct Recorded {
  Trace trace;
  bool bound = false;
  Time ended{};
};
Recorded Record(const PairSetup& setup, std::span<const Choice> choices);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_JUDGE_H_
