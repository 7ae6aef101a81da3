// SPDX-License-Identifier: Apache-2.0
//
// Protection against wrapped sequence numbers (RFC 7323, section 5): the timestamp of an arriving
// segment is held against TS.Recent. Ages of TS.Recent past which it no longer counts (24 days, on
// newer kernels 36 minutes) lie beyond what a run lasts.
#include <chrono>

#include "model/tcp/arrival.h"

namespace finwait {
namespace {

// How far TS.Recent lies past the segment's timestamp.
int32_t Lag(uint32_t ts_recent, const Segment& seg) {
  return static_cast<int32_t>(ts_recent - seg.tsval);
}

bool Fails(uint32_t ts_recent, const Segment& seg, int32_t slack) {
  return ts_recent != 0 && Lag(ts_recent, seg) > slack;
}

// A duplicated acknowledgement that the network delivered out of order (tcp_disordered_ack): within
// the time-out, as its timestamp has it.
bool IsDisorderedAck(const Arrival& a) {
  const Tcb& tcb = a.tcb;
  if (a.seg.flags != kAck && a.seg.flags != (kAck | kPsh)) return false;
  if (a.seg.len != 0 || a.seg.seq != tcb.rcv_nxt || a.seg.ack != tcb.snd_una) return false;
  if (MayUpdateWindow(a)) return false;
  const int64_t rto_ms = tcb.rto.rto / std::chrono::milliseconds(1);
  const bool longer = a.host.kernel.paws_replay == PawsReplay::kRtoAndAFifth;
  return Lag(tcb.ts_recent, a.seg) <= (longer ? rto_ms * 1200 : rto_ms * 1024) / 1000;
}

// Neither text nor SYN, FIN or RST, and older than what is expected.
bool IsOldPureAck(const Arrival& a) {
  return a.seg.Has(kAck) && a.seg.Length() == 0 && Before(a.seg.seq, a.tcb.rcv_nxt);
}

}  // namespace

// RFC 7323 5.3 R1. Stands before the sequence number, which is what it protects. A RST is believed
// whatever its timestamp; a SYN is challenged on newer kernels.
Flow CheckPaws(Arrival& a) {
  if (!a.tcb.options.timestamps || !a.seg.timestamps) return Flow::kContinue;
  constexpr int32_t kClockSlack = 1;
  if (!Fails(a.tcb.ts_recent, a.seg, kClockSlack)) return Flow::kContinue;
  if (IsDisorderedAck(a)) {
    a.out.Note(RuleId::kSegmentPawsDisorderedAck);
    return Flow::kContinue;
  }
  if (a.seg.Has(kRst)) return Flow::kContinue;
  if (a.seg.Has(kSyn) && a.host.kernel.paws_syn == PawsSyn::kChallenged) return ChallengeSyn(a);
  if (IsOldPureAck(a) && a.host.kernel.paws_old_ack == PawsOldAck::kSilent) {
    a.out.Decide(RuleId::kSegmentPawsOldAck);
    a.out.Count(Counter::kPawsOldAck);
    return Flow::kStop;
  }
  a.out.Decide(RuleId::kSegmentPaws);
  a.out.Count(Counter::kPawsEstab);
  SendDuplicateAck(a, Counter::kTcpAckSkippedPaws);
  return Flow::kStop;
}

// RFC 7323 4.3: TS.Recent follows the segments that start at or before what was last acknowledged
// (tcp_replace_ts_recent).
void UpdateTsRecent(const Arrival& a) {
  Tcb& tcb = a.tcb;
  if (!tcb.options.timestamps || !a.seg.timestamps || After(a.seg.seq, tcb.rcv_wup)) return;
  if (Fails(tcb.ts_recent, a.seg, 0)) return;
  tcb.ts_recent = a.seg.tsval;
  tcb.ts_recent_at = a.now;
}

// A RST is believed whatever its timestamp once TS.Recent is older than a segment may live
// (tcp_paws_reject).
bool FailsPaws(const TimewaitBucket& bucket, const Segment& seg, Time now) {
  constexpr Duration kSegmentLives = std::chrono::seconds(60);
  if (seg.Has(kRst) && now - bucket.ts_recent_at >= kSegmentLives) return false;
  return bucket.timestamps && seg.timestamps && Fails(bucket.ts_recent, seg, 0);
}

}  // namespace finwait
