// SPDX-License-Identifier: Apache-2.0
#include "props/acknowledging.h"

#include "model/world/notation.h"
#include "props/segments.h"

namespace finwait {
namespace {

// Of a reset the number is not looked at.
bool Speaks(const Segment& segment) { return segment.Has(kAck) && !segment.Has(kRst); }

constexpr Duration kAckDelayMax = std::chrono::milliseconds(500);

}  // namespace

void AcksNeverRecede::Observe(const StepRecord& step, const Ledger& before) {
  SeqNum acked = before[step.actor].acked;
  for (const Segment& segment : step.effects.sent) {
    if (!Speaks(segment)) continue;
    Judge(step, AtOrAfter(segment.ack, acked));
    acked = Later(acked, segment.ack);
  }
}

void AcksOnlyWhatCame::Observe(const StepRecord& step, const Ledger& before) {
  if (step.effects.sent.Empty()) return;
  Arrived arrived = before[step.actor].arrived;
  if (step.kind == StepKind::kArrival && !step.segment.segment.Has(kRst)) {
    arrived.Add(step.segment.segment.seq, step.segment.segment.End());
  }
  if (arrived.unsure) return;
  for (const Segment& segment : step.effects.sent) {
    if (segment.Has(kAck)) Judge(step, AtOrBefore(segment.ack, arrived.next));
  }
}

void TakenIsAcknowledged::Observe(const StepRecord& step, const Ledger& before) {
  for (Owed& owed : owed_) {
    if (owed.open && step.at > owed.violation.at + kAckDelayMax) ruling_.Violate(owed.violation);
  }
  Owed& owed = owed_[Index(step.actor)];
  const bool gone = step.after.entry == Entry::kNone || SendsReset(step);
  if (owed.open && (gone || Acknowledges(step, owed.number))) owed.open = false;
  const bool takes =
      After(step.after.rcv_nxt, Later(step.before.rcv_nxt, before[step.actor].acked));
  if (!takes || step.foreign) return;
  ruling_.Apply();
  if (owed.open || gone || Acknowledges(step, step.after.rcv_nxt)) return;
  owed = Owed{true, step.after.rcv_nxt, ViolationAt(step)};
}

Verdict TakenIsAcknowledged::Finish() const {
  Ruling last = ruling_;
  for (const Owed& owed : owed_) {
    if (owed.open) last.Violate(owed.violation);
  }
  return last.Finish();
}

void TakenIsAcknowledged::Mix(Hasher& hasher, Time now) const {
  ruling_.Mix(hasher);
  for (const Owed& owed : owed_) {
    hasher.Add(owed.open ? 1U : 0U);
    if (!owed.open) continue;
    hasher.Add(owed.number.raw, static_cast<uint64_t>(owed.violation.rule));
    hasher.AddTime(owed.violation.at, now);
  }
}

void WindowDoesNotShrink::Observe(const StepRecord& step, const Ledger& before) {
  SeqNum edge = before[step.actor].edge;
  for (const Segment& segment : step.effects.sent) {
    if (!Speaks(segment)) continue;
    Judge(step, AtOrAfter(segment.ack + segment.wnd, edge));
    edge = segment.ack + segment.wnd;
  }
}

void BareFinPassesClosedWindow::Observe(const StepRecord& step) {
  const Segment& segment = step.segment.segment;
  const Numbers& at = step.before;
  if (!ArrivesWith(step, kFin) || at.entry != Entry::kSocket || at.fin_taken) return;
  const bool bare = segment.flags == (kFin | kAck) && segment.len == 0;
  const bool ack_fit = AtOrAfter(segment.ack, at.snd_una) && AtOrBefore(segment.ack, at.snd_nxt);
  if (!bare || !ack_fit || segment.seq != at.rcv_nxt || at.rcv_edge != at.rcv_nxt) return;
  Judge(step, step.after.fin_taken || SendsReset(step));
}

namespace {

// The first segment of the step for which `wrong` is true; it has one.
template <typename Wrong>
const Segment& FirstSent(const StepRecord& step, Wrong&& wrong) {
  for (const Segment& segment : step.effects.sent) {
    if (wrong(segment)) return segment;
  }
  return step.effects.sent[0];
}

}  // namespace

std::string AcksNeverRecede::Tells(const Counterexample& e) {
  SeqNum acked = e.Own().acked;
  const Segment& back = FirstSent(*e.step, [&](const Segment& segment) {
    if (Speaks(segment) && Before(segment.ack, acked)) return true;
    if (Speaks(segment)) acked = Later(acked, segment.ack);
    return false;
  });
  return e.A() + " sent " + Quoted(back) + " after it had already acknowledged all before " +
         std::to_string(acked.raw) + ".";
}

std::string AcksOnlyWhatCame::Tells(const Counterexample& e) {
  Arrived arrived = e.Own().arrived;
  if (e.step->kind == StepKind::kArrival && !e.step->segment.segment.Has(kRst)) {
    arrived.Add(e.step->segment.segment.seq, e.step->segment.segment.End());
  }
  const Segment& early = FirstSent(*e.step, [&](const Segment& segment) {
    return segment.Has(kAck) && After(segment.ack, arrived.next);
  });
  return e.A() + " sent " + Quoted(early) + ", though of " + e.B() +
         "'s numbers only those before " + std::to_string(arrived.next.raw) +
         " had arrived without a hole.";
}

std::string TakenIsAcknowledged::Tells(const Counterexample& e) {
  const SeqNum taken = e.step->after.rcv_nxt;
  const StepRecord* const answer = e.Next([&](const StepRecord& later) {
    return later.actor == e.Actor() && Acknowledges(later, taken);
  });
  return e.A() + " took " + e.B() + "'s numbers up to " + std::to_string(taken.raw) + " " +
         Occasion(*e.step) + " and acknowledged them " +
         (answer == nullptr ? "never"
                            : "only " + DurationText(answer->at - e.step->at) + " later") +
         "; half a second is the limit.";
}

std::string WindowDoesNotShrink::Tells(const Counterexample& e) {
  SeqNum edge = e.Own().edge;
  const Segment& back = FirstSent(*e.step, [&](const Segment& segment) {
    if (!Speaks(segment)) return false;
    const bool shrinks = Before(segment.ack + segment.wnd, edge);
    if (!shrinks) edge = segment.ack + segment.wnd;
    return shrinks;
  });
  return e.A() + " had offered room up to " + std::to_string(edge.raw) +
         " and took part of it back: " + Quoted(back) + " with a window of " +
         std::to_string(back.wnd) + " ends at " + std::to_string((back.ack + back.wnd).raw) + ".";
}

std::string BareFinPassesClosedWindow::Tells(const Counterexample& e) {
  return e.A() + " refused " + e.B() + "'s bare FIN " + Quoted(*e.step) +
         ", the very next number, because its window was closed.";
}

}  // namespace finwait
