// SPDX-License-Identifier: Apache-2.0
#include "props/fins.h"

#include "props/segments.h"

namespace finwait {

void OneFinOneNumber::Observe(const StepRecord& step) {
  Fin& fin = fins_[Index(step.actor)];
  for (const Segment& segment : step.effects.sent) {
    if (!segment.Has(kFin)) continue;
    if (fin.sent) {
      Judge(step, fin.number == segment.FinNumber());
    } else {
      fin = Fin{true, segment.FinNumber()};
    }
  }
}

void OneFinOneNumber::Mix(Hasher& hasher, Time) const {
  ruling_.Mix(hasher);
  for (const Fin& fin : fins_) hasher.Add(fin.sent ? 1U : 0U, fin.number.raw);
}

void FinFollowsAllText::Observe(const StepRecord& step, const Ledger& before) {
  const EndLedger& end = before[step.actor];
  if (end.fin_sent) return;
  for (const Segment& segment : step.effects.sent) {
    if (!segment.Has(kFin)) continue;
    const bool asked = end.send_shut || end.close_called || ShutsSending(step);
    Judge(step, asked && segment.FinNumber() == end.first + end.accepted);
    return;
  }
}

void NothingPastFin::Observe(const StepRecord& step, const Ledger& before) {
  const EndLedger& end = before[step.actor];
  if (!end.fin_sent) return;
  for (const Segment& segment : step.effects.sent) {
    if (segment.Has(kRst)) continue;
    Judge(step, segment.len == 0 || AtOrBefore(segment.TextEnd(), end.fin));
  }
}

void FinIsSent::Observe(const StepRecord& step, const Ledger& before) {
  Owed& owed = owed_[Index(step.actor)];
  constexpr StateSet kOpen = Of(State::kEstablished, State::kCloseWait);
  const CallResult& result = step.effects.result;
  if (ShutsSending(step) && kOpen.Has(step.before.state) && result.error == Errno::kNone &&
      !step.foreign && !owed.open) {
    applied_ = true;
    owed = Owed{true, false, ViolationAt(step)};
  }
  if (!owed.open) return;
  const EndLedger& end = before[step.actor];
  owed.waits = AtOrBefore(end.offered, end.first + end.accepted);
  bool sent = SendsReset(step) || step.after.entry == Entry::kNone;
  for (const Segment& segment : step.effects.sent) sent |= segment.Has(kFin);
  if (sent) owed.open = false;
}

Verdict FinIsSent::Finish() const {
  for (const Owed& owed : owed_) {
    if (owed.open && !owed.waits) return owed.violation;
  }
  if (applied_) return Holds{};
  return Vacuous{};
}

void FinIsSent::Mix(Hasher& hasher, Time) const {
  hasher.Add((applied_ ? 1U : 0U) | (owed_[0].open ? 2U : 0U) | (owed_[1].open ? 4U : 0U));
}

}  // namespace finwait
