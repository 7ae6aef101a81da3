// SPDX-License-Identifier: Apache-2.0
#include "model/world/fingerprint.h"

#include <algorithm>
#include <initializer_list>

#include "model/world/world.h"

namespace finwait {
namespace {

// A pair of words a multiplication, two chains of them side by side: a search spends much of its
// time here.
class Mixer {
 public:
  Mixer(Time now, Side side, const PairSetup& setup)
      : now_(now), mine_(setup[side].next), peers_(setup[Peer(side)].next) {}

  void Add(uint64_t x, uint64_t y) {
    const uint64_t mixed = Fold(x ^ 0xA0761D6478BD642FU, y ^ older_);
    older_ = newer_;
    newer_ = mixed;
  }
  uint64_t Value() const { return Fold(older_ ^ 0xE7037ED1A0B428DBU, newer_); }

  // Numbers of this end's stream, and of the peer's.
  uint64_t Mine(SeqNum n) const { return n - mine_; }
  uint64_t Mine(SeqNum n, SeqNum m) const { return Mine(n) << 32U | Mine(m); }
  uint64_t Peers(SeqNum n) const { return n - peers_; }
  uint64_t Peers(SeqNum n, SeqNum m) const { return Peers(n) << 32U | Peers(m); }
  // An instant relative to now; kNever is itself.
  uint64_t At(Time t) const {
    return t == kNever ? uint64_t{1} << 63U : static_cast<uint64_t>((t - now_).count());
  }
  Time now() const { return now_; }

