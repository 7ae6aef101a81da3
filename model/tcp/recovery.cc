// SPDX-License-Identifier: Apache-2.0
//
// Loss told by duplicated acknowledgements (RFC 5681 3.2, RFC 6582; Linux tcp_fastretrans_alert),
// for connections without SACK. With SACK, Linux wants blocks to tell a loss (RACK), and peers here
// report none.
#include <algorithm>

#include "model/tcp/arrival.h"

namespace finwait {
namespace {

// No more duplicates than segments that may have caused them; what comes beyond that is taken for
// reordering (tcp_limit_reno_sacked, tcp_check_reno_reordering).
void Limit(Tcb& tcb, uint8_t just_acknowledged) {
  const uint8_t out = tcb.sent.count;
  const auto most = static_cast<uint8_t>(out == 0 ? 0 : out - 1);
  if (tcb.dup_acks <= most) return;
  tcb.dup_acks = most;
  tcb.reordering = static_cast<uint8_t>(out + just_acknowledged);
}

void BeginRecovery(const Context& c) {
  Tcb& tcb = c.tcb;
  c.out.Note(RuleId::kSegmentAckFastRetransmit);
  tcb.recovery = LossRecovery::kFastRetransmit;
  tcb.high_seq = tcb.snd_nxt;
  c.out.Count(Counter::kTcpFastRetrans);
  RetransmitFirst(c);
  ArmRetransmit(c);
}

}  // namespace

// A pure acknowledgement of SND.UNA that changes nothing, while something is outstanding.
void CountDuplicateAck(const Arrival& a) {
  Tcb& tcb = a.tcb;
  if (tcb.options.sack || tcb.recovery == LossRecovery::kTimeout) return;
  const bool recovering = tcb.recovery == LossRecovery::kFastRetransmit;
  if (recovering && AtOrAfter(tcb.snd_una, tcb.high_seq)) return;
  ++tcb.dup_acks;
  Limit(tcb, 0);
  if (!recovering && tcb.dup_acks >= tcb.reordering) BeginRecovery(a);
}

// SND.UNA has moved past `acknowledged` segments. Without SACK the state holds until something past
// high_seq is acknowledged (RFC 6582 3.2).
void RecoveryAdvances(const Context& c, uint8_t acknowledged) {
  Tcb& tcb = c.tcb;
  if (!tcb.options.sack && acknowledged > 0) {
    const auto eaten = static_cast<uint8_t>(acknowledged - 1);
    tcb.dup_acks = static_cast<uint8_t>(tcb.dup_acks - std::min(tcb.dup_acks, eaten));
    Limit(tcb, acknowledged);
  }
  if (tcb.recovery == LossRecovery::kOpen) {
    tcb.dup_acks = 0;
    return;
  }
  if (Before(tcb.snd_una, tcb.high_seq)) return;
  tcb.dup_acks = 0;
  if (tcb.options.sack || After(tcb.snd_una, tcb.high_seq)) tcb.recovery = LossRecovery::kOpen;
}

// An acknowledgement in fast recovery that does not end it: the next segment is taken for lost too.
void RetransmitNextLost(const Context& c) {
  const Tcb& tcb = c.tcb;
  if (tcb.recovery != LossRecovery::kFastRetransmit || AtOrAfter(tcb.snd_una, tcb.high_seq)) return;
  c.out.Count(Counter::kTcpFastRetrans);
  RetransmitFirst(c);
  ArmRetransmit(c);
}

}  // namespace finwait
