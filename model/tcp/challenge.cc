// SPDX-License-Identifier: Apache-2.0
#include "model/tcp/arrival.h"

namespace finwait {

// Linux spends one time stamp on every acknowledgement that answers a wrong segment
// (__tcp_oow_rate_limited): a second one within tcp_invalid_ratelimit is not sent, and does not
// move the stamp.
bool RateLimited(Time& last_oow_ack, Time now, const Environment& env) {
  if (last_oow_ack != kNever) {
    const int64_t age_jiffies = env.Jiffy(now) - env.Jiffy(last_oow_ack);
    if (age_jiffies < env.tcp_invalid_ratelimit / env.Tick()) return true;
  }
  last_oow_ack = now;
  return false;
}

// RFC 9293 3.10.7.4: an unacceptable segment is answered by an acknowledgement. Linux
// (tcp_send_dupack) limits the answer unless the segment takes sequence space, and expects more of
// the kind: text that comes twice turns quick acknowledgements on.
void SendDuplicateAck(const Arrival& a, Counter when_limited) {
  const bool limitable = a.seg.Length() == 0 || a.seg.Has(kSyn);
  if (limitable && RateLimited(a.tcb.last_oow_ack, a.now, a.Env())) {
    a.out.Count(when_limited);
    return a.out.Note(RuleId::kDuplicateAckLimited);
  }
  if (a.seg.Length() > 0 && Before(a.seg.seq, a.tcb.rcv_nxt)) {
    a.out.Count(Counter::kDelayedAckLost);
    EnterQuickAckMode(a.tcb);
    const SeqNum end = Before(a.tcb.rcv_nxt, a.seg.End()) ? a.tcb.rcv_nxt : a.seg.End();
    ReportDuplicate(a, {a.seg.seq, end});
  }
  EmitAck(a);
}

// RFC 5961: what may be an attack is answered by an acknowledgement that lets a true peer correct
// itself (tcp_send_challenge_ack). Limited always; the host-wide budget of old kernels never binds
// within one connection and is not modelled.
void SendChallengeAck(const Arrival& a) {
  if (RateLimited(a.tcb.last_oow_ack, a.now, a.Env())) {
    a.out.Count(Counter::kTcpAckSkippedChallenge);
    return a.out.Note(RuleId::kChallengeLimited);
  }
  a.out.Count(Counter::kTcpChallengeAck);
  EmitAck(a);
}

}  // namespace finwait
