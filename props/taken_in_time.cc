// SPDX-License-Identifier: Apache-2.0
#include "props/taken_in_time.h"

#include <algorithm>

#include "model/world/notation.h"
#include "props/segments.h"

namespace finwait {
namespace {

bool GivesUp(const StepRecord& step) {
  return SendsReset(step) || step.effects.rule == RuleId::kTimerRetransmitGivesUp;
}

}  // namespace

SeqNum TakenInTime::End(const Segment& segment) const {
  return what_ == What::kFin ? segment.End() : segment.TextEnd();
}

bool TakenInTime::Premise(const StepRecord& step) const {
  const Segment& seg = step.segment.segment;
  const Numbers& at = step.before;
  if (step.foreign) return false;
  if (what_ == What::kFin ? !seg.Has(kFin) : seg.len == 0) return false;
  if (at.entry == Entry::kNone || at.fin_taken || seg.Has(kRst) || seg.Has(kSyn)) return false;
  const bool new_in_window = AtOrBefore(seg.seq, at.rcv_nxt) && After(End(seg), at.rcv_nxt) &&
                             AtOrBefore(End(seg), at.rcv_edge);
  const bool ack_fit = seg.Has(kAck) && AtOrAfter(seg.ack, at.snd_una - at.max_window) &&
                       AtOrBefore(seg.ack, at.snd_nxt);
  return new_in_window && ack_fit;
}

void TakenInTime::Owe(const StepRecord& step) {
  applied_ = true;
  Owed fresh;
  fresh.open = true;
  fresh.rule = step.effects.rule;
  fresh.choice_index = step.choice_index;
  fresh.end = End(step.segment.segment);
  fresh.sent = step.segment.sent;
  fresh.arrived = step.at;
  fresh.rto = step.segment.rto;
  fresh.deadline = grace_ == Grace::kNone ? step.at : std::max(fresh.sent + fresh.rto, step.at);
  Owed& owed = owed_[Index(step.actor)];
  if (!owed.open || fresh.deadline < owed.deadline) owed = fresh;
}

void TakenInTime::Convict(const Owed& owed, Side receiver) {
  if (violated_) return;
  violated_ = true;
  violation_ = Violated{.choice_index = owed.choice_index,
                        .rule = owed.rule,
                        .actor = receiver,
                        .at = owed.arrived,
                        .departed = owed.sent,
                        .limit = owed.rto,
                        .recovered = std::nullopt};
}

// The receiver has it now, or has said by a reset that it never will.
void TakenInTime::Settle(Owed& owed, Side receiver, Time at) {
  owed.open = false;
  const Duration took = at - owed.sent;
  if (violated_ && violation_.actor == receiver && violation_.choice_index == owed.choice_index) {
    violation_.recovered = took;
  } else if (at > owed.arrived && (!rescue_.has_value() || rescue_->took < took)) {
    rescue_ = Recovery{took, owed.rto};
  }
}

void TakenInTime::Observe(const StepRecord& step) {
  if (step.kind == StepKind::kArrival && Premise(step)) Owe(step);
  for (const Side receiver : {Side::kA, Side::kB}) {
    Owed& owed = owed_[Index(receiver)];
    if (!owed.open) continue;
    if (step.at > owed.deadline) Convict(owed, receiver);
    if (step.actor != receiver) {
      if (step.at <= owed.deadline && GivesUp(step)) owed.open = false;
      continue;
    }
    if (AtOrAfter(step.after.rcv_nxt, owed.end) || SendsReset(step))
      Settle(owed, receiver, step.at);
  }
}

Verdict TakenInTime::Finish() const {
  TakenInTime last = *this;
  for (const Side receiver : {Side::kA, Side::kB}) {
    if (owed_[Index(receiver)].open) last.Convict(owed_[Index(receiver)], receiver);
  }
  if (last.violated_) return last.violation_;
  if (applied_) return Holds{rescue_};
  return Vacuous{};
}

void TakenInTime::Mix(Hasher& hasher, Time now) const {
  hasher.Add((applied_ ? 1U : 0U) | (violated_ ? 2U : 0U));
  for (const Owed& owed : owed_) {
    if (!owed.open) {
      hasher.Add(0);
      continue;
    }
    hasher.Add(owed.end.raw, static_cast<uint64_t>(owed.rule));
    hasher.AddTime(owed.deadline, now);
    hasher.AddTime(owed.sent, now);
  }
}

namespace {

// How the receiver had it in the end.
std::string MadeGood(const Counterexample& e, SeqNum end) {
  if (!e.violated.recovered.has_value()) return ", for good";
  const StepRecord* const taken = e.Next([&](const StepRecord& later) {
    return later.actor == e.Actor() && (AtOrAfter(later.after.rcv_nxt, end) || SendsReset(later));
  });
  if (taken == nullptr || taken->kind != StepKind::kArrival) return "; it took it too late";
  if (!AtOrAfter(taken->after.rcv_nxt, end)) return "; it reset the connection later";
  const bool copy = taken->segment.serial == e.step->segment.serial;
  return copy ? "; it took only another copy, which was late"
              : "; only " + e.B() + "'s retransmission saved it";
}

}  // namespace

std::string TakenInTime::Tells(const Counterexample& e, What what) {
  const Segment& segment = e.step->segment.segment;
  const bool fin = what == What::kFin;
  const SeqNum end = fin ? segment.End() : segment.TextEnd();
  const bool half = fin && segment.len > 0 && e.step->after.rcv_nxt != e.step->before.rcv_nxt;
  return e.A() + (half ? " took the text but dropped the FIN of " : " discarded ") + e.B() + "'s " +
         (half  ? "segment "
          : fin ? "FIN "
                : "text ") +
         Quoted(*e.step) + " in " + std::string(Name(e.step->before.state)) + MadeGood(e, end) +
         ".";
}

std::string FinAtOnce::Tells(const Counterexample& e) {
  const SeqNum end = e.step->segment.segment.End();
  const StepRecord* const taken = e.Next([&](const StepRecord& later) {
    return later.actor == e.Actor() && AtOrAfter(later.after.rcv_nxt, end);
  });
  return e.A() + " neither took " + e.B() + "'s FIN " + Quoted(*e.step) + " as it arrived in " +
         std::string(Name(e.step->before.state)) + " nor reset the connection; it had it " +
         (taken == nullptr ? "never" : DurationText(taken->at - e.step->at) + " later") + ".";
}

}  // namespace finwait
