// SPDX-License-Identifier: Apache-2.0
#include "props/time_wait.h"

#include "model/world/notation.h"
#include "props/segments.h"

namespace finwait {
namespace {

constexpr Duration kTimeWaitMin = std::chrono::seconds(60);

bool FinComesAgain(const StepRecord& step) {
  return step.before.state == State::kTimeWait && ArrivesWith(step, kFin) &&
         !step.segment.segment.Has(kRst) && !step.segment.segment.Has(kSyn) &&
         AtOrBefore(step.segment.segment.End(), step.before.rcv_nxt);
}

}  // namespace

void TimeWaitLasts::Observe(const StepRecord& step) {
  Stay& stay = stays_[Index(step.actor)];
  if (step.after.state == State::kTimeWait) {
    const bool again = FinComesAgain(step) && Acknowledges(step, step.before.rcv_nxt);
    if (!stay.on || again) stay = Stay{true, step.at};
    return;
  }
  if (stay.on && step.kind != StepKind::kArrival) Judge(step, step.at - stay.since >= kTimeWaitMin);
  stay.on = false;
}

void TimeWaitLasts::Mix(Hasher& hasher, Time now) const {
  ruling_.Mix(hasher);
  for (const Stay& stay : stays_) {
    hasher.Add(stay.on ? 1U : 0U);
    if (stay.on) hasher.AddTime(stay.since, now);
  }
}

void TimeWaitReacks::Observe(const StepRecord& step) {
  if (FinComesAgain(step)) Judge(step, Acknowledges(step, step.before.rcv_nxt));
}

void TimeWaitSurvivesReset::Observe(const StepRecord& step) {
  if (step.before.state != State::kTimeWait || !ArrivesWith(step, kRst)) return;
  const bool killed = step.after.state == State::kClosed;
  if (killed && !refuses_[Index(step.actor)]) {
    return ruling_.Depart(step,
                          "Linux lets an exact reset end TIME-WAIT unless tcp_rfc1337 is set");
  }
  Judge(step, !killed);
}

std::string TimeWaitLasts::Tells(const Counterexample& e) {
  Time since = e.step->at;
  for (const StepRecord& step : e.trace) {
    if (&step == e.step) break;
    if (step.actor != e.Actor() || step.after.state != State::kTimeWait) continue;
    const bool again = FinComesAgain(step) && Acknowledges(step, step.before.rcv_nxt);
    if (step.before.state != State::kTimeWait || again) since = step.at;
  }
  return e.A() + " left TIME-WAIT " + DurationText(e.step->at - since) +
         " after it had last acknowledged " + e.B() + "'s FIN; 60 s is the least.";
}

std::string TimeWaitReacks::Tells(const Counterexample& e) {
  return e.B() + "'s FIN " + Quoted(*e.step) + " came again in " + e.A() + "'s TIME-WAIT, and " +
         e.A() + " did not acknowledge it again: it " + Doing(*e.step) + ".";
}

std::string TimeWaitSurvivesReset::Tells(const Counterexample& e) {
  return e.B() + "'s reset " + Quoted(*e.step) + " ended " + e.A() +
         "'s TIME-WAIT, though tcp_rfc1337 is set.";
}

}  // namespace finwait
