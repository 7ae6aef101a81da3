// SPDX-License-Identifier: Apache-2.0
#include "props/fins.h"

#include "model/world/notation.h"
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

namespace {

const Segment& FinIn(const StepRecord& step) {
  for (const Segment& segment : step.effects.sent) {
    if (segment.Has(kFin)) return segment;
  }
  return step.effects.sent[0];
}

}  // namespace

std::string OneFinOneNumber::Tells(const Counterexample& e) {
  return e.A() + " sent its FIN again under another number: " + Quoted(FinIn(*e.step)) +
         (e.Own().fin_sent ? ", first " + std::to_string(e.Own().fin.raw) : "") + ".";
}

std::string FinFollowsAllText::Tells(const Counterexample& e) {
  const EndLedger& own = e.Own();
  const bool asked = own.send_shut || own.close_called || ShutsSending(*e.step);
  const std::string sent = e.A() + " sent a FIN " + Quoted(FinIn(*e.step));
  if (!asked) return sent + " though its user had neither closed nor shut down sending.";
  return sent + " that does not follow the " + ByteCount(own.accepted) +
         " which send() had taken: its number should be " +
         std::to_string((own.first + own.accepted).raw) + ".";
}

std::string NothingPastFin::Tells(const Counterexample& e) {
  const Segment* past = &e.step->effects.sent[0];
  for (const Segment& segment : e.step->effects.sent) {
    if (segment.len > 0 && After(segment.TextEnd(), e.Own().fin)) past = &segment;
  }
  return e.A() + " sent text " + Quoted(*past) + " past its own FIN, number " +
         std::to_string(e.Own().fin.raw) + ".";
}

// What the user did in between may be why: a call that failed is told.
std::string FinIsSent::Tells(const Counterexample& e) {
  const std::string tells = e.A() + "'s FIN never left: its " + CallText(e.step->choice) + " in " +
                            std::string(Name(e.step->before.state)) +
                            " owed one, but no segment ever carried it";
  const StepRecord* const failed = e.Next([&](const StepRecord& later) {
    return later.actor == e.Actor() && Calls(later, Op::kSend) &&
           later.effects.result.error != Errno::kNone;
  });
  if (failed == nullptr) return tells + ".";
  const bool removed = Fired(*failed, RuleId::kSendRemovesFin);
  return tells + "; its " + CallText(failed->choice) + ", which " +
         ResultText(failed->effects.result) + ", " +
         (removed ? "took it off the queue." : "came in between.");
}

}  // namespace finwait
