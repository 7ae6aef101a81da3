// SPDX-License-Identifier: Apache-2.0
#include "props/finish.h"

#include "model/world/notation.h"
#include "model/world/world.h"
#include "props/segments.h"

namespace finwait {

void BothEndsFinish::Observe(const StepRecord& step) {
  End& end = ends_[Index(step.actor)];
  end.state = step.after.state;
  if (!step.settling) last_ = ViolationAt(step);
  if (step.kind != StepKind::kCall) return;
  const CallResult& result = step.effects.result;
  switch (step.choice.op) {
    case Op::kClose:
      end.closed = true;
      return;
    case Op::kShutdown:
      end.send_shut |= step.choice.extra != static_cast<uint8_t>(How::kRd);
      return;
    case Op::kRecv:
      end.read_to_eof |= result.error == Errno::kNone && result.bytes == 0 && step.after.fin_taken;
      return;
    default:
      return;
  }
}

Verdict BothEndsFinish::Finish() const {
  if (!Suspects()) return Vacuous{};
  for (const Side side : {Side::kA, Side::kB}) {
    if (ends_[Index(side)].state == State::kClosed) continue;
    Violated violation = last_;
    violation.actor = side;
    return violation;
  }
  return Holds{};
}

void BothEndsFinish::Mix(Hasher& hasher, Time) const {
  for (const End& end : ends_) {
    hasher.Add((end.closed ? 1U : 0U) | (end.send_shut ? 2U : 0U) | (end.read_to_eof ? 4U : 0U));
  }
}

void ClosedEndGoes::Observe(const StepRecord& step, const Ledger& before) {
  End& end = ends_[Index(step.actor)];
  end.state = step.after.state;
  end.orphan = step.after.orphan;
  const EndLedger& told = before[step.actor];
  end.waits = AtOrBefore(told.offered, told.first + told.accepted);
  if (step.foreign || step.kind != StepKind::kCall || end.closed) return;
  const auto how = static_cast<How>(step.choice.extra);
  const bool shuts = step.choice.op == Op::kShutdown && step.effects.result.error == Errno::kNone;
  const bool both = (told.send_shut || how != How::kRd) && (told.recv_shut || how != How::kWr);
  end.closed = step.choice.op == Op::kClose || (shuts && both);
  if (end.closed) end.violation = ViolationAt(step);
}

// A socket with a user waits in FIN-WAIT-2 for as long as its peer likes.
Verdict ClosedEndGoes::Finish() const {
  bool applied = false, departs = false;
  for (const End& end : ends_) {
    if (!end.closed) continue;
    applied = true;
    if (end.state == State::kClosed) continue;
    if (!end.orphan && end.waits) continue;
    if (end.orphan || end.state != State::kFinWait2) return end.violation;
    departs = true;
  }
  if (departs)
    return Departs{"Linux has no timer in FIN-WAIT-2 after shutdown(), only after close()"};
  if (applied) return Holds{};
  return Vacuous{};
}

void ClosedEndGoes::Mix(Hasher& hasher, Time) const {
  hasher.Add((ends_[0].closed ? 1U : 0U) | (ends_[1].closed ? 2U : 0U));
}

namespace {

std::string StillThere(const Counterexample& e) {
  return e.A() + " was still in " + std::string(Name(e.Last(e.Actor()))) + " " +
         DurationText(kSettleMax) + " after the network's last fault";
}

}  // namespace

std::string BothEndsFinish::Tells(const Counterexample& e) {
  return "Both users had finished, but " + StillThere(e) + ".";
}

std::string ClosedEndGoes::Tells(const Counterexample& e) {
  return StillThere(e) + ", though its user had ended both directions by " +
         CallText(e.step->choice) + ".";
}

}  // namespace finwait
