// SPDX-License-Identifier: Apache-2.0
//
// The timewait bucket, in FIN-WAIT-2 after close() and in TIME-WAIT (Linux tcp_time_wait,
// tcp_timewait_state_process). It never looks at SEG.ACK or SEG.WND.
#include <algorithm>

#include "model/tcp/context.h"

namespace finwait {
namespace {

constexpr Duration kTimewaitLength = std::chrono::seconds(60);

bool InWindow(const TimewaitBucket& b, const Segment& seg) {
  const SeqNum edge = b.rcv_nxt + b.rcv_wnd;
  if (seg.seq == b.rcv_nxt) return true;
  if (After(seg.End(), b.rcv_nxt) && Before(seg.seq, edge)) return true;
  return seg.seq == edge && seg.Length() == 0;
}

// A bucket moves one counter in its life. That of a short life says "killed", which it was not.
constexpr Duration kBriefMax = std::chrono::seconds(4);

void CountBucket(const Context& c, BucketCounted when) {
  if (c.host.kernel.bucket_counted != when) return;
  c.out.Count(c.end.bucket.brief ? Counter::kTwKilled : Counter::kTw);
}

void Restart(const Context& c) {
  c.end.bucket.brief = false;
  c.end.bucket.expires_at = c.Env().TickAtOrAfter(c.now + kTimewaitLength);
}

void BucketAck(const Context& c) {
  const TimewaitBucket& b = c.end.bucket;
  const auto wnd = static_cast<uint16_t>(std::min(b.rcv_wnd >> b.rcv_wscale, uint32_t{65535}));
  Segment ack{.seq = b.snd_nxt, .ack = b.rcv_nxt, .wnd = wnd, .flags = kAck};
  if (b.timestamps && b.ts_recent != 0) {
    ack.timestamps = true;
    ack.tsval = static_cast<uint32_t>(SinceStart(c.now) / std::chrono::milliseconds(1));
    ack.tsecr = b.ts_recent;
  }
  c.out.Send(ack);
}

void StoreTimestamp(const Context& c, const Segment& seg) {
  TimewaitBucket& b = c.end.bucket;
  if (!b.timestamps || !seg.timestamps) return;
  b.ts_recent = seg.tsval;
  b.ts_recent_at = c.now;
}

// Text and FINs are answered every time; the rest at the limiter's pace.
void LimitedAck(const Context& c, const Segment& seg, RuleId limited, Counter counter) {
  const bool limitable = seg.Length() == 0 || seg.Has(kSyn);
  if (limitable && RateLimited(c.end.bucket.last_oow_ack, c.now, c.Env())) {
    c.out.Count(counter);
    return c.out.Note(limited);
  }
  BucketAck(c);
}

void Kill(const Context& c, RuleId rule) {
  c.out.Decide(rule);
  c.end.entry = Entry::kNone;
}

void KillWithReset(const Context& c, const Segment& seg, RuleId rule) {
  Kill(c, rule);
  ReplyReset(seg, c.out);
}

// Substate FIN-WAIT-2: the peer may still send its FIN, but no text: nobody is left to read it.
void InFinWait2(const Context& c, const Segment& seg) {
  TimewaitBucket& b = c.end.bucket;
  if (FailsPaws(b, seg, c.now) || !InWindow(b, seg)) {
    c.out.Decide(RuleId::kBucketFinWait2Unacceptable);
    return LimitedAck(c, seg, RuleId::kDuplicateAckLimited, Counter::kTcpAckSkippedFinWait2);
  }
  if (seg.Has(kRst)) return Kill(c, RuleId::kBucketFinWait2Rst);
  if (seg.Has(kSyn) && AtOrAfter(seg.seq, b.rcv_nxt)) {
    return KillWithReset(c, seg, RuleId::kBucketFinWait2Syn);
  }
  if (!seg.Has(kAck) || AtOrBefore(seg.End(), b.rcv_nxt) || seg.Length() == 0) {
    return c.out.Decide(RuleId::kBucketFinWait2Ignored);
  }
  if (!seg.Has(kFin) || seg.End() != b.rcv_nxt + 1U) {
    return KillWithReset(c, seg, RuleId::kBucketFinWait2TextResets);
  }
  c.out.Decide(RuleId::kBucketFinWait2Fin);
  b.substate = State::kTimeWait;
  b.rcv_nxt = seg.End();
  StoreTimestamp(c, seg);
  Restart(c);
  BucketAck(c);
}

// RFC 6191: a SYN that cannot belong to the old connection.
bool OpensAnother(const TimewaitBucket& b, const Segment& seg) {
  if (!seg.Has(kSyn) || seg.Has(kRst) || seg.Has(kAck)) return false;
  const bool newer =
      b.timestamps && seg.timestamps && static_cast<int32_t>(b.ts_recent - seg.tsval) < 0;
  return After(seg.seq, b.rcv_nxt) || newer;
}

// The listener opens the next connection, past the numbers of this one. With a FIN the listener
// refuses the SYN, and the bucket has gone for nothing.
void Reopen(const Context& c, const Segment& seg) {
  const SeqNum iss = IssPast(c.end.bucket);
  Kill(c, RuleId::kTimeWaitSynReopens);
  if (seg.Has(kFin)) return;
  c.end.entry = Entry::kRequest;
  const bool past = c.host.kernel.time_wait_iss == TimeWaitIss::kPastOldNumbers;
  c.out.Send(Segment{.seq = past ? iss : SeqNum{},
                     .ack = seg.seq + 1U,
                     .wnd = c.Env().rcv_buffer,
                     .flags = kSyn | kAck});
}

// Substate TIME-WAIT. An exact RST ends it early unless tcp_rfc1337 is set (RFC 1337).
void InTimeWait(const Context& c, const Segment& seg) {
  TimewaitBucket& b = c.end.bucket;
  const bool old_timestamp = FailsPaws(b, seg, c.now);
  const bool exact = !old_timestamp && seg.seq == b.rcv_nxt;
  if (exact && seg.Has(kRst)) {
    if (!c.Env().tcp_rfc1337) return Kill(c, RuleId::kTimeWaitRstKills);
    StoreTimestamp(c, seg);
    return c.out.Decide(RuleId::kTimeWaitRstRefused);
  }
  if (exact && seg.Length() == 0) {
    Restart(c);
    StoreTimestamp(c, seg);
    return c.out.Decide(RuleId::kTimeWaitAckRestarts);
  }
  if (!old_timestamp && OpensAnother(b, seg)) {
    if (c.end.listener) return Reopen(c, seg);
    c.out.Decide(RuleId::kTimeWaitSynAcked);
    return BucketAck(c);
  }
  if (old_timestamp) {
    const bool own = c.host.kernel.time_wait_paws == TimeWaitPaws::kPawsTimewait;
    c.out.Count(own ? Counter::kPawsTimewait : Counter::kPawsEstab);
  }
  if (seg.Has(kRst)) return c.out.Decide(RuleId::kTimeWaitRstIgnored);
  c.out.Decide(RuleId::kTimeWaitReacks);
  if (old_timestamp || seg.Has(kAck)) Restart(c);
  LimitedAck(c, seg, RuleId::kTimeWaitLimited, Counter::kTcpAckSkippedTimeWait);
}

}  // namespace

// The bucket takes the socket's place; the socket reaches CLOSED. FIN-WAIT-2 lasts at least 3.5
// retransmission time-outs, TIME-WAIT exactly 60 s.
void BecomeTimewait(const Context& c, State substate, Duration lifetime) {
  const Tcb& tcb = c.tcb;
  if (!c.Env().tw_buckets_left) {
    c.out.Note(RuleId::kTimewaitTableFull);
    c.out.Count(Counter::kTcpTimeWaitOverflow);
    return Done(c);
  }
  if (substate == State::kFinWait2) {
    lifetime = std::max(lifetime, 4 * tcb.rto.rto - tcb.rto.rto / 2);
  }
  TimewaitBucket& b = c.end.bucket;
  b = TimewaitBucket{.substate = substate,
                     .rcv_nxt = tcb.rcv_nxt,
                     .snd_nxt = tcb.snd_nxt,
                     .rcv_wnd = tcb.RcvWindow(),
                     .timestamps = tcb.options.timestamps,
                     .ts_recent = tcb.ts_recent,
                     .ts_recent_at = tcb.ts_recent_at,
                     .rcv_wscale = tcb.options.rcv_wscale,
                     .brief = lifetime <= kBriefMax};
  b.expires_at = c.Env().TickAtOrAfter(c.now + lifetime);
  c.end.entry = Entry::kTimewait;
  CountBucket(c, BucketCounted::kWhenItIsMade);
  Done(c);
}

void SegmentArrivesAtBucket(const Context& c, const Segment& seg) {
  if (c.end.bucket.substate == State::kFinWait2) return InFinWait2(c, seg);
  InTimeWait(c, seg);
}

void BucketExpires(const Context& c) {
  CountBucket(c, BucketCounted::kWhenItExpires);
  Kill(c, c.end.bucket.substate == State::kFinWait2 ? RuleId::kTimerBucketFinWait2
                                                    : RuleId::kTimerTimeWait);
}

}  // namespace finwait
