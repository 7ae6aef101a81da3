// SPDX-License-Identifier: Apache-2.0
//
// How long an orphan stays in FIN-WAIT-2. Linux uses the keepalive timer for it
// (tcp_keepalive_timer).
#include <algorithm>

#include "model/tcp/context.h"

namespace finwait {

// tcp_fin_time: TCP_LINGER2 or tcp_fin_timeout, but at least 3.5 retransmission time-outs.
Duration FinTime(const Context& c) {
  const Duration rto = c.tcb.rto.rto;
  const Duration asked =
      c.end.linger2_s > 0 ? std::chrono::seconds(c.end.linger2_s) : c.Env().tcp_fin_timeout;
  return std::max(asked, 4 * rto - rto / 2);
}

void ArmFinWait2(const Context& c, Duration timeout) {
  c.tcb.fin_wait_2_at = c.Env().TickAtOrAfter(c.now + timeout);
}

// An orphan that was to stay longer than a bucket may: the rest of its time it is one.
void FinWait2Expires(const Context& c) {
  constexpr Duration kTimewaitMax = std::chrono::seconds(60);
  c.tcb.fin_wait_2_at = kNever;
  const Duration rest = FinTime(c) - kTimewaitMax;
  if (c.end.linger2_s >= 0 && rest > Duration(0)) {
    c.out.Decide(RuleId::kTimerOrphanBecomesTimewait);
    return BecomeTimewait(c, State::kFinWait2, rest);
  }
  c.out.Decide(RuleId::kTimerOrphanResets);
  EmitActiveReset(c);
  Done(c);
}

}  // namespace finwait
