// SPDX-License-Identifier: Apache-2.0
//
// SEGMENT ARRIVES (RFC 9293, 3.10.7) as an ordered array of small checks. Linux: tcp_v4_do_rcv,
// tcp_rcv_established, tcp_rcv_state_process.
#include <array>

#include "model/tcp/arrival.h"

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

bool AtSackEdge(const Arrival& a) {
  const InlineList<SackBlock, 4>& blocks = a.tcb.sack.blocks;
  if (blocks.Empty()) return false;
  SeqNum edge = blocks[0].end;
  for (const SackBlock& block : blocks) edge = Later(edge, block.end);
  return a.seg.seq == edge;
}

Flow AcceptRst(Arrival& a) {
  a.out.Decide(RuleId::kSegmentRstResets);
  ResetByPeer(a);
  return Flow::kStop;
}

// First, check the sequence number.
//
// RFC 9293 3.10.7.4 compares with RCV.NXT. Linux (tcp_sequence) compares the left side with
// RCV.WUP, the last number it acknowledged, and lets a segment start on the right edge itself.
// Newer kernels also refuse one that ends past the edge, unless nothing waits to be read, not even
// a FIN. Stands before RST, SYN and ACK, which are believed only in the window.
RuleId JudgeSequence(const Arrival& a) {
  const KernelProfile& kernel = a.host.kernel;
  const Tcb& tcb = a.tcb;
  if (Before(a.seg.End(), tcb.rcv_wup)) return RuleId::kSegmentSequenceBeforeWindow;
  const bool largest = kernel.right_edge == RightEdge::kLargestOffered;
  const SeqNum edge = largest ? Later(tcb.RcvEdge(), tcb.rcv_edge_max) : tcb.RcvEdge();
  if (After(a.seg.seq, edge)) return RuleId::kSegmentSequenceBeyondWindow;
  if (kernel.segment_end == SegmentEnd::kNotChecked) return RuleId::kNone;
  const bool without_fin = kernel.segment_end == SegmentEnd::kInWindowButFin;
  const SeqNum end = without_fin ? a.seg.TextEnd() : a.seg.End();
  if (!After(end, edge) || tcb.copied_seq == tcb.rcv_nxt) return RuleId::kNone;
  return RuleId::kSegmentSequenceEndsBeyondWindow;
}

Flow CheckSequence(Arrival& a) {
  const RuleId wrong = JudgeSequence(a);
  if (wrong == RuleId::kNone) return Flow::kContinue;
  if (a.seg.Has(kRst)) {
    if (RstBeforeFin(a)) return AcceptRst(a);
    a.out.Decide(RuleId::kSegmentRstIgnored);
    return Flow::kStop;
  }
  if (a.seg.Has(kSyn)) return ChallengeSyn(a);
  a.out.Decide(wrong);
  const bool beyond = wrong != RuleId::kSegmentSequenceBeforeWindow;
  if (beyond && a.host.kernel.segment_end != SegmentEnd::kNotChecked) {
    a.out.Count(Counter::kBeyondWindow);
  }
  SendDuplicateAck(a, Counter::kTcpAckSkippedSeq);
  return Flow::kStop;
}

// Second, check the RST bit.
//
// RFC 5961 3.2: only a RST at exactly RCV.NXT resets; one elsewhere in the window is challenged.
// Linux (tcp_validate_incoming) also takes one at RCV.NXT-1 once the peer's FIN is counted, and one
// at the highest number it has reported by SACK: a peer that sent text past a hole may reset there.
Flow CheckRst(Arrival& a) {
  if (!a.seg.Has(kRst)) return Flow::kContinue;
  if (a.seg.seq == a.tcb.rcv_nxt || RstBeforeFin(a)) return AcceptRst(a);
  if (AtSackEdge(a)) {
    a.out.Note(RuleId::kSegmentRstAtSackEdge);
    return AcceptRst(a);
  }
  a.out.Decide(RuleId::kSegmentRstChallenged);
  SendChallengeAck(a);
  return Flow::kStop;
}

// Fourth, check the SYN bit: RFC 5961 4.2, never a reset of the connection.
Flow CheckSyn(Arrival& a) { return a.seg.Has(kSyn) ? ChallengeSyn(a) : Flow::kContinue; }

using Check = Flow (*)(Arrival&);

constexpr std::array<Check, 10> kSegmentArrives = {
    CheckFlags, CheckPaws,       CheckSequence,     CheckRst,    CheckSyn,
    CheckAck,   FinAcknowledged, TextAfterShutdown, TextPastFin, TakeText,
};

}  // namespace

Flow ChallengeSyn(Arrival& a) {
  a.out.Decide(RuleId::kSegmentSynChallenged);
  a.out.Count(Counter::kTcpSynChallenge);
  if (a.tcb.state == State::kEstablished) a.out.Count(Counter::kInErrs);
  SendChallengeAck(a);
  return Flow::kStop;
}

void SegmentArrivesAtSocket(const Context& c, const Segment& seg) {
  Arrival a{c, seg};
  if (TakenByPrediction(a)) return;
  for (const Check check : kSegmentArrives) {
    if (check(a) == Flow::kStop) return;
  }
  if (a.tcb.state == State::kClosed) return;
  PushPending(a, Nagle::kOn);
  DecideAck(a);
}

// RFC 9293 3.10.7.1: no connection. Anything but a RST is answered by a RST. A listener (3.10.7.2)
// answers what has an ACK in the same way and lets a SYN open the next connection.
void SegmentArrivesNowhere(const Context& c, const Segment& seg) {
  if (seg.Has(kRst)) return c.out.Decide(RuleId::kClosedRstIgnored);
  if (c.end.listener && !seg.Has(kAck)) {
    if (!seg.Has(kSyn) || seg.Has(kFin)) return c.out.Decide(RuleId::kClosedSegmentIgnored);
    c.out.Decide(RuleId::kClosedSynOpens);
    c.end.entry = Entry::kRequest;
    return c.out.Send(
        Segment{.ack = seg.seq + 1U, .wnd = c.Env().rcv_buffer, .flags = kSyn | kAck});
  }
  c.out.Decide(RuleId::kClosedSegmentReset);
  ReplyReset(seg, c.out);
}

}  // namespace finwait
