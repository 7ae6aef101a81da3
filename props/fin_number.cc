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
    ruling_.Apply();
    if (fin.number == segment.FinNumber()) continue;
    ruling_.Violate(step);
  }
}

void OneFinOneNumber::Mix(Hasher& hasher, Time) const {
  ruling_.Mix(hasher);
  for (const Fin& fin : fins_) hasher.Add(fin.sent ? 1U : 0U, fin.number.raw);
}

}  // namespace finwait
