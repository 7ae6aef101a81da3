// SPDX-License-Identifier: Apache-2.0
//
// When an acknowledgement leaves: at once, on the next tick, or delayed (RFC 9293 3.8.6.3; Linux
// __tcp_ack_snd_check, tcp_send_delayed_ack).
#include <algorithm>
#include <utility>

#include "model/tcp/context.h"

namespace finwait {
namespace {

constexpr Duration kAtoMin = std::chrono::milliseconds(40);
constexpr Duration kDelayMax = std::chrono::milliseconds(200);

Duration Delay(const Tcb& tcb, bool interactive) {
  Duration delay = tcb.ack.ato;
  if (delay <= kAtoMin) return delay;
  const bool soon = interactive || tcb.ack.pushed;
  delay = std::min(delay, soon ? kDelayMax : Duration(std::chrono::milliseconds(500)));
  if (tcb.rto.srtt8 != 0) delay = std::min(delay, std::max(Duration(tcb.rto.srtt8 / 8), kAtoMin));
  return std::min(delay, kDelayMax);
}

// Keeps an earlier deadline; one that is near anyway is not waited for. On a connection that never
// carried text the delay is nothing and the deadline the jiffy in which it was set, already past:
// the next segment, whatever it says, lets the acknowledgement go at once.
void Defer(const Context& c) {
  Tcb& tcb = c.tcb;
  const Duration delay = Delay(tcb, Interactive(c));
  const bool pending = tcb.delayed_ack_at != kNever;
  const int64_t jiffy = c.Env().Jiffy(c.now);
  const int64_t jiffies = delay / c.Env().Tick();
  if (pending && tcb.ack.timeout <= jiffy + jiffies / 4) return EmitAck(c);
  const Time at =
      delay == Duration(0) ? c.Env().NextTick(c.now) : c.Env().TickAtOrAfter(c.now + delay);
  if (pending && tcb.ack.timeout <= jiffy + jiffies) return;
  tcb.ack.timeout = jiffy + jiffies;
  tcb.delayed_ack_at = at;
}

// How many acknowledgements may leave at once while the peer opens its window (tcp_incr_quickack).
uint8_t QuickAckBudget(const Tcb& tcb) {
  const uint32_t segments = tcb.rcv_wnd / (2U * tcb.ack.rcv_mss);
  return static_cast<uint8_t>(segments == 0 ? 2 : std::min(segments, uint32_t{16}));
}

}  // namespace

// Whether an answer is expected to carry the acknowledgement (inet_csk_in_pingpong_mode).
bool Interactive(const Context& c) { return c.tcb.ack.pingpong >= c.host.kernel.pingpong_replies; }

void EnterQuickAckMode(Tcb& tcb) {
  tcb.ack.quick = std::max(tcb.ack.quick, QuickAckBudget(tcb));
  tcb.ack.pingpong = 0;
  tcb.ack.ato = kAtoMin;
}

// What a sender may well send whole though it is less than the largest so far: long by itself, or
// not too short and with nothing that ends a message. Zero for others.
uint16_t LengthOfWhole(const Context& c, const Segment& seg) {
  constexpr uint16_t kMssDefault = 536, kMssMin = 88, kTimestampsLength = 12;
  const auto option = [&](bool there) { return there ? kTimestampsLength : uint16_t{0}; };
  const auto with_options = static_cast<uint16_t>(seg.len + option(seg.timestamps));
  const bool ends = (seg.flags & (kFin | kSyn | kPsh)) != 0;
  if (with_options < kMssMin || (with_options < kMssDefault && ends)) return 0;
  return static_cast<uint16_t>(with_options - option(c.tcb.options.timestamps));
}

// How long the peer's segments are (tcp_measure_rcv_mss): the longest, or less when two of the same
// length come after each other. A short one wants an answer.
void MeasureRcvMss(const Context& c, const Segment& seg) {
  AckState& ack = c.tcb.ack;
  const uint16_t last = std::exchange(ack.last_len, uint16_t{0});
  if (seg.len >= ack.rcv_mss) {
    ack.rcv_mss = std::min(seg.len, c.Env().mss);
    ack.pushed |= seg.Has(kPsh);
    return;
  }
  ack.last_len = LengthOfWhole(c, seg);
  if (ack.last_len != 0 && ack.last_len == last) {
    ack.rcv_mss = last;
    return;
  }
  ack.pushed2 |= ack.pushed;
  ack.pushed = true;
}

// In-order text was taken (tcp_event_data_recv): the time-out follows the pace of arrivals, which
// is told in jiffies.
void NoteTextReceived(const Context& c, const Segment& seg) {
  Tcb& tcb = c.tcb;
  AckState& ack = tcb.ack;
  ack.scheduled = true;
  MeasureRcvMss(c, seg);
  const Duration gap = c.Env().Between(ack.lrcvtime, c.now);
  if (ack.ato == Duration(0)) {
    ack.quick = std::max(ack.quick, QuickAckBudget(tcb));
    ack.ato = kAtoMin;
  } else if (gap <= kAtoMin / 2) {
    ack.ato = c.Env().Half(ack.ato) + kAtoMin / 2;
  } else if (gap < ack.ato) {
    ack.ato = std::min(c.Env().Half(ack.ato) + gap, tcb.rto.rto);
  } else if (gap > tcb.rto.rto) {
    ack.quick = std::max(ack.quick, QuickAckBudget(tcb));
  }
  ack.lrcvtime = c.now;
}

// After a segment is processed: is an acknowledgement owed, and when?
void DecideAck(const Context& c) {
  const Tcb& tcb = c.tcb;
  if (!tcb.ack.scheduled) return;
  bool window_full = tcb.rcv_nxt - tcb.rcv_wup > tcb.ack.rcv_mss;
  if (window_full && tcb.rcv_nxt != tcb.copied_seq) {
    window_full = Asks(c, kWindowGrows);
  }
  const bool quick = tcb.ack.quick > 0 && !Interactive(c);
  if (window_full || quick || tcb.ack.now || !tcb.out_of_order.Empty()) return EmitAck(c);
  Defer(c);
}

void DelayedAckExpires(const Context& c) {
  AckState& ack = c.tcb.ack;
  c.tcb.delayed_ack_at = kNever;
  c.out.Decide(RuleId::kTimerDelayedAck);
  if (!ack.scheduled) return;
  c.out.Count(Counter::kDelayedAcks);
  const bool interactive = Interactive(c);
  ack.ato = interactive ? kAtoMin : std::min(2 * ack.ato, c.tcb.rto.rto);
  if (interactive) ack.pingpong = 0;
  EmitAck(c);
}

}  // namespace finwait
