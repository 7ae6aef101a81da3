// SPDX-License-Identifier: Apache-2.0
//
// close(), with and without SO_LINGER (Linux __tcp_close, tcp_disconnect). With a linger time it
// sleeps: the call and its return are two events.
#include "model/tcp/context.h"
#include "model/tcp/shifts.h"

namespace finwait {
namespace {

constexpr StateSet kAwaitsAckOfFin = Of(State::kFinWait1, State::kClosing, State::kLastAck);

// The application is gone. An orphan in FIN-WAIT-2 gives way to a bucket; the others go on alone.
void Orphan(const Context& c) {
  Tcb& tcb = c.tcb;
  tcb.orphan = true;
  c.out.result = CallResult{.returned = true};
  if (tcb.state != State::kFinWait2) return;
  if (c.end.linger2_s < 0) {
    c.out.Decide(RuleId::kCloseLinger2Resets);
    c.out.Count(Counter::kTcpAbortOnLinger);
    EmitActiveReset(c);
    return Done(c);
  }
  constexpr Duration kTimewaitMax = std::chrono::seconds(60);
  const Duration timeout = FinTime(c);
  if (timeout > kTimewaitMax) return ArmFinWait2(c, timeout - kTimewaitMax);
  c.out.Decide(RuleId::kCloseBecomesTimewait);
  BecomeTimewait(c, State::kFinWait2, timeout);
}

// RFC 1122 4.2.2.13: bytes the user never read are lost, and the peer is told so. Older kernels add
// up the buffers that are left in the queue, whatever of them was read (__tcp_close).
RuleId WhyReset(const Context& c) {
  if (c.tcb.Unread() > 0) return RuleId::kCloseUnreadResets;
  const bool old_text = c.host.kernel.close_unread == CloseUnread::kOldTextBeforeFin;
  return old_text && c.tcb.OldTextQueued() ? RuleId::kCloseOldTextResets : RuleId::kNone;
}

void ResetUnread(const Context& c, RuleId why) {
  c.out.Decide(why);
  c.out.Count(Counter::kTcpAbortOnClose);
  EmitActiveReset(c);
  Done(c);
}

// SO_LINGER with time 0 asks for a reset. Once our FIN was sent and the peer's taken there is
// nothing to abort, and Linux sends none (tcp_need_reset).
void ResetByLinger(const Context& c) {
  const Tcb& tcb = c.tcb;
  c.out.Count(Counter::kTcpAbortOnData);
  const bool both_finished = tcb.state == State::kClosing || tcb.state == State::kLastAck;
  if (both_finished && tcb.snd_nxt == tcb.write_seq) {
    c.out.Decide(RuleId::kCloseLingerZeroSilent);
  } else {
    c.out.Decide(RuleId::kCloseLingerZeroResets);
    EmitActiveReset(c);
  }
  Done(c);
}

void Finish(const Context& c) {
  Tcb& tcb = c.tcb;
  const State next = Next(kOnSendShutdown, tcb.state);
  const bool again = next == tcb.state;
  SetState(c, next);  // Even if it is the same (tcp_close_state).
  if (again) return c.out.Decide(RuleId::kCloseAfterFin);
  c.out.Decide(RuleId::kCloseSendsFin);
  SendFin(c);
}

}  // namespace

void CallClose(const Context& c) {
  Tcb& tcb = c.tcb;
  const RuleId reset = WhyReset(c);
  tcb.close_called = true;
  tcb.shutdown = kRcvShutdown | kSendShutdown;
  tcb.copied_seq = tcb.rcv_nxt;
  if (tcb.state == State::kClosed) {
    c.out.Decide(RuleId::kCloseReleases);
    return Orphan(c);
  }
  if (reset != RuleId::kNone) {
    ResetUnread(c, reset);
  } else if (c.end.linger_on && c.end.linger_s == 0) {
    ResetByLinger(c);
  } else {
    Finish(c);
    if (c.end.linger_on && kAwaitsAckOfFin.Has(tcb.state)) {
      c.out.Note(RuleId::kCloseLingers);
      tcb.lingering = true;
      tcb.linger_at = c.Env().TickAtOrAfter(c.now + std::chrono::seconds(c.end.linger_s));
      return;
    }
  }
  Orphan(c);
}

bool SleeperMayWake(const Tcb& tcb) { return tcb.lingering && !kAwaitsAckOfFin.Has(tcb.state); }

void SleeperWakes(const Context& c) {
  c.tcb.lingering = false;
  c.tcb.linger_at = kNever;
  c.out.Decide(RuleId::kLingerReturns);
  Orphan(c);
}

// The linger time is over: close() returns 0, and the socket goes on as an orphan.
void LingerExpires(const Context& c) {
  c.tcb.lingering = false;
  c.tcb.linger_at = kNever;
  c.out.Decide(RuleId::kTimerLinger);
  Orphan(c);
}

}  // namespace finwait
