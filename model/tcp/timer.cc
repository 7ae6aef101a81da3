// SPDX-License-Identifier: Apache-2.0
//
// The timer of the sending side: retransmission, loss probe and window probe share one
// (Linux tcp_write_timer).
#include <algorithm>

#include "model/tcp/context.h"
#include "model/tcp/timeout.h"

namespace finwait {
namespace {

// How long `retries` retransmissions take at the smallest time-out (tcp_model_timeout): Linux
// counts time, not segments.
Duration GiveUpAfter(uint8_t retries) {
  constexpr uint8_t kDoublings = 9;
  if (retries <= kDoublings) return kRtoMin * ((2 << retries) - 1);
  return kRtoMin * ((2 << kDoublings) - 1) + kRtoMax * (retries - kDoublings);
}

bool GivesUp(const Context& c) {
  const RtoState& r = c.tcb.rto;
  if (r.retransmits == 0 || r.retrans_stamp == kNever) return false;
  return c.now - r.retrans_stamp >= GiveUpAfter(RetriesMax(c, r.rto < kRtoMax));
}

// Segments behind the first that still fit one segment, and the peer's window, are merged into it
// (tcp_retrans_try_collapse).
void Collapse(const Context& c) {
  Tcb& tcb = c.tcb;
  while (tcb.sent.count > 1 && !tcb.sent[0].fin) {
    const uint32_t len = uint32_t{tcb.sent[0].len} + tcb.sent[1].len;
    if (len > tcb.snd_mss || After(tcb.sent[1].End(), tcb.WindowEnd())) break;
    tcb.sent[0].len = static_cast<uint16_t>(len);
    tcb.sent[0].fin = tcb.sent[1].fin;
    tcb.sent.Erase(1);
  }
}

}  // namespace

void RetransmitFirst(const Context& c) {
  Collapse(c);
  if (c.tcb.rto.retrans_stamp == kNever) c.tcb.rto.retrans_stamp = c.now;
  Retransmit(c, c.tcb.sent[0]);
}

namespace {

// RFC 6298 5.4 to 5.6: send the first unacknowledged segment again and double the time-out. Giving
// up is silent: no RST leaves. While the peer's window is closed a socket with a user retransmits
// for ever: each is a probe.
void RetransmitExpires(const Context& c) {
  Tcb& tcb = c.tcb;
  const bool probes = tcb.snd_wnd == 0 && !tcb.orphan;
  if (!probes) c.out.Count(Counter::kTcpTimeouts);
  if (!probes && GivesUp(c)) {
    c.out.Decide(RuleId::kTimerRetransmitGivesUp);
    c.out.Count(Counter::kTcpAbortOnTimeout);
    tcb.error = SocketError::kTimedOut;
    return Done(c);
  }
  c.out.Decide(RuleId::kTimerRetransmit);
  tcb.recovery = LossRecovery::kTimeout;
  tcb.high_seq = tcb.snd_nxt;
  tcb.dup_acks = 0;
  tcb.cwnd = 1;
  for (SentSegment& segment : tcb.sent) segment.lost = true;
  tcb.tlp_out = false;
  RetransmitFirst(c);
  if (!probes) {
    ++tcb.rto.retransmits;
    ++tcb.rto.backoff;
  }
  tcb.rto.rto = std::min(2 * tcb.rto.rto, kRtoMax);
  ArmRetransmit(c);
}

}  // namespace

// The limit in force (tcp_write_timeout, tcp_probe_timer). An orphan is given 8 unless its time-out
// is at the top.
uint8_t RetriesMax(const Context& c, bool alive) {
  if (!c.tcb.orphan) return c.Env().tcp_retries2;
  const uint8_t retries = c.Env().tcp_orphan_retries;
  return retries == 0 && alive ? uint8_t{8} : retries;
}

void ArmSendingTimer(const Context& c, Pending what, Duration delay) {
  c.tcb.pending = what;
  c.tcb.retransmit_at = c.Env().TickAtOrAfter(c.now + delay);
}

void ArmRetransmit(const Context& c) { ArmSendingTimer(c, Pending::kRetransmit, c.tcb.rto.rto); }

// How much of the first segment's time-out is left.
Duration RtoLeft(const Context& c) { return c.tcb.sent[0].last_sent + c.tcb.rto.rto - c.now; }

// Something is outstanding or nothing is any more (tcp_rearm_rto). After a loss probe was scheduled
// the time-out counts from when the first segment was sent.
void Rearm(const Context& c) {
  Tcb& tcb = c.tcb;
  if (tcb.sent.Empty()) {
    tcb.pending = Pending::kNothing;
    tcb.retransmit_at = kNever;
  } else if (tcb.pending == Pending::kLossProbe) {
    ArmSendingTimer(c, Pending::kRetransmit, std::max(RtoLeft(c), Duration(1)));
  } else {
    ArmRetransmit(c);
  }
}

void SendingTimerExpires(const Context& c) {
  Tcb& tcb = c.tcb;
  tcb.retransmit_at = kNever;
  switch (tcb.pending) {
    case Pending::kRetransmit:
      tcb.pending = Pending::kNothing;
      return RetransmitExpires(c);
    case Pending::kLossProbe:
      return LossProbeExpires(c);
    case Pending::kWindowProbe:
      tcb.pending = Pending::kNothing;
      return WindowProbeExpires(c);
    case Pending::kNothing:
      return;
  }
}

}  // namespace finwait
