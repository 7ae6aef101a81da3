// SPDX-License-Identifier: Apache-2.0
//
// Window probes (RFC 9293 3.8.6.1; Linux tcp_check_probe_timer, tcp_ack_probe, tcp_probe_timer,
// tcp_send_probe0): nothing is outstanding and the peer's window does not let the next segment
// pass.
#include <algorithm>

#include "model/tcp/context.h"
#include "model/tcp/timeout.h"

namespace finwait {
namespace {

Duration ProbeInterval(const Context& c) {
  const Duration base = std::max(c.tcb.rto.rto, kRtoMin);
  return std::min(base * (int64_t{1} << c.tcb.rto.backoff), kRtoMax);
}

void GiveUp(const Context& c) {
  c.out.Decide(RuleId::kTimerWindowProbeGivesUp);
  c.out.Count(Counter::kTcpAbortOnTimeout);
  c.tcb.error = SocketError::kTimedOut;
  Done(c);
}

}  // namespace

// Something was to be sent and could not: begin to probe, unless another timer will speak first.
void CheckWindowProbe(const Context& c) {
  if (c.tcb.pending != Pending::kNothing) return;
  ArmSendingTimer(c, Pending::kWindowProbe, std::max(c.tcb.rto.rto, kRtoMin));
}

// An acknowledgement came while nothing was outstanding: the window may have opened.
void WindowAnswered(const Context& c) {
  Tcb& tcb = c.tcb;
  if (!tcb.Waits()) return;
  if (!NextFitsWindow(c)) return ArmSendingTimer(c, Pending::kWindowProbe, ProbeInterval(c));
  tcb.rto.backoff = 0;
  if (tcb.pending != Pending::kWindowProbe) return;
  tcb.pending = Pending::kNothing;
  tcb.retransmit_at = kNever;
}

void WindowProbeExpires(const Context& c) {
  Tcb& tcb = c.tcb;
  if (!tcb.sent.Empty() || !tcb.Waits()) {
    tcb.probes_out = 0;
    return;
  }
  const bool alive = tcb.rto.rto * (int64_t{1} << tcb.rto.backoff) < kRtoMax;
  const uint8_t retries_max = RetriesMax(c, alive);
  if (tcb.orphan && !alive && tcb.rto.backoff >= retries_max) return GiveUp(c);
  if (tcb.probes_out >= retries_max) return GiveUp(c);
  c.out.Decide(RuleId::kTimerWindowProbe);
  if (EmitIntoWindow(c)) {
    tcb.probes_out = tcb.rto.backoff = 0;
    return;
  }
  EmitWindowProbe(c);
  ++tcb.probes_out;
  if (tcb.rto.backoff < c.Env().tcp_retries2) ++tcb.rto.backoff;
  ArmSendingTimer(c, Pending::kWindowProbe, ProbeInterval(c));
}

}  // namespace finwait
