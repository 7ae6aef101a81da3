// SPDX-License-Identifier: Apache-2.0
//
// The seventh and eighth check: segment text and the FIN bit (Linux tcp_data_queue, tcp_fin).
#include "model/tcp/context.h"
#include "model/tcp/shifts.h"

namespace finwait {
namespace {

// The FIN is reached in sequence (tcp_fin). Whatever was queued past it is purged.
void TakeFin(Arrival& a) {
  Tcb& tcb = a.tcb;
  tcb.shutdown |= kRcvShutdown;
  tcb.fin_received = true;
  tcb.ack.scheduled = true;
  tcb.out_of_order.count = 0;
  const bool closing = tcb.state == State::kFinWait1 || tcb.state == State::kFinWait2;
  if (closing && a.ack == AckVerdict::kOld && a.seg.Has(kFin)) {
    a.out.Note(RuleId::kSegmentFinOldAckTaken);
  }
  a.out.Decide(RuleId::kSegmentFinAdvances);
  switch (tcb.state) {
    case State::kEstablished:
      tcb.state = Next(kOnFin, tcb.state);
      tcb.ack.pingpong = true;  // The user's own FIN may carry the acknowledgement.
      return;
    case State::kFinWait1:
      tcb.state = Next(kOnFin, tcb.state);
      return EmitAck(a);
    case State::kFinWait2:
      EmitAck(a);
      return BecomeTimewait(a, State::kTimeWait, std::chrono::seconds(60));
    default:
      return;
  }
}

// Text that waited for the hole to fill (tcp_ofo_queue). Filling it is acknowledged at once.
void DrainQueue(Arrival& a) {
  Tcb& tcb = a.tcb;
  if (tcb.out_of_order.Empty()) return;
  while (!tcb.out_of_order.Empty() && AtOrBefore(tcb.out_of_order[0].seq, tcb.rcv_nxt)) {
    const OutOfOrder head = tcb.out_of_order[0];
    tcb.out_of_order.Erase(0);
    if (AtOrBefore(head.end, tcb.rcv_nxt)) continue;
    tcb.rcv_nxt = head.end;
    a.out.Note(RuleId::kSegmentQueueDrained);
    if (head.fin) {
      TakeFin(a);
      break;
    }
  }
  if (tcb.out_of_order.Empty()) tcb.ack.now = true;
}

void TakeInOrder(Arrival& a) {
  Tcb& tcb = a.tcb;
  tcb.rcv_nxt = a.seg.End();
  if (a.seg.len > 0) {
    a.out.Decide(RuleId::kSegmentTextTaken);
    NoteTextReceived(a, a.seg);
  }
  if (a.seg.Has(kFin)) return TakeFin(a);
  DrainQueue(a);
}

// Keeps the queue sorted by sequence number. What is queued whole already adds nothing.
void TakeOutOfOrder(Arrival& a) {
  Tcb& tcb = a.tcb;
  a.out.Decide(RuleId::kSegmentTextOutOfOrder);
  tcb.ack.scheduled = true;
  const OutOfOrder item{a.seg.seq, a.seg.End(), a.seg.Has(kFin)};
  uint8_t at = 0;
  for (const OutOfOrder& queued : tcb.out_of_order) {
    if (AtOrBefore(queued.seq, item.seq) && AtOrAfter(queued.end, item.end)) return;
    if (AtOrBefore(queued.seq, item.seq)) ++at;
  }
  if (tcb.out_of_order.Full()) {
    a.out.bound = true;
    return;
  }
  tcb.out_of_order.PushBack(item);
  for (uint8_t i = tcb.out_of_order.count; --i > at;) {
    tcb.out_of_order[i] = tcb.out_of_order[static_cast<uint8_t>(i - 1)];
  }
  tcb.out_of_order[at] = item;
}

// Text already taken, or past the window: an acknowledgement tells the peer where we are.
void Refuse(Arrival& a, RuleId rule) {
  a.out.Decide(rule);
  EnterQuickAckMode(a.tcb);
  a.tcb.ack.scheduled = true;
}

}  // namespace

// Seventh, process the segment text, when the user has gone.
//
// RFC 1122 4.2.2.13: text that arrives once the receiving side is shut can never be read, so the
// connection is reset to say so. Linux does this in FIN-WAIT-1 and FIN-WAIT-2, and past the peer's
// FIN only for text that starts before RCV.NXT. Stands before TakeText, which would queue the text,
// and after FinAcknowledged, which may have just brought us to FIN-WAIT-2.
Flow TextAfterShutdown(Arrival& a) {
  const State state = a.tcb.state;
  const bool looks = state == State::kFinWait1 || state == State::kFinWait2 ||
                     (kPeerHasFinished.Has(state) && Before(a.seg.seq, a.tcb.rcv_nxt));
  if (!looks || !a.tcb.Shut(kRcvShutdown) || a.seg.Length() == 0) return Flow::kContinue;
  if (AtOrBefore(a.seg.TextEnd(), a.tcb.rcv_nxt)) return Flow::kContinue;
  a.out.Decide(RuleId::kSegmentTextAfterShutdown);
  ResetByPeer(a);
  ReplyReset(a.seg, a.out);
  return Flow::kStop;
}

// RFC 9293 3.10.7.4: once the peer's FIN is taken, there is no text. Linux ignores what starts at
// or past RCV.NXT without an answer, pure acknowledgements included, and lets old text fall through
// to TakeText, which acknowledges it again. Not kStop: pending text of ours may still leave.
Flow TextPastFin(Arrival& a) {
  if (a.seg.Length() == 0 || !kPeerHasFinished.Has(a.tcb.state)) return Flow::kContinue;
  if (Before(a.seg.seq, a.tcb.rcv_nxt)) return Flow::kContinue;
  a.out.Decide(RuleId::kSegmentTextPastFin);
  return Flow::kContinue;
}

Flow TakeText(Arrival& a) {
  Tcb& tcb = a.tcb;
  const Segment& seg = a.seg;
  if (seg.Length() == 0 || a.out.rule == RuleId::kSegmentTextPastFin) return Flow::kContinue;
  if (AtOrBefore(seg.End(), tcb.rcv_nxt)) {
    Refuse(a, RuleId::kSegmentTextOld);
  } else if (AtOrAfter(seg.seq, tcb.RcvEdge())) {
    Refuse(a, RuleId::kSegmentTextBeyondWindow);
  } else if (After(seg.seq, tcb.rcv_nxt)) {
    TakeOutOfOrder(a);
  } else {
    TakeInOrder(a);
  }
  return Flow::kContinue;
}

}  // namespace finwait
