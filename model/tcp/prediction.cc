// SPDX-License-Identifier: Apache-2.0
//
// Header prediction (Linux tcp_rcv_established). Meant to be nothing but fast, it shows: the result
// of looking at the ACK field is ignored, so that text with a number long past is taken though it
// is challenged too, and a pending DSACK block stays. Linux takes this way only when it has memory
// to spare at that moment.
#include "model/tcp/arrival.h"

namespace finwait {
namespace {

bool MayBePredicted(const Arrival& a) {
  const Tcb& tcb = a.tcb;
  const Segment& seg = a.seg;
  if (tcb.state != State::kEstablished || seg.len == 0) return false;
  if ((seg.flags & ~kPsh) != kAck || seg.seq != tcb.rcv_nxt || After(seg.ack, tcb.snd_nxt)) {
    return false;
  }
  if (seg.wnd != tcb.snd_wnd >> tcb.options.snd_wscale || tcb.RcvWindow() == 0) return false;
  if (!tcb.out_of_order.Empty() || !seg.sack.Empty()) return false;
  if (seg.timestamps != tcb.options.timestamps) return false;
  if (seg.timestamps && static_cast<int32_t>(seg.tsval - tcb.ts_recent) < 0) return false;
  return a.host.kernel.predicted_ack == PredictedAck::kAny || !Before(seg.ack, tcb.snd_una);
}

}  // namespace

bool TakenByPrediction(Arrival& a) {
  if (!MayBePredicted(a) || !Asks(a, kPredictsHeader)) return false;
  Tcb& tcb = a.tcb;
  a.out.Decide(RuleId::kSegmentPredicted);
  a.out.Count(Counter::kTcpHpHits);
  UpdateTsRecent(a);
  tcb.rcv_nxt = a.seg.End();
  NoteTextReceived(a, a.seg);
  if (a.seg.ack == tcb.snd_una) {
    tcb.snd_wl1 = a.seg.seq;
  } else {
    AckByPrediction(a);
    PushPending(a, Nagle::kOn);
  }
  DecideAck(a);
  return true;
}

}  // namespace finwait
