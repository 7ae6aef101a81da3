// SPDX-License-Identifier: Apache-2.0
#include "props/resets_received.h"

#include "props/segments.h"

namespace finwait {

void OnlyExactReset::Observe(const StepRecord& step) {
  if (!ArrivesWith(step, kRst) || step.before.entry == Entry::kNone) return;
  if (step.before.state == State::kTimeWait) return;
  const SeqNum seq = step.segment.segment.seq;
  const bool exact = seq == step.before.rcv_nxt;
  if (step.after.state != State::kClosed || exact) return Judge(step, true);
  if (step.before.entry == Entry::kTimewait) {
    return ruling_.Depart(step, "a timewait bucket in FIN-WAIT-2 takes any reset in its window");
  }
  constexpr StateSet kFinTaken = Of(State::kCloseWait, State::kClosing, State::kLastAck);
  if (kFinTaken.Has(step.before.state) && seq == step.before.rcv_nxt - 1U) {
    return ruling_.Depart(step, "a reset with the number of the FIN is taken after that FIN");
  }
  if (step.before.sack_edge == seq && seq != SeqNum{}) {
    return ruling_.Depart(step, "a reset at the highest number reported by SACK is taken");
  }
  Judge(step, false);
}

void ExactResetResets::Observe(const StepRecord& step) {
  if (!ArrivesWith(step, kRst) || step.before.entry == Entry::kNone) return;
  if (step.before.state == State::kTimeWait) return;
  if (step.segment.segment.seq != step.before.rcv_nxt) return;
  Judge(step, step.after.state == State::kClosed);
}

std::string OnlyExactReset::Tells(const Counterexample& e) {
  return e.B() + "'s reset " + Quoted(*e.step) + " ended " + e.A() + "'s connection in " +
         std::string(Name(e.step->before.state)) + ", though the number expected was " +
         std::to_string(e.step->before.rcv_nxt.raw) + ".";
}

std::string ExactResetResets::Tells(const Counterexample& e) {
  return e.B() + "'s reset " + Quoted(*e.step) + " has the number that " + e.A() +
         " expected, but " + e.A() + " is in " + std::string(Name(e.step->after.state)) +
         " after it.";
}

}  // namespace finwait
