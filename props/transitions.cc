// SPDX-License-Identifier: Apache-2.0
#include "props/transitions.h"

#include <array>

#include "model/tcp/shifts.h"
#include "props/segments.h"

namespace finwait {
namespace {

constexpr std::array kArrows = {
    Shift{State::kEstablished, State::kFinWait1}, Shift{State::kEstablished, State::kCloseWait},
    Shift{State::kFinWait1, State::kFinWait2},    Shift{State::kFinWait1, State::kClosing},
    Shift{State::kFinWait1, State::kTimeWait},    Shift{State::kFinWait2, State::kTimeWait},
    Shift{State::kCloseWait, State::kLastAck},    Shift{State::kClosing, State::kTimeWait},
    Shift{State::kLastAck, State::kClosed},       Shift{State::kTimeWait, State::kClosed},
};

}  // namespace

bool IsArrow(State from, State to) {
  for (const Shift& arrow : kArrows) {
    if (arrow.from == from && arrow.to == to) return true;
  }
  return false;
}

// A reset in either direction, an abort by the user, or a time-out.
bool LegalTransitions::EndsAbruptly(const StepRecord& step) const {
  if (SendsReset(step)) return true;
  switch (step.kind) {
    case StepKind::kArrival:
      return step.segment.segment.Has(kRst);
    case StepKind::kCall:
      return Aborts(step.actor);
    default:
      return step.kind == StepKind::kTimer;
  }
}

void LegalTransitions::Observe(const StepRecord& step) {
  const State from = step.before.state;
  const State to = step.after.state;
  if (from == to) return;
  Judge(step, IsArrow(from, to) || (to == State::kClosed && EndsAbruptly(step)));
}

void AdvancesOnAckOfFin::Observe(const StepRecord& step, const Ledger& before) {
  const State from = step.before.state;
  const State to = step.after.state;
  const bool advances = (from == State::kFinWait1 && to != State::kClosing) ||
                        (from == State::kClosing && to == State::kTimeWait) ||
                        from == State::kLastAck;
  if (from == to || !advances || SendsReset(step)) return;
  if (step.kind == StepKind::kCall && to == State::kClosed) {
    return Judge(step, Aborts(step.actor));
  }
  if (step.kind != StepKind::kArrival || step.segment.segment.Has(kRst)) return;
  const Segment& segment = step.segment.segment;
  const EndLedger& end = before[step.actor];
  Judge(step, end.fin_sent && segment.Has(kAck) && After(segment.ack, end.fin));
}

std::string LegalTransitions::Tells(const Counterexample& e) {
  return e.A() + " went from " + std::string(Name(e.step->before.state)) + " to " +
         std::string(Name(e.step->after.state)) + " " + Occasion(*e.step) +
         ": figure 5 of RFC 9293 has no such arrow.";
}

std::string AdvancesOnAckOfFin::Tells(const Counterexample& e) {
  return e.A() + " left " + std::string(Name(e.step->before.state)) + " for " +
         std::string(Name(e.step->after.state)) + " " + Occasion(*e.step) +
         (e.Own().fin_sent
              ? ", but nothing had acknowledged its FIN, number " + std::to_string(e.Own().fin.raw)
              : ", but it had not even sent a FIN") +
         ".";
}

}  // namespace finwait
