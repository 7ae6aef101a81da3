// SPDX-License-Identifier: Apache-2.0
//
// SEGMENT ARRIVES (RFC 9293, 3.10.7) as an ordered array of small checks. Linux: tcp_v4_do_rcv,
// tcp_rcv_established, tcp_rcv_state_process.
#include <array>

#include "model/tcp/context.h"

namespace finwait {
namespace {

// A segment that says nothing: neither ACK, RST nor SYN.
//
// RFC 9293 3.10.7.4 drops a segment without ACK at the fifth check; Linux drops it at once,
// silently. Stands first because nothing else of the segment is looked at.
Flow CheckFlags(Arrival& a) {
  if ((a.seg.flags & (kAck | kRst | kSyn)) != 0) return Flow::kContinue;
  a.out.Decide(RuleId::kSegmentFlagsNone);
  return Flow::kStop;
}

// A RST one below RCV.NXT is taken once the peer's FIN is counted: the peer may not know it yet.
bool RstBeforeFin(const Arrival& a) {
  return a.seg.seq == a.tcb.rcv_nxt - 1U && kPeerHasFinished.Has(a.tcb.state);
}

Flow AcceptRst(Arrival& a) {
  a.out.Decide(RuleId::kSegmentRstResets);
  ResetByPeer(a);
  return Flow::kStop;
}

Flow ChallengeSyn(Arrival& a) {
  a.out.Decide(RuleId::kSegmentSynChallenged);
  SendChallengeAck(a);
  return Flow::kStop;
}

// First, check the sequence number.
//
// RFC 9293 3.10.7.4 compares with RCV.NXT. Linux (tcp_sequence) compares the left side with
// RCV.WUP, the last number it acknowledged, and lets a segment start on the right edge itself.
// Stands before RST, SYN and ACK, which are believed only in the window.
Flow CheckSequence(Arrival& a) {
  const bool before = Before(a.seg.End(), a.tcb.rcv_wup);
  const bool beyond = After(a.seg.seq, a.tcb.RcvEdge());
  if (!before && !beyond) return Flow::kContinue;
  if (a.seg.Has(kRst)) {
    if (RstBeforeFin(a)) return AcceptRst(a);
    a.out.Decide(RuleId::kSegmentRstIgnored);
    return Flow::kStop;
  }
  if (a.seg.Has(kSyn)) return ChallengeSyn(a);
  a.out.Decide(before ? RuleId::kSegmentSequenceBeforeWindow
                      : RuleId::kSegmentSequenceBeyondWindow);
  SendDuplicateAck(a);
  return Flow::kStop;
}

// Second, check the RST bit.
//
// RFC 5961 3.2: only a RST at exactly RCV.NXT resets; one elsewhere in the window is challenged.
// Linux (tcp_validate_incoming) also takes one at RCV.NXT-1 once the peer's FIN is counted.
Flow CheckRst(Arrival& a) {
  if (!a.seg.Has(kRst)) return Flow::kContinue;
  if (a.seg.seq == a.tcb.rcv_nxt || RstBeforeFin(a)) return AcceptRst(a);
  a.out.Decide(RuleId::kSegmentRstChallenged);
  SendChallengeAck(a);
  return Flow::kStop;
}

// Fourth, check the SYN bit: RFC 5961 4.2, never a reset of the connection.
Flow CheckSyn(Arrival& a) { return a.seg.Has(kSyn) ? ChallengeSyn(a) : Flow::kContinue; }

using Check = Flow (*)(Arrival&);

constexpr std::array<Check, 9> kSegmentArrives = {
    CheckFlags,      CheckSequence,     CheckRst,    CheckSyn, CheckAck,
    FinAcknowledged, TextAfterShutdown, TextPastFin, TakeText,
};

}  // namespace

void SegmentArrivesAtSocket(const Context& c, const Segment& seg) {
  Arrival a{c, seg};
  for (const Check check : kSegmentArrives) {
    if (check(a) == Flow::kStop) return;
  }
  if (a.tcb.state == State::kClosed) return;
  PushPending(a, Nagle::kOn);
  DecideAck(a);
}

// RFC 9293 3.10.7.1: no connection. Anything but a RST is answered by a RST.
void SegmentArrivesNowhere(const Segment& seg, Effects& out) {
  if (seg.Has(kRst)) return out.Decide(RuleId::kClosedRstIgnored);
  out.Decide(RuleId::kClosedSegmentReset);
  ReplyReset(seg, out);
}

}  // namespace finwait
