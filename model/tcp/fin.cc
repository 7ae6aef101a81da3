// SPDX-License-Identifier: Apache-2.0
//
// The peer's FIN is reached in sequence.
#include "model/tcp/arrival.h"
#include "model/tcp/shifts.h"

namespace finwait {

// A buffer with a FIN joins the queue, before RCV.NXT has moved. What of its text came before lies
// there again.
void NoteOldText(Tcb& tcb, SeqNum begin, SeqNum fin_at) {
  if (fin_at != tcb.rcv_nxt || begin == fin_at) return;
  tcb.fin_on_old_text.count = 0;
  tcb.fin_on_old_text.PushBack(fin_at);
}

// The FIN is reached in sequence (tcp_fin). Whatever was queued past it is purged.
void TakeFin(Arrival& a, SeqNum fin_at) {
  Tcb& tcb = a.tcb;
  tcb.shutdown |= kRcvShutdown;
  if (!tcb.fin_received) tcb.fin_at = fin_at;
  tcb.fin_received = true;
  tcb.ack.scheduled = true;
  const bool closing = tcb.state == State::kFinWait1 || tcb.state == State::kFinWait2;
  if (closing && a.ack == AckVerdict::kOld && a.seg.Has(kFin)) {
    a.out.Note(RuleId::kSegmentFinOldAckTaken);
  }
  a.out.Decide(RuleId::kSegmentFinAdvances);
  switch (tcb.state) {
    case State::kEstablished:
      SetState(a, Next(kOnFin, tcb.state));
      // The user's own FIN may carry the acknowledgement.
      tcb.ack.pingpong = a.host.kernel.pingpong_replies;
      break;
    case State::kFinWait1:
      SetState(a, Next(kOnFin, tcb.state));
      EmitAck(a);
      break;
    case State::kFinWait2:
      EmitAck(a);
      BecomeTimewait(a, State::kTimeWait, std::chrono::seconds(60));
      break;
    default:
      break;
  }
  tcb.out_of_order.count = 0;
  tcb.sack = SackState{};
}

}  // namespace finwait
