// SPDX-License-Identifier: Apache-2.0
#include "props/sometimes.h"

#include "props/segments.h"

namespace finwait {

Verdict SometimesMonitor::Finish() const {
  if (shown_) return Holds{};
  return Vacuous{};
}

void FinRidesOnText::Observe(const StepRecord& step) {
  for (const Segment& segment : step.effects.sent) {
    if (segment.Has(kFin) && segment.len > 0) Show(step);
  }
}

void AcksAreDelayed::Observe(const StepRecord& step) {
  bool& owes = owes_[Index(step.actor)];
  if (!step.effects.sent.Empty()) {
    const bool call = step.kind == StepKind::kCall;
    for (const Segment& segment : step.effects.sent) {
      if (owes && call && segment.Length() > 0 && !segment.Has(kRst)) Show(step);
    }
    owes = false;
    return;
  }
  const bool text = step.kind == StepKind::kArrival && step.segment.segment.len > 0;
  owes |= text && step.before.rcv_nxt != step.after.rcv_nxt;
}

void AcksAreDelayed::Mix(Hasher& hasher, Time now) const {
  SometimesMonitor::Mix(hasher, now);
  hasher.Add((owes_[0] ? 1U : 0U) | (owes_[1] ? 2U : 0U));
}

}  // namespace finwait
