// SPDX-License-Identifier: Apache-2.0
#include "model/world/fingerprint.h"

#include <algorithm>
#include <initializer_list>

#include "model/world/world.h"

namespace finwait {
namespace {

constexpr uint64_t Bits(std::initializer_list<bool> flags) {
  uint64_t bits = 0;
  for (const bool flag : flags) bits = bits << 1U | (flag ? 1U : 0U);
  return bits;
}

// The age of a limiter's stamp matters only while it still limits.
void AddStamp(Hasher& h, Time stamp, Time now, const Environment& env) {
  const bool spent = stamp != kNever && now - stamp > env.tcp_invalid_ratelimit + env.Tick();
  h.AddTime(spent ? kNever : stamp, now);
}

void MixAck(Hasher& h, const AckState& ack, Time now) {
  h.Add(Bits({ack.scheduled, ack.now, ack.pushed, ack.pushed2}) << 8U | ack.pingpong, ack.quick);
  h.Add(uint64_t{ack.last_len} << 16U | ack.rcv_mss, static_cast<uint64_t>(ack.ato.count()));
  // Past this age every gap counts the same (NoteTextReceived, NoteTextSent).
  constexpr Duration kAgeMax = std::chrono::seconds(121);
  h.Add(static_cast<uint64_t>(std::min(now - ack.lrcvtime, kAgeMax).count()));
}

void MixRto(Hasher& h, const RtoState& rto, Time now) {
  h.Add(rto.srtt8, rto.mdev4);
  h.Add(rto.mdev_max4, rto.rttvar4);
  h.Add(rto.rtt_seq.raw, static_cast<uint64_t>(rto.rto.count()));
  h.Add(rto.retransmits);
  h.AddTime(rto.retrans_stamp, now);
}

// What only a SACK option and its loss probes can tell apart.
void MixSack(Hasher& h, const Tcb& tcb, Time now) {
  for (const SackBlock& block : tcb.sack.blocks) h.Add(block.begin.raw, block.end.raw);
  for (const SackBlock& block : tcb.sack.dsack) h.Add(block.begin.raw, block.end.raw);
  h.Add(Bits({tcb.tlp_out, tcb.tlp_retransmitted}), tcb.sack.blocks.count);
  h.Add(tcb.tlp_high_seq.raw);
  for (const SentSegment& s : tcb.sent) h.AddTime(s.last_sent, now);
}

void MixTcb(Hasher& h, const Tcb& tcb, Time now, const Host& host) {
  const Environment& env = host.environment;
  h.Add(static_cast<uint64_t>(tcb.state), tcb.shutdown);
  h.Add(Bits({tcb.OldTextQueued(), tcb.fin_lost, tcb.orphan, tcb.close_called, tcb.lingering,
              tcb.fin_received, tcb.fin_queued}),
        static_cast<uint64_t>(tcb.error));
  h.Add(tcb.snd_una.raw, tcb.snd_nxt.raw);
  h.Add(tcb.write_seq.raw, tcb.snd_wl1.raw);
  h.Add(tcb.snd_wnd, tcb.max_window);
  h.Add(tcb.snd_sml.raw, tcb.bytes_acked);
  h.Add(tcb.rcv_nxt.raw, tcb.rcv_wup.raw);
  h.Add(tcb.copied_seq.raw, tcb.rcv_wnd);
  MixAck(h, tcb.ack, now);
  if (tcb.delayed_ack_at != kNever) {
    h.Add(static_cast<uint64_t>(tcb.ack.timeout - env.Jiffy(now)));
  }
  MixRto(h, tcb.rto, now);
  AddStamp(h, tcb.last_oow_ack, now, env);
  for (const Time t : {tcb.retransmit_at, tcb.delayed_ack_at, tcb.fin_wait_2_at, tcb.linger_at}) {
    h.AddTime(t, now);
  }
  h.Add(static_cast<uint64_t>(tcb.pending), uint64_t{tcb.rto.backoff} << 8U | tcb.probes_out);
  h.Add(static_cast<uint64_t>(tcb.recovery), uint64_t{tcb.dup_acks} << 8U | tcb.reordering);
  if (tcb.recovery != LossRecovery::kOpen) h.Add(tcb.high_seq.raw);
  h.Add(uint64_t{tcb.cwnd_full} << 16U | uint64_t{tcb.packets_max} << 8U | tcb.cwnd);
  if (tcb.cwnd < 10) h.Add(tcb.usage_seq.raw);
  if (tcb.OldTextQueued()) h.Add(tcb.fin_on_old_text[0].raw);
  if (tcb.options.sack) MixSack(h, tcb, now);
  if (tcb.options.timestamps) h.Add(tcb.ts_recent);
  if (host.kernel.right_edge == RightEdge::kLargestOffered) h.Add(tcb.rcv_edge_max.raw);
  if (host.kernel.pingpong_replies > 1) h.AddTime(tcb.ack.lsndtime, now);
  h.Add(tcb.sent.count, tcb.out_of_order.count);
  for (const SentSegment& s : tcb.sent) {
    h.Add(s.seq.raw, Bits({s.lost, s.fin, s.retransmitted}) << 16U | s.len);
    h.AddTime(s.first_sent, now);
  }
  for (const OutOfOrder& o : tcb.out_of_order) {
    h.Add(o.seq.raw, uint64_t{o.end - o.seq} << 8U | o.fins);
  }
}

void MixBucket(Hasher& h, const TimewaitBucket& b, Time now, const Environment& env) {
  h.Add(static_cast<uint64_t>(b.substate), b.rcv_wnd);
  h.Add(b.rcv_nxt.raw, b.snd_nxt.raw);
  h.AddTime(b.expires_at, now);
  AddStamp(h, b.last_oow_ack, now, env);
}

// What only options carry.
void MixOptions(Hasher& h, const Segment& segment) {
  h.Add(segment.tsval, segment.tsecr);
  for (const SackBlock& block : segment.sack) h.Add(block.begin.raw, block.end.raw);
}

void MixWire(Hasher& h, const Wire& wire, Time now) {
  h.Add(wire.count);
  for (const InFlight& f : wire) {
    h.Add(f.segment.seq.raw, f.segment.ack.raw);
    h.Add(uint64_t{f.segment.len} << 24U | uint64_t{f.segment.wnd} << 8U | f.segment.flags);
    h.AddTime(f.sent, now);
    h.Add(static_cast<uint64_t>(f.rto.count()));
    if (f.segment.timestamps || !f.segment.sack.Empty()) MixOptions(h, f.segment);
  }
}

}  // namespace

void Mix(Hasher& hasher, const World& world, const PairSetup& setup) {
  if (setup.timestamps) hasher.Add(static_cast<uint64_t>(SinceStart(world.now).count()));
  for (const Side side : {Side::kA, Side::kB}) {
    const Endpoint& end = world[side];
    const Environment& env = setup[side].host.environment;
    hasher.Add(static_cast<uint64_t>(end.entry),
               static_cast<uint64_t>((SinceStart(world.now) + env.jiffy_phase) % env.Tick() /
                                     Duration(1)));
    hasher.Add(Bits({end.linger_on}), end.linger_s);
    MixTcb(hasher, end.socket, world.now, setup[side].host);
    if (end.entry == Entry::kTimewait) MixBucket(hasher, end.bucket, world.now, env);
    MixWire(hasher, world.From(side), world.now);
    if (setup[side].quirk != nullptr) hasher.Add(world.quirk_memory[Index(side)]);
  }
}

}  // namespace finwait
