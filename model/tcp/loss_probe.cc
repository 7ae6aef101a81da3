// SPDX-License-Identifier: Apache-2.0
//
// Tail loss probes (RFC 8985, section 7; Linux tcp_schedule_loss_probe, tcp_send_loss_probe,
// tcp_process_tlp_ack). Only with SACK, and not while recovering from a loss.
#include <algorithm>

#include "model/tcp/arrival.h"
#include "model/tcp/timeout.h"

namespace finwait {
namespace {

constexpr Duration kTimeoutMin = std::chrono::milliseconds(2);

// Two round trips, and the delayed acknowledgement of a lone segment. Older kernels round the parts
// to jiffies one by one, and mean two jiffies where newer ones mean 2 ms.
Duration ProbeTimeout(const Context& c) {
  const Tcb& tcb = c.tcb;
  if (tcb.rto.srtt8 == 0) return std::chrono::seconds(1);
  const Duration round_trips(tcb.rto.srtt8 >> 2U);
  const bool lone = tcb.sent.count == 1;
  if (c.host.kernel.loss_probe_rounding == LossProbeRounding::kEachPart) {
    return c.Env().RoundUp(round_trips) + (lone ? kRtoMin : 2 * c.Env().Tick());
  }
  return c.Env().RoundUp(round_trips + (lone ? kRtoMin : kTimeoutMin));
}

}  // namespace

// Not later than the retransmission would be. `advancing`: an acknowledgement has just restarted
// that time-out.
bool ScheduleLossProbe(const Context& c, bool advancing) {
  Tcb& tcb = c.tcb;
  if (!tcb.options.sack || tcb.sent.Empty() || tcb.recovery != LossRecovery::kOpen) return false;
  Duration timeout = ProbeTimeout(c);
  const Duration left = advancing ? tcb.rto.rto : RtoLeft(c);
  if (left > Duration(0)) timeout = std::min(timeout, c.Env().RoundUp(left));
  ArmSendingTimer(c, Pending::kLossProbe, timeout);
  return true;
}

// One probe an episode: what waits and fits the window, else the last segment again, unless the
// window has closed before it.
void LossProbeExpires(const Context& c) {
  Tcb& tcb = c.tcb;
  c.out.Decide(RuleId::kTimerLossProbe);
  if (tcb.sent.Empty() || tcb.tlp_out) return Rearm(c);
  const bool waits = tcb.Waits() && NextFitsWindow(c);
  if (waits) {
    SendNext(c);
  } else {
    SentSegment& last = tcb.sent[static_cast<uint8_t>(tcb.sent.count - 1)];
    if (last.seq != tcb.snd_una && AtOrAfter(last.seq, tcb.WindowEnd())) return Rearm(c);
    Retransmit(c, last);
  }
  tcb.tlp_retransmitted = !waits;
  tcb.tlp_out = true;
  c.out.Count(Counter::kTcpLossProbes);
  tcb.tlp_high_seq = tcb.snd_nxt;
  tcb.pending = Pending::kNothing;
  Rearm(c);
}

// Whether the episode is over. A plain duplicate, one that changes nothing, says that the segment
// came twice: nothing was lost.
void ProcessLossProbeAck(const Arrival& a, bool plain_duplicate) {
  Tcb& tcb = a.tcb;
  if (!tcb.tlp_out || Before(a.seg.ack, tcb.tlp_high_seq)) return;
  const bool past = After(a.seg.ack, tcb.tlp_high_seq);
  if (tcb.tlp_retransmitted && past) a.out.Count(Counter::kTcpLossProbeRecovery);
  if (!tcb.tlp_retransmitted || past || plain_duplicate) tcb.tlp_out = false;
}

}  // namespace finwait
