// SPDX-License-Identifier: Apache-2.0
//
// What a monitor of an always-claim has to remember: whether it applied, and the first violation.
#ifndef FINWAIT_PROPS_RULING_H_
#define FINWAIT_PROPS_RULING_H_

#include "model/world/fingerprint.h"
#include "model/world/step_record.h"
#include "props/property.h"

namespace finwait {

class Ruling {
 public:
  void Apply() { applied_ = true; }

  // `step` violates the claim; only the first one counts.
  void Violate(const StepRecord& step) {
    if (violated_) return;
    violated_ = true;
    violation_ = Violated{.choice_index = step.choice_index,
                          .rule = step.effects.rule,
                          .actor = step.actor,
                          .at = step.at,
                          .departed = {},
                          .limit = {},
                          .recovered = std::nullopt};
  }

  bool violated() const { return violated_; }

  Verdict Finish() const {
    if (violated_) return violation_;
    if (applied_) return Holds{};
    return Vacuous{};
  }

  void Mix(Hasher& hasher) const { hasher.Add((applied_ ? 1U : 0U) | (violated_ ? 2U : 0U)); }

 private:
  bool applied_ = false;
  bool violated_ = false;
  Violated violation_{};
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_RULING_H_
