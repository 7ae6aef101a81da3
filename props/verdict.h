// SPDX-License-Identifier: Apache-2.0
//
// What a property makes of one run.
#ifndef FINWAIT_PROPS_VERDICT_H_
#define FINWAIT_PROPS_VERDICT_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "model/tcp/rule.h"
#include "model/tcp/time.h"
#include "model/world/choice.h"

namespace finwait {

// A segment that was discarded and made good later.
struct Recovery {
  Duration took;   // From the departure of the discarded copy until the receiver had it.
  Duration limit;  // The sender's retransmission time-out in force.
};

// The premise came true and the claim held. A rescue is not health: the slowest one is told.
struct Holds {
  std::optional<Recovery> rescue;
};

// The premise never came true: not green.
struct Vacuous {};

// The claim did not hold, and Linux means it so: neither pass nor failure.
struct Departs {
  std::string_view departure;  // Which one, in a sentence.
};

struct Violated {
  uint32_t choice_index = 0;  // The choice that did it, counting those that acted, settling's too.
  RuleId rule = RuleId::kNone;  // The rule that decided that step,
  Side actor = Side::kA;        // at this end.
  Time at{};
  Time departed{};                      // For claims with a time limit: when its clock started,
  Duration limit{};                     // the limit,
  std::optional<Duration> recovered{};  // and how long it took in the end; nothing: never.
};

using Verdict = std::variant<Holds, Vacuous, Violated, Departs>;

}  // namespace finwait

#endif  // FINWAIT_PROPS_VERDICT_H_
