// SPDX-License-Identifier: Apache-2.0
//
// What leaves an endpoint (Linux tcp_output.c).
#include <algorithm>

#include "model/tcp/context.h"

namespace finwait {
namespace {

// The number of a segment without text (tcp_acceptable_seq): SND.NXT, or the peer's window edge
// when the window shrank below it by more than the grain of our own window's scale.
SeqNum AcceptableSeq(const Tcb& tcb) {
  const SeqNum edge = tcb.WindowEnd();
  if (AtOrBefore(tcb.snd_nxt, edge)) return tcb.snd_nxt;
  const TcpOptions& options = tcb.options;
  if (options.window_scaling && tcb.snd_nxt - edge < (1U << options.rcv_wscale)) return tcb.snd_nxt;
  return edge;
}

// The window to advertise, scaled: what is free, never moving the right edge left. A FIN takes one
// unit.
uint16_t SelectWindow(const Context& c) {
  const uint32_t held = c.tcb.rcv_nxt - c.tcb.copied_seq;
  const uint32_t free = held < c.Env().rcv_buffer ? c.Env().rcv_buffer - held : 0;
  const uint32_t scale = c.tcb.options.rcv_wscale;
  const uint32_t grain = (1U << scale) - 1U;
  const uint32_t window = (std::max(free, c.tcb.RcvWindow()) + grain) >> scale;
  return static_cast<uint16_t>(std::min(window, uint32_t{65535}));
}

void SpendQuickAck(const Context& c) {
  AckState& ack = c.tcb.ack;
  const bool every = c.host.kernel.quick_ack_spent_by == QuickAckSpentBy::kEveryAck;
  if (ack.quick == 0 || (!ack.scheduled && !every)) return;
  if (--ack.quick == 0) ack.ato = std::chrono::milliseconds(40);
}

// Every segment with ACK settles what acknowledgement was owed.
Segment WithAck(const Context& c, Segment segment) {
  Tcb& tcb = c.tcb;
  segment.flags |= kAck;
  segment.ack = tcb.rcv_nxt;
  segment.wnd = SelectWindow(c);
  if (tcb.options.timestamps) {
    segment.timestamps = true;
    segment.tsval = static_cast<uint32_t>(SinceStart(c.now) / std::chrono::milliseconds(1));
    segment.tsecr = tcb.ts_recent;
  }
  if (tcb.options.sack) WriteSack(tcb, segment);
  tcb.rcv_edge_max = Later(tcb.rcv_edge_max, tcb.RcvEdge());
  tcb.rcv_wup = tcb.rcv_nxt;
  tcb.rcv_wnd = uint32_t{segment.wnd} << tcb.options.rcv_wscale;
  SpendQuickAck(c);
  tcb.ack.scheduled = tcb.ack.now = tcb.ack.pushed = tcb.ack.pushed2 = false;
  tcb.delayed_ack_at = kNever;
  return segment;
}

// Text that answers text just received makes the exchange interactive (tcp_event_data_sent).
// Kernels that want three such answers count the first after each text only.
void NoteTextSent(const Context& c) {
  AckState& ack = c.tcb.ack;
  const uint8_t wanted = c.host.kernel.pingpong_replies;
  const bool first = c.Env().Jiffy(ack.lsndtime) < c.Env().Jiffy(ack.lrcvtime);
  const bool answers = ack.ato > Duration(0) && c.Env().Between(ack.lrcvtime, c.now) < ack.ato;
  if (answers && (wanted == 1 || first) && ack.pingpong < wanted) ++ack.pingpong;
  ack.lsndtime = c.now;
}

void Transmit(const Context& c, SeqNum seq, uint16_t len, bool fin) {
  if (len > 0) NoteTextSent(c);
  const auto flags = static_cast<uint8_t>((len > 0 ? kPsh : 0) | (fin ? kFin : 0));
  c.out.Send(WithAck(c, Segment{.seq = seq, .len = len, .flags = flags}));
}

// The next segment to send: what waits, and the FIN behind it.
SentSegment NextOf(const Context& c) {
  const Tcb& tcb = c.tcb;
  const uint32_t text = tcb.write_seq - tcb.snd_nxt - (tcb.fin_queued ? 1U : 0U);
  const auto len = static_cast<uint16_t>(std::min(text, uint32_t{tcb.snd_mss}));
  const bool fin = tcb.fin_queued && len == text;
  return SentSegment{.seq = tcb.snd_nxt,
                     .len = len,
                     .fin = fin,
                     .retransmitted = false,
                     .first_sent = c.now,
                     .last_sent = c.now};
}

// Nagle as Linux has it (Minshall): small text waits while other small text is unacknowledged.
bool HeldBack(const Tcb& tcb, const SentSegment& next, Nagle nagle) {
  if (next.fin || next.len >= tcb.snd_mss || nagle == Nagle::kOff) return false;
  return !tcb.sent.Empty() && After(tcb.snd_sml, tcb.snd_una) &&
         AtOrBefore(tcb.snd_sml, tcb.snd_nxt);
}

// Whether as much is in flight as the congestion window lets out.
bool FillsCwnd(const Tcb& tcb) {
  const auto in_flight = std::count_if(tcb.sent.begin(), tcb.sent.end(),
                                       [](const SentSegment& sent) { return !sent.lost; });
  return in_flight >= tcb.cwnd;
}

// (tcp_cwnd_test)
bool Congested(const Context& c, const SentSegment& next) {
  if (next.fin && c.host.kernel.fin_and_cwnd == FinAndCwnd::kExempt) return false;
  return FillsCwnd(c.tcb);
}

// How much of the congestion window is used (tcp_cwnd_validate).
void NoteCwndUsed(Tcb& tcb) {
  const bool full = FillsCwnd(tcb);
  const bool more = !tcb.cwnd_full && tcb.sent.count > tcb.packets_max;
  if (Before(tcb.snd_una, tcb.usage_seq) && !full && !more) return;
  tcb.cwnd_full = full;
  tcb.packets_max = tcb.sent.count;
  tcb.usage_seq = tcb.snd_nxt;
}

void SendNew(const Context& c, const SentSegment& next) {
  Tcb& tcb = c.tcb;
  if (tcb.sent.Full()) {
    c.out.bound = true;
    return;
  }
  const bool first = tcb.sent.Empty();
  tcb.sent.PushBack(next);
  tcb.snd_nxt = next.End();
  if (first || tcb.pending == Pending::kLossProbe) Rearm(c);
  c.out.Count(Counter::kTcpOrigDataSent);
  Transmit(c, next.seq, next.len, next.fin);
}

}  // namespace

void EmitAck(const Context& c) {
  if (c.tcb.state == State::kClosed) return;
  c.out.Send(WithAck(c, Segment{.seq = AcceptableSeq(c.tcb)}));
}

// A reset of our own accord: RST and ACK (tcp_send_active_reset).
void EmitActiveReset(const Context& c) {
  c.out.Send(WithAck(c, Segment{.seq = AcceptableSeq(c.tcb), .flags = kRst}));
}

// A segment answered by a reset (RFC 9293 3.10.7.1; tcp_v4_send_reset). Never in reply to a reset.
void ReplyReset(const Segment& seg, Effects& out) {
  if (seg.Has(kRst)) return;
  if (seg.Has(kAck)) return out.Send(Segment{.seq = seg.ack, .flags = kRst});
  out.Send(Segment{.ack = seg.End(), .flags = kRst | kAck});
}

bool NextFitsWindow(const Context& c) { return AtOrBefore(NextOf(c).End(), c.tcb.WindowEnd()); }

void SendNext(const Context& c) {
  const SentSegment next = NextOf(c);
  SendNew(c, next);
  if (next.len < c.tcb.snd_mss) c.tcb.snd_sml = c.tcb.snd_nxt;
}

// Sends what is queued and fits the window; the FIN rides on the last text (tcp_write_xmit). When
// nothing is in flight and the window is too small, only a probe can tell when it opens.
void PushPending(const Context& c, Nagle nagle) {
  Tcb& tcb = c.tcb;
  if (!tcb.Waits()) return;
  bool sent = false;
  while (tcb.Waits() && !c.out.bound) {
    const SentSegment next = NextOf(c);
    if (Congested(c, next) || After(next.End(), tcb.WindowEnd())) break;
    if (HeldBack(tcb, next, nagle)) break;
    SendNext(c);
    sent = true;
  }
  if (sent || FillsCwnd(tcb)) NoteCwndUsed(tcb);
  if (sent) ScheduleLossProbe(c, false);
  if (tcb.Waits() && tcb.sent.Empty()) CheckWindowProbe(c);
}

// shutdown() and close(): the FIN joins the queue and leaves at once, Nagle off (tcp_send_fin).
void SendFin(const Context& c) {
  c.tcb.fin_queued = true;
  c.tcb.write_seq = c.tcb.write_seq + 1U;
  PushPending(c, Nagle::kOff);
}

// A sent segment again; of the first, what was acknowledged meanwhile is left out.
void Retransmit(const Context& c, SentSegment& segment) {
  segment.retransmitted = true;
  segment.lost = false;
  segment.last_sent = c.now;
  c.out.Count(Counter::kRetransSegs);
  Transmit(c, segment.seq, segment.len, segment.fin);
}

// An acknowledgement with a number already used: the peer must answer (tcp_xmit_probe_skb).
void EmitWindowProbe(const Context& c) {
  c.out.Count(Counter::kTcpWinProbe);
  c.out.Send(WithAck(c, Segment{.seq = c.tcb.snd_una - 1U}));
}

// What of the next segment the window lets pass (tcp_write_wakeup); Nagle's rule does not count it
// as small. False when it is nothing.
bool EmitIntoWindow(const Context& c) {
  const Tcb& tcb = c.tcb;
  if (!Before(tcb.snd_nxt, tcb.WindowEnd())) return false;
  SentSegment next = NextOf(c);
  const uint32_t room = tcb.WindowEnd() - tcb.snd_nxt;
  if (room < next.len + (next.fin ? 1U : 0U)) {
    next.len = static_cast<uint16_t>(std::min(room, uint32_t{next.len}));
    next.fin = false;
  }
  SendNew(c, next);
  return true;
}

}  // namespace finwait
