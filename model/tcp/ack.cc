// SPDX-License-Identifier: Apache-2.0
//
// The fifth check: the ACK field (RFC 9293, 3.10.7.4; Linux tcp_ack).
#include <algorithm>

#include "model/tcp/arrival.h"
#include "model/tcp/shifts.h"

namespace finwait {
namespace {

// The lowest acknowledgement number that is merely old. RFC 5961 5.2 allows MAX.SND.WND below
// SND.UNA; newer kernels allow no more than what was ever acknowledged.
SeqNum OldestAck(const Arrival& a) {
  uint32_t slack = a.tcb.max_window;
  if (a.host.kernel.too_old_limit == TooOldLimit::kMaxWindowAndBytesAcked) {
    slack = std::min(slack, a.tcb.bytes_acked);
  }
  return a.tcb.snd_una - slack;
}

AckVerdict Judge(const Arrival& a) {
  if (Before(a.seg.ack, OldestAck(a))) return AckVerdict::kTooOld;
  if (Before(a.seg.ack, a.tcb.snd_una)) return AckVerdict::kOld;
  if (After(a.seg.ack, a.tcb.snd_nxt)) return AckVerdict::kUnsent;
  return a.seg.ack == a.tcb.snd_una ? AckVerdict::kDuplicate : AckVerdict::kAdvances;
}

// The window it offers; that of a SYN is never scaled.
uint32_t WindowOf(const Arrival& a) {
  return a.seg.Has(kSyn) ? a.seg.wnd : uint32_t{a.seg.wnd} << a.tcb.options.snd_wscale;
}

void UpdateWindow(const Arrival& a) {
  Tcb& tcb = a.tcb;
  if (!MayUpdateWindow(a)) return;
  tcb.snd_wl1 = a.seg.seq;
  tcb.snd_wnd = WindowOf(a);
  tcb.max_window = std::max(tcb.max_window, tcb.snd_wnd);
}

// Takes what is acknowledged off the retransmission queue. A round-trip sample comes from the first
// segment that was never retransmitted, and only if none that was is acknowledged with it (Karn).
// How many were acknowledged whole.
uint8_t CleanQueue(const Context& c) {
  Tcb& tcb = c.tcb;
  Time sample_from = kNever;
  bool retransmitted = false;
  uint8_t gone = 0;
  for (SentSegment& segment : tcb.sent) {
    if (!After(tcb.snd_una, segment.seq)) break;
    if (Before(tcb.snd_una, segment.End())) {  // Acknowledged in part: a merged retransmission.
      segment.len = static_cast<uint16_t>(segment.len - (tcb.snd_una - segment.seq));
      segment.seq = tcb.snd_una;
      break;
    }
    retransmitted |= segment.retransmitted;
    if (!segment.retransmitted && sample_from == kNever) sample_from = segment.first_sent;
    ++gone;
  }
  for (uint8_t i = 0; i < gone; ++i) tcb.sent.Erase(0);
  if (sample_from != kNever && !retransmitted) TakeRttSample(c, c.now - sample_from);
  return gone;
}

void Advance(const Arrival& a) {
  Tcb& tcb = a.tcb;
  UpdateTsRecent(a);
  UpdateWindow(a);
  tcb.probes_out = 0;
  const uint32_t acked = a.seg.ack - tcb.snd_una;
  tcb.bytes_acked = std::max(tcb.bytes_acked, tcb.bytes_acked + acked);
  tcb.snd_una = a.seg.ack;
  tcb.rto.retransmits = 0;
  tcb.rto.retrans_stamp = kNever;
  const uint8_t whole = CleanQueue(a);
  constexpr unsigned kInitialWindow = 10;  // Slow start; more never matters here.
  if (tcb.cwnd_full || tcb.cwnd < 2 * tcb.packets_max) {
    tcb.cwnd = static_cast<uint8_t>(std::min<unsigned>(tcb.cwnd + whole, kInitialWindow));
  }
  ProcessLossProbeAck(a, false);
  RecoveryAdvances(a, whole);
  if (whole == 0) return;
  if (!ScheduleLossProbe(a, true)) Rearm(a);
  RetransmitNextLost(a);
}

// SND.UNA itself is acknowledged again: at most the window has changed.
void Repeat(const Arrival& a) {
  UpdateTsRecent(a);
  const bool news = MayUpdateWindow(a);
  UpdateWindow(a);
  a.tcb.probes_out = 0;
  if (a.tcb.sent.Empty()) WindowAnswered(a);
  const bool plain = !news && a.seg.Length() == 0;
  ProcessLossProbeAck(a, plain);
  if (plain && !a.tcb.sent.Empty()) CountDuplicateAck(a);
}

// What ESTABLISHED makes of a number it cannot use: RFC 5961 5.2 challenges; an old one is let
// pass.
Flow RefuseWhenEstablished(Arrival& a) {
  switch (a.ack) {
    case AckVerdict::kTooOld:
      a.out.Decide(RuleId::kSegmentAckTooOld);
      SendChallengeAck(a);
      return Flow::kStop;
    case AckVerdict::kUnsent:
      a.out.Decide(RuleId::kSegmentAckUnsent);
      if (a.host.kernel.unsent_ack_when_established == UnsentAckWhenEstablished::kChallenged) {
        SendChallengeAck(a);
      }
      return Flow::kStop;
    default:
      a.out.Decide(RuleId::kSegmentAckOldIgnored);
      return Flow::kContinue;
  }
}

// What every later state makes of it.
//
// RFC 9293 3.10.7.4 ignores an old number and goes on to the text and the FIN. Linux before 6.9
// (tcp_rcv_state_process) discarded the whole segment, FIN and all, and sent a challenge ACK: the
// rule this project started from.
Flow RefuseWhenClosing(Arrival& a) {
  if (a.ack == AckVerdict::kOld &&
      a.host.kernel.old_ack_while_closing == OldAckWhileClosing::kAccepted) {
    a.out.Decide(RuleId::kSegmentAckOldAccepted);
    return Flow::kContinue;
  }
  a.out.Decide(a.ack == AckVerdict::kOld      ? RuleId::kSegmentAckOld
               : a.ack == AckVerdict::kTooOld ? RuleId::kSegmentAckTooOld
                                              : RuleId::kSegmentAckUnsent);
  SendChallengeAck(a);
  return Flow::kStop;
}

Flow ResetOrphan(Arrival& a, RuleId rule) {
  a.out.Decide(rule);
  a.out.Count(Counter::kTcpAbortOnData);
  Done(a);
  ReplyReset(a.seg, a.out);
  return Flow::kStop;
}

// FIN-WAIT-1, our FIN is acknowledged. With a user the socket goes on as FIN-WAIT-2. An orphan
// gives way to a timewait bucket, unless the segment brings a FIN too, which the socket must still
// take; new text finds nobody to read it (RFC 1122 4.2.2.13).
Flow LeaveFinWait1(Arrival& a) {
  Tcb& tcb = a.tcb;
  SetState(a, Next(kOnFinAcknowledged, tcb.state));
  tcb.shutdown |= kSendShutdown;
  a.out.Decide(RuleId::kFinWait1FinAcknowledged);
  if (!tcb.orphan) return Flow::kContinue;
  if (a.end.linger2_s < 0) return ResetOrphan(a, RuleId::kFinWait1Linger2Resets);
  if (a.seg.Length() > 0 && After(a.seg.TextEnd(), tcb.rcv_nxt)) {
    return ResetOrphan(a, RuleId::kFinWait1OrphanTextResets);
  }
  const Duration timeout = FinTime(a);
  constexpr Duration kTimewaitMax = std::chrono::seconds(60);
  if (timeout > kTimewaitMax) {
    ArmFinWait2(a, timeout - kTimewaitMax);
    return Flow::kContinue;
  }
  if (a.seg.Has(kFin)) {
    ArmFinWait2(a, timeout);
    return Flow::kContinue;
  }
  a.out.Decide(RuleId::kFinWait1OrphanBecomesTimewait);
  BecomeTimewait(a, State::kFinWait2, timeout);
  return Flow::kStop;
}

}  // namespace

// RFC 9293 3.10.7.4: SND.WL1 keeps an old segment from changing the window. Linux leaves WL2 out,
// and lets a pure announcement of a closed window count only on newer kernels.
bool MayUpdateWindow(const Arrival& a) {
  const Tcb& tcb = a.tcb;
  if (After(a.seg.ack, tcb.snd_una) || After(a.seg.seq, tcb.snd_wl1)) return true;
  if (a.seg.seq != tcb.snd_wl1) return false;
  const uint32_t window = WindowOf(a);
  const bool closes = window == 0;
  return window > tcb.snd_wnd ||
         (closes && a.host.kernel.zero_window_update == ZeroWindowUpdate::kHonoured);
}

// The same for a segment that was taken already, whatever comes of it (prediction.cc).
void AckByPrediction(Arrival& a) {
  a.ack = Judge(a);
  if (a.ack == AckVerdict::kAdvances) return Advance(a);
  if (a.ack == AckVerdict::kTooOld) {
    a.out.Note(RuleId::kSegmentAckTooOld);
    SendChallengeAck(a);
  }
}

Flow CheckAck(Arrival& a) {
  a.ack = Judge(a);
  if (a.ack == AckVerdict::kOld && a.host.kernel.old_ack_ts_recent == OldAckTsRecent::kRefreshed) {
    UpdateTsRecent(a);
  }
  switch (a.ack) {
    case AckVerdict::kAdvances:
      Advance(a);
      a.out.Decide(RuleId::kSegmentAckAdvances);
      return Flow::kContinue;
    case AckVerdict::kDuplicate:
      Repeat(a);
      a.out.Decide(RuleId::kSegmentAckDuplicate);
      return Flow::kContinue;
    default:
      return a.tcb.state == State::kEstablished ? RefuseWhenEstablished(a) : RefuseWhenClosing(a);
  }
}

// SND.UNA covers our FIN. Stands right after CheckAck, before the text, as in Linux: CLOSING and
// LAST-ACK end here and do not look at the rest of the segment.
Flow FinAcknowledged(Arrival& a) {
  Tcb& tcb = a.tcb;
  if (!tcb.fin_queued || tcb.snd_una != tcb.write_seq) return Flow::kContinue;
  switch (tcb.state) {
    case State::kFinWait1:
      return LeaveFinWait1(a);
    case State::kClosing:
      a.out.Decide(RuleId::kClosingFinAcknowledged);
      BecomeTimewait(a, State::kTimeWait, std::chrono::seconds(60));
      return Flow::kStop;
    case State::kLastAck:
      a.out.Decide(RuleId::kLastAckFinAcknowledged);
      Done(a);
      return Flow::kStop;
    default:
      return Flow::kContinue;
  }
}

}  // namespace finwait
