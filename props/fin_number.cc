// SPDX-License-Identifier: Apache-2.0
#include "props/fin_number.h"

namespace finwait {

void OneFinOneNumber::Observe(const StepRecord& step) {
  Fin& fin = fins_[Index(step.actor)];
  for (const Segment& segment : step.effects.sent) {
    if (!segment.Has(kFin)) continue;
    if (!fin.sent) {
      fin = Fin{true, segment.FinNumber()};
      continue;
    }
    applied_ = true;
    if (violated_ || fin.number == segment.FinNumber()) continue;
    violated_ = true;
    violation_ = Violated{.choice_index = step.choice_index,
                          .rule = step.effects.rule,
                          .actor = step.actor,
                          .at = step.at,
                          .departed = {},
                          .limit = {},
                          .recovered = std::nullopt};
  }
}

Verdict OneFinOneNumber::Finish() const {
  if (violated_) return violation_;
  if (applied_) return Holds{};
  return Vacuous{};
}

void OneFinOneNumber::Mix(Hasher& hasher, Time) const {
  hasher.Add((applied_ ? 1U : 0U) | (violated_ ? 2U : 0U));
  for (const Fin& fin : fins_) hasher.Add(fin.sent ? 1U : 0U, fin.number.raw);
}

}  // namespace finwait
