// SPDX-License-Identifier: Apache-2.0
#include "props/resets_sent.h"

#include "props/segments.h"

namespace finwait {

void UnreadCloseResets::Observe(const StepRecord& step, const Ledger& before) {
  if (!Calls(step, Op::kClose) || step.before.entry != Entry::kSocket) return;
  const SeqNum first = before[Peer(step.actor)].first;
  if (Unread(step.before, first, before[step.actor].read) == 0) return;
  Judge(step, SendsReset(step));
}

void TextAfterCloseResets::Observe(const StepRecord& step, const Ledger& before) {
  if (step.kind != StepKind::kArrival || !before[step.actor].close_called) return;
  constexpr StateSet kReceives = Of(State::kFinWait1, State::kFinWait2);
  const Segment& segment = step.segment.segment;
  const Numbers& at = step.before;
  const bool text = segment.len > 0 && !segment.Has(kRst) && !segment.Has(kSyn);
  const bool fresh = AtOrBefore(segment.seq, at.rcv_nxt) && After(segment.TextEnd(), at.rcv_nxt) &&
                     AtOrBefore(segment.End(), at.rcv_edge);
  const bool ack_fit = segment.Has(kAck) && AtOrAfter(segment.ack, at.snd_una) &&
                       AtOrBefore(segment.ack, at.snd_nxt);
  if (!kReceives.Has(at.state) || !text || !fresh || !ack_fit || segment.timestamps) return;
  Judge(step, SendsReset(step));
}

bool NoResetWithoutLoss::MaySay(const StepRecord& step, const EndLedger& end,
                                const EndLedger& peer) const {
  if (step.before.entry == Entry::kNone) return true;  // There is no connection to end.
  const bool unread = Unread(step.before, peer.first, end.read) > 0;
  if (Calls(step, Op::kClose)) return Aborts(step.actor) || unread;
  const bool shut = end.close_called || end.recv_shut || step.before.fin_taken;
  return step.kind == StepKind::kArrival && shut &&
         After(step.segment.segment.TextEnd(), step.before.rcv_nxt);
}

void NoResetWithoutLoss::Observe(const StepRecord& step, const Ledger& before) {
  if (!SendsReset(step)) return;
  Judge(step, MaySay(step, before[step.actor], before[Peer(step.actor)]));
}

void LingerZeroAborts::Observe(const StepRecord& step) {
  if (!Calls(step, Op::kClose) || !Aborts(step.actor)) return;
  if (step.before.entry != Entry::kSocket) return;
  constexpr StateSet kBothSent = Of(State::kClosing, State::kLastAck);
  const bool told = SendsReset(step) || kBothSent.Has(step.before.state);
  Judge(step, step.after.entry == Entry::kNone && told);
}

void ClosedAnswersByReset::Observe(const StepRecord& step) {
  if (step.kind != StepKind::kArrival || step.before.entry != Entry::kNone) return;
  if (!step.segment.segment.Has(kRst)) Judge(step, SendsReset(step));
}

std::string UnreadCloseResets::Tells(const Counterexample& e) {
  const uint32_t unread = Unread(e.step->before, e.Peers().first, e.Own().read);
  return e.A() + "'s close() threw " + ByteCount(unread) +
         " away that had not been read, and told " + e.B() + " nothing of it by a reset: it " +
         Doing(*e.step) + ".";
}

std::string TextAfterCloseResets::Tells(const Counterexample& e) {
  return e.B() + "'s text " + Quoted(*e.step) + " arrived after " + e.A() +
         "'s close(), where nobody can read it, but " + e.A() + " sent no reset: it " +
         Doing(*e.step) + ".";
}

std::string NoResetWithoutLoss::Tells(const Counterexample& e) {
  for (const Segment& segment : e.step->effects.sent) {
    if (!segment.Has(kRst)) continue;
    return e.A() + " sent a reset " + Quoted(segment) + " " + Occasion(*e.step) +
           ", though its user had not aborted and no text was lost.";
  }
  return "";
}

std::string LingerZeroAborts::Tells(const Counterexample& e) {
  return e.A() + "'s close() with SO_LINGER 0 ought to end the connection by a reset, but " +
         e.A() + " " + Doing(*e.step) + ".";
}

std::string ClosedAnswersByReset::Tells(const Counterexample& e) {
  return e.B() + "'s segment " + Quoted(*e.step) + " arrived at " + e.A() +
         ", which has no connection any more, but " + e.A() + " sent no reset: it " +
         Doing(*e.step) + ".";
}

}  // namespace finwait
