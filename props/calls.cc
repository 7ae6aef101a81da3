// SPDX-License-Identifier: Apache-2.0
#include "props/calls.h"

#include "model/world/notation.h"
#include "props/segments.h"

namespace finwait {

void HalfCloseReceives::Observe(const StepRecord& step, const Ledger& before) {
  if (!Calls(step, Op::kRecv)) return;
  const EndLedger& end = before[step.actor];
  if (!end.send_shut || end.recv_shut) return;
  if (Unread(step.before, before[Peer(step.actor)].first, end.read) == 0) return;
  Judge(step, step.effects.result.bytes > 0);
}

void ShutReadingEnds::Observe(const StepRecord& step, const Ledger& before) {
  if (!Calls(step, Op::kRecv) || !before[step.actor].recv_shut || step.before.fin_taken) return;
  Judge(step, step.effects.result.error != Errno::kAgain);
}

void LingerReturns::Init(const PairSetup& setup) {
  for (const Side side : {Side::kA, Side::kB}) {
    const EndSetup& end = setup[side];
    linger_[Index(side)] = std::chrono::seconds(end.linger_s) + end.host.environment.Tick();
  }
}

void LingerReturns::Observe(const StepRecord& step, const Ledger& before) {
  for (const Side side : {Side::kA, Side::kB}) {
    const Sleep& sleep = sleeps_[Index(side)];
    if (sleep.on && sleep.waits && step.at > sleep.violation.at + linger_[Index(side)]) {
      ruling_.Violate(sleep.violation);
    }
  }
  Sleep& sleep = sleeps_[Index(step.actor)];
  constexpr StateSet kWaits = Of(State::kFinWait1, State::kClosing, State::kLastAck);
  const bool lingers = linger_[Index(step.actor)] >= std::chrono::seconds(1);
  if (Calls(step, Op::kClose) && lingers && kWaits.Has(step.after.state) && !step.foreign) {
    ruling_.Apply();
    if (step.effects.result.returned) return ruling_.Violate(step);
    sleep = Sleep{true, true, ViolationAt(step)};
    return;
  }
  sleep.waits = kWaits.Has(step.after.state);
  if (!sleep.on || !step.effects.result.returned) return;
  sleep.on = false;
  const EndLedger& end = before[step.actor];
  const bool fin_answered = end.fin_sent && After(step.before.snd_una, end.fin);
  const bool ended = step.before.entry != Entry::kSocket;
  const Duration slept = step.at - sleep.violation.at;
  const Duration tick = linger_[Index(step.actor)] % std::chrono::seconds(1);
  if (!fin_answered && !ended && slept < linger_[Index(step.actor)] - tick) ruling_.Violate(step);
}

Verdict LingerReturns::Finish() const {
  Ruling last = ruling_;
  for (const Sleep& sleep : sleeps_) {
    if (sleep.on) last.Violate(sleep.violation);
  }
  return last.Finish();
}

void LingerReturns::Mix(Hasher& hasher, Time now) const {
  ruling_.Mix(hasher);
  for (const Sleep& sleep : sleeps_) {
    hasher.Add(sleep.on ? 1U : 0U);
    if (sleep.on) hasher.AddTime(sleep.violation.at, now);
  }
}

void CallsFailAsPromised::Observe(const StepRecord& step, const Ledger& before) {
  const CallResult& result = step.effects.result;
  if (Calls(step, Op::kSend) && before[step.actor].send_shut) {
    Judge(step, result.error != Errno::kNone && result.error != Errno::kAgain);
  }
  if (Calls(step, Op::kShutdown) && step.before.entry == Entry::kNone) {
    Judge(step, result.error == Errno::kNotConn);
  }
}

std::string HalfCloseReceives::Tells(const Counterexample& e) {
  const uint32_t unread = Unread(e.step->before, e.Peers().first, e.Own().read);
  return e.A() + "'s " + CallText(e.step->choice) + " after shutdown(SHUT_WR) " +
         ResultText(e.step->effects.result) + ", though " + ByteCount(unread) + " of " + e.B() +
         "'s text waited to be read.";
}

std::string ShutReadingEnds::Tells(const Counterexample& e) {
  return e.A() + "'s " + CallText(e.step->choice) + " after reading was shut down " +
         ResultText(e.step->effects.result) +
         ", as if more could come: it should report the end of file.";
}

// The violating step is the close(), or the return that came too soon.
std::string LingerReturns::Tells(const Counterexample& e) {
  const EndSetup& end = e.setup[e.Actor()];
  const std::string lingers =
      e.A() + "'s close(), which lingers for " + std::to_string(end.linger_s) + " s, ";
  if (!Calls(*e.step, Op::kClose) || e.step->effects.result.returned) {
    return lingers + "returned " +
           (Calls(*e.step, Op::kClose) ? "at once" : "at " + DurationText(SinceStart(e.step->at))) +
           ", though its FIN was not acknowledged and its time not over.";
  }
  const StepRecord* const back = e.Next([&](const StepRecord& later) {
    return later.actor == e.Actor() && later.effects.result.returned;
  });
  if (back == nullptr) return lingers + "never returned.";
  return lingers + "returned only after " + DurationText(back->at - e.step->at) + ".";
}

std::string CallsFailAsPromised::Tells(const Counterexample& e) {
  const bool send = Calls(*e.step, Op::kSend);
  return e.A() + "'s " + CallText(e.step->choice) +
         (send ? ", made after sending was shut down, "
               : ", made when the connection had ended, ") +
         ResultText(e.step->effects.result) + (send ? " rather than fail." : "; ENOTCONN is due.");
}

}  // namespace finwait
