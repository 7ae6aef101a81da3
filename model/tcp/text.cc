// SPDX-License-Identifier: Apache-2.0
//
// The seventh and eighth check: segment text and the FIN bit (Linux tcp_data_queue, tcp_fin).
#include "model/tcp/arrival.h"

namespace finwait {
namespace {

void TakeInOrder(Arrival& a) {
  Tcb& tcb = a.tcb;
  if (a.seg.Has(kFin)) NoteOldText(tcb, a.seg.seq, a.seg.FinNumber());
  tcb.rcv_nxt = a.seg.End();
  if (a.seg.len > 0) {
    a.out.Decide(RuleId::kSegmentTextTaken);
    NoteTextReceived(a, a.seg);
  }
  if (a.seg.Has(kFin)) TakeFin(a, a.seg.FinNumber());
  DrainQueue(a);
  ForgetAcknowledgedBlocks(tcb);
}

// Text already taken, or past the window: an acknowledgement tells the peer where we are.
void Refuse(Arrival& a, RuleId rule) {
  a.out.Decide(rule);
  EnterQuickAckMode(a.tcb);
  a.tcb.ack.scheduled = true;
}

void RefuseAtZeroWindow(Arrival& a) {
  a.out.Count(Counter::kTcpZeroWindowDrop);
  Refuse(a, RuleId::kSegmentTextZeroWindow);
}

// Our window is closed. Newer kernels take a FIN all the same: it asks for no room.
void TakeAtZeroWindow(Arrival& a) {
  const bool fin_only = a.seg.len == 0 && a.seg.Has(kFin);
  if (fin_only && a.host.kernel.fin_at_zero_window == FinAtZeroWindow::kAccepted) {
    a.out.Note(RuleId::kSegmentFinAtZeroWindow);
    return TakeInOrder(a);
  }
  RefuseAtZeroWindow(a);
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
  a.out.Count(Counter::kTcpAbortOnData);
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
  tcb.sack.dsack.count = 0;
  if (seg.seq == tcb.rcv_nxt && tcb.RcvWindow() == 0) {
    TakeAtZeroWindow(a);
  } else if (AtOrBefore(seg.End(), tcb.rcv_nxt)) {
    a.out.Count(Counter::kDelayedAckLost);
    ReportDuplicate(a, {seg.seq, seg.End()});
    Refuse(a, RuleId::kSegmentTextOld);
  } else if (AtOrAfter(seg.seq, tcb.RcvEdge())) {
    if (a.host.kernel.right_edge == RightEdge::kLargestOffered) {
      a.out.Count(Counter::kBeyondWindow);
    }
    Refuse(a, RuleId::kSegmentTextBeyondWindow);
  } else if (After(seg.seq, tcb.rcv_nxt)) {
    TakeOutOfOrder(a);
  } else if (seg.seq != tcb.rcv_nxt) {
    ReportDuplicate(a, {seg.seq, tcb.rcv_nxt});
    if (tcb.RcvWindow() == 0) {
      RefuseAtZeroWindow(a);
    } else {
      TakeInOrder(a);
    }
  } else {
    TakeInOrder(a);
  }
  return Flow::kContinue;
}

}  // namespace finwait
