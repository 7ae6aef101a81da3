// SPDX-License-Identifier: Apache-2.0
//
// What must be true of every run: a claim, and a monitor that watches the steps of one run.
//
// A monitor is a small trivially copyable value with
//   void Init(const PairSetup&);            before the first step
//   void Observe(const StepRecord&);    after every step
//   Verdict Finish() const;             once the run has settled
//   bool Suspects() const;              could settling alone still bring a violation?
//   void Mix(Hasher&, Time now) const;  its state, times relative to `now`, for exhaustive search
#ifndef FINWAIT_PROPS_PROPERTY_H_
#define FINWAIT_PROPS_PROPERTY_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "model/tcp/rule.h"
#include "model/tcp/time.h"
#include "model/world/choice.h"

namespace finwait {

enum class Kind : uint8_t {
  kAlways,      // Judged at every step.
  kEventually,  // Judged when the run has settled, faults off.
};

struct Property {
  std::string_view name;   // "fin-not-silently-dropped".
  std::string_view claim;  // One sentence, in the words of a user.
  std::string_view cites;  // RFC sections, or the promise it states.
  Kind kind;
  bool strict;  // True: stricter than what peers rely on; hunted only when named.
};

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

struct Violated {
  uint32_t choice_index = 0;  // The choice that did it, counting those that acted, settling's too.
  RuleId rule = RuleId::kNone;  // The rule that decided that step,
  Side actor = Side::kA;        // at this end.
  Time at{};
  Time departed{};                      // For claims with a time limit: when its clock started,
  Duration limit{};                     // the limit,
  std::optional<Duration> recovered{};  // and how long it took in the end; nothing: never.
};

using Verdict = std::variant<Holds, Vacuous, Violated>;

}  // namespace finwait

#endif  // FINWAIT_PROPS_PROPERTY_H_