 private:
  uint64_t older_ = 0x243F6A8885A308D3U, newer_ = 0x13198A2E03707344U;
  Time now_;
  SeqNum mine_, peers_;
};

constexpr uint64_t Bits(std::initializer_list<bool> flags) {
  uint64_t bits = 0;
  for (const bool flag : flags) bits = bits << 1U | (flag ? 1U : 0U);
  return bits;
}

uint64_t Wide(uint32_t high, uint32_t low) { return uint64_t{high} << 32U | low; }
uint64_t Ticks(Duration d) { return static_cast<uint64_t>(d.count()); }

// The age of a limiter's stamp matters only while it still limits.
uint64_t Stamp(const Mixer& m, Time stamp, const Environment& env) {
  const bool spent = stamp != kNever && m.now() - stamp > env.tcp_invalid_ratelimit + env.Tick();
  return m.At(spent ? kNever : stamp);
}

// Whether text may still come or go at this end, so that the pace of it matters.
bool TextMayMove(const Tcb& tcb) {
  const bool sends_none = tcb.Shut(kSendShutdown) && tcb.fin_queued && !tcb.fin_lost &&
                          AtOrBefore(tcb.write_seq - 1U, tcb.snd_una);
  return !tcb.fin_received || !sends_none;
}

void AddAck(Mixer& m, const Tcb& tcb, const Host& host) {
  const AckState& ack = tcb.ack;
  // Past this age every gap counts the same (NoteTextReceived, NoteTextSent).
  constexpr Duration kAgeMax = std::chrono::seconds(121);
  m.Add(Wide(ack.rcv_mss, ack.last_len) << 16U |
            Bits({ack.scheduled, ack.now, ack.pushed, ack.pushed2}) << 8U | ack.pingpong,
        Ticks(ack.ato) << 8U | ack.quick);
  const bool delayed = tcb.delayed_ack_at != kNever;
  const bool paced = TextMayMove(tcb);
  m.Add(paced ? Ticks(std::min(m.now() - ack.lrcvtime, kAgeMax)) : 0,
        delayed ? static_cast<uint64_t>(ack.timeout - host.environment.Jiffy(m.now())) : 0);
  if (paced && host.kernel.pingpong_replies > 1) m.Add(m.At(ack.lsndtime), 0);
}

void AddRto(Mixer& m, const RtoState& rto) {
  m.Add(Wide(rto.srtt8, rto.mdev4), Wide(rto.mdev_max4, rto.rttvar4));
  m.Add(m.Mine(rto.rtt_seq) << 32U | uint64_t{rto.backoff} << 8U | rto.retransmits,
        m.At(rto.retrans_stamp));
}

// What only a SACK option and its loss probes can tell apart.
void AddSack(Mixer& m, const Tcb& tcb) {
  for (const SackBlock& b : tcb.sack.blocks) m.Add(m.Peers(b.begin, b.end), 1);
  for (const SackBlock& b : tcb.sack.dsack) m.Add(m.Peers(b.begin, b.end), 2);
  m.Add(Bits({tcb.tlp_out, tcb.tlp_retransmitted}) << 8U | tcb.sack.blocks.count,
        m.Mine(tcb.tlp_high_seq));
  for (const SentSegment& s : tcb.sent) m.Add(m.At(s.last_sent), 3);
}

void AddRecovery(Mixer& m, const Tcb& tcb) {
  const uint64_t cwnd = uint64_t{tcb.cwnd_full} << 16U | uint64_t{tcb.packets_max} << 8U | tcb.cwnd;
  m.Add(Wide(static_cast<uint32_t>(tcb.recovery) << 16U | uint32_t{tcb.dup_acks} << 8U |
                 tcb.reordering,
             static_cast<uint32_t>(tcb.pending) << 8U | tcb.probes_out),
        cwnd << 32U | (tcb.recovery != LossRecovery::kOpen ? m.Mine(tcb.high_seq) : 0));
  if (tcb.cwnd < 10) m.Add(m.Mine(tcb.usage_seq), 0);
}

// When a segment first left matters for a round-trip sample, which a retransmitted one gives none.
void AddQueues(Mixer& m, const Tcb& tcb, bool rtt_frozen) {
  m.Add(tcb.sent.count, tcb.out_of_order.count);
  for (const SentSegment& s : tcb.sent) {
    m.Add(m.Mine(s.seq) << 32U | Bits({s.lost, s.fin, s.retransmitted}) << 16U | s.len,
          rtt_frozen || s.retransmitted ? 0 : m.At(s.first_sent));
  }
  for (const OutOfOrder& o : tcb.out_of_order) {
    m.Add(m.Peers(o.seq), uint64_t{o.end - o.seq} << 8U | o.fins);
  }
}

// What a socket is still asked once it is closed.
void AddAlways(Mixer& m, const Tcb& tcb) {
  m.Add(Wide(static_cast<uint32_t>(tcb.state) << 16U | uint32_t{tcb.shutdown} << 8U |
                 static_cast<uint32_t>(tcb.error),
             static_cast<uint32_t>(
                 Bits({tcb.OldTextQueued(), tcb.fin_lost, tcb.orphan, tcb.close_called,
                       tcb.lingering, tcb.fin_received, tcb.fin_queued}))),
        Ticks(tcb.rto.rto));
  m.Add(m.Mine(tcb.snd_una, tcb.snd_nxt), m.Peers(tcb.rcv_nxt, tcb.copied_seq));
  m.Add(Wide(tcb.max_window, tcb.rcv_wnd), m.Peers(tcb.rcv_wup));
  if (tcb.OldTextQueued()) m.Add(m.Peers(tcb.fin_on_old_text[0]), 4);
  if (tcb.fin_received) m.Add(m.Peers(tcb.fin_at), 5);
}

void AddLive(Mixer& m, const Tcb& tcb, const Host& host) {
  m.Add(m.Mine(tcb.write_seq, tcb.snd_sml), m.Peers(tcb.snd_wl1) << 32U | tcb.snd_wnd);
  m.Add(tcb.bytes_acked, Stamp(m, tcb.last_oow_ack, host.environment));
  m.Add(m.At(tcb.retransmit_at), m.At(tcb.delayed_ack_at));
  m.Add(m.At(tcb.fin_wait_2_at), m.At(tcb.linger_at));
  AddAck(m, tcb, host);
  AddRto(m, tcb.rto);
  AddRecovery(m, tcb);
  AddQueues(m, tcb, host.environment.rtt_frozen);
  if (tcb.options.sack) AddSack(m, tcb);
  if (tcb.options.timestamps) m.Add(tcb.ts_recent, 6);
  if (host.kernel.right_edge == RightEdge::kLargestOffered) m.Add(m.Peers(tcb.rcv_edge_max), 7);
}

void AddBucket(Mixer& m, const TimewaitBucket& b, const Environment& env) {
  m.Add(Wide(static_cast<uint32_t>(b.substate), b.rcv_wnd),
        m.Peers(b.rcv_nxt) << 32U | m.Mine(b.snd_nxt));
  m.Add(m.At(b.expires_at), Stamp(m, b.last_oow_ack, env));
  if (b.timestamps) m.Add(b.ts_recent, m.At(b.ts_recent_at));
}

void AddWire(Mixer& m, const Wire& wire) {
  for (const InFlight& f : wire) {
    const Segment& s = f.segment;
    m.Add(m.Mine(s.seq) << 32U | (s.Has(kAck) ? m.Peers(s.ack) : 0),
          uint64_t{s.len} << 24U | uint64_t{s.wnd} << 8U | s.flags);
    m.Add(m.At(f.sent), Ticks(f.rto));
    if (s.timestamps) m.Add(Wide(s.tsval, s.tsecr), 8);
    for (const SackBlock& b : s.sack) m.Add(m.Peers(b.begin, b.end), 9);
  }
  m.Add(wire.count, 10);
}

}  // namespace

uint64_t EndFingerprint(const Endpoint& end, Time now, Side side, const PairSetup& setup) {
  const Host& host = setup[side].host;
  const Environment& env = host.environment;
  Mixer m(now, side, setup);
  m.Add(Wide(static_cast<uint32_t>(end.entry),
             uint32_t{end.linger_on} << 8U | uint32_t{end.linger_s}),
        Ticks((SinceStart(now) + env.jiffy_phase) % env.Tick()));
  AddAlways(m, end.socket);
  if (end.socket.state != State::kClosed) AddLive(m, end.socket, host);
  if (end.entry == Entry::kTimewait) AddBucket(m, end.bucket, env);
  return m.Value();
}

uint64_t EndFingerprint(const World& world, Side side, const PairSetup& setup) {
  const uint64_t print = EndFingerprint(world[side], world.now, side, setup);
  return setup[side].quirk == nullptr ? print : Joined(print, world.quirk_memory[Index(side)]);
}

uint64_t WireFingerprint(const Wire& wire, Time now, Side side, const PairSetup& setup) {
  if (wire.Empty()) return 0;
  Mixer m(now, side, setup);
  AddWire(m, wire);
  return m.Value();
}

void Mix(Hasher& hasher, const World& world, const PairSetup& setup) {
  if (setup.timestamps) hasher.Add(static_cast<uint64_t>(SinceStart(world.now).count()));
  for (const Side side : {Side::kA, Side::kB}) {
    hasher.Add(EndFingerprint(world, side, setup),
               WireFingerprint(world.From(side), world.now, side, setup));
  }
}

}  // namespace finwait
