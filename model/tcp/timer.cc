// SPDX-License-Identifier: Apache-2.0
//
// The retransmission timer and the FIN_WAIT2 timer (Linux tcp_timer.c).
#include <algorithm>

#include "model/tcp/context.h"

namespace finwait {
namespace {

constexpr Duration kRtoMin = std::chrono::milliseconds(200);
constexpr Duration kRtoMax = std::chrono::seconds(120);
constexpr Duration kTimewaitMax = std::chrono::seconds(60);

// How long `retries` retransmissions take at the smallest time-out (tcp_model_timeout): Linux
// counts time, not segments.
Duration GiveUpAfter(uint8_t retries) {
  constexpr uint8_t kDoublings = 9;
  if (retries <= kDoublings) return kRtoMin * ((2 << retries) - 1);
  return kRtoMin * ((2 << kDoublings) - 1) + kRtoMax * (retries - kDoublings);
}

// The limit in force (tcp_write_timeout). An orphan is given 8 unless its time-out is at the top.
uint8_t RetriesMax(const Context& c) {
  if (!c.tcb.orphan) return c.Env().tcp_retries2;
  const bool alive = c.tcb.rto.rto < kRtoMax;
  const uint8_t retries = c.Env().tcp_orphan_retries;
  return retries == 0 && alive ? uint8_t{8} : retries;
}

bool GivesUp(const Context& c) {
  const RtoState& r = c.tcb.rto;
  if (r.retransmits == 0 || r.retrans_stamp == kNever) return false;
  return c.now - r.retrans_stamp >= GiveUpAfter(RetriesMax(c));
}

}  // namespace

void ArmRetransmit(const Context& c) {
  c.tcb.retransmit_at = c.Env().TickAtOrAfter(c.now + c.tcb.rto.rto);
}

// RFC 6298 5.4 to 5.6: send the first unacknowledged segment again and double the time-out. Giving
// up is silent: no RST leaves.
void RetransmitExpires(const Context& c) {
  Tcb& tcb = c.tcb;
  if (GivesUp(c)) {
    c.out.Decide(RuleId::kTimerRetransmitGivesUp);
    tcb.error = SocketError::kTimedOut;
    return Done(c);
  }
  c.out.Decide(RuleId::kTimerRetransmit);
  RetransmitFirst(c);
  ++tcb.rto.retransmits;
  tcb.rto.rto = std::min(2 * tcb.rto.rto, kRtoMax);
  ArmRetransmit(c);
}

// How long an orphan stays in FIN-WAIT-2 (tcp_fin_time).
Duration FinTime(const Context& c) {
  const Duration rto = c.tcb.rto.rto;
  return std::max(c.Env().tcp_fin_timeout, 4 * rto - rto / 2);
}

void ArmFinWait2(const Context& c, Duration timeout) {
  c.tcb.fin_wait_2_at = c.Env().TickAtOrAfter(c.now + timeout);
}

// An orphan that was to stay longer than a bucket may: the rest of its time it is one
// (tcp_keepalive_timer).
void FinWait2Expires(const Context& c) {
  c.tcb.fin_wait_2_at = kNever;
  const Duration rest = FinTime(c) - kTimewaitMax;
  if (rest > Duration(0)) {
    c.out.Decide(RuleId::kTimerOrphanBecomesTimewait);
    return BecomeTimewait(c, State::kFinWait2, rest);
  }
  c.out.Decide(RuleId::kTimerOrphanResets);
  EmitActiveReset(c);
  Done(c);
}

}  // namespace finwait
