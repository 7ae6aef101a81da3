// SPDX-License-Identifier: Apache-2.0
//
// What leaves an endpoint (Linux tcp_output.c).
#include <algorithm>

#include "model/tcp/context.h"

namespace finwait {
namespace {

// The number of a segment without text (tcp_acceptable_seq): SND.NXT, or the peer's window edge
// when the window shrank below it.
SeqNum AcceptableSeq(const Tcb& tcb) {
  return AtOrBefore(tcb.snd_nxt, tcb.WindowEnd()) ? tcb.snd_nxt : tcb.WindowEnd();
}

// The window to advertise: what is free, never moving the right edge left. A FIN takes one unit.
uint16_t SelectWindow(const Context& c) {
  const uint32_t held = c.tcb.rcv_nxt - c.tcb.copied_seq;
  const uint32_t free = held < c.Env().rcv_buffer ? c.Env().rcv_buffer - held : 0;
  return static_cast<uint16_t>(std::min(std::max(free, c.tcb.RcvWindow()), uint32_t{65535}));
}

// Every segment with ACK settles what acknowledgement was owed.
Segment WithAck(const Context& c, Segment segment) {
  Tcb& tcb = c.tcb;
  segment.flags |= kAck;
  segment.ack = tcb.rcv_nxt;
  segment.wnd = SelectWindow(c);
  tcb.rcv_wup = tcb.rcv_nxt;
  tcb.rcv_wnd = segment.wnd;
  if (tcb.ack.scheduled && tcb.ack.quick > 0 && --tcb.ack.quick == 0) {
    tcb.ack.ato = std::chrono::milliseconds(40);
  }
  tcb.ack.scheduled = tcb.ack.now = tcb.ack.pushed = tcb.ack.pushed2 = false;
  tcb.delayed_ack_at = kNever;
  return segment;
}

// Text that answers text just received makes the exchange interactive (tcp_event_data_sent).
void NoteTextSent(const Context& c) {
  AckState& ack = c.tcb.ack;
  if (ack.ato > Duration(0) && c.now - ack.lrcvtime < ack.ato) ack.pingpong = true;
}

void Transmit(const Context& c, SeqNum seq, uint16_t len, bool fin) {
  if (len > 0) NoteTextSent(c);
  const auto flags = static_cast<uint8_t>((len > 0 ? kPsh : 0) | (fin ? kFin : 0));
  c.out.Send(WithAck(c, Segment{.seq = seq, .len = len, .flags = flags}));
}

// Nagle as Linux has it (Minshall): small text waits while other small text is unacknowledged.
bool HeldBack(const Tcb& tcb, Nagle nagle) {
  return nagle == Nagle::kOn && !tcb.sent.Empty() && After(tcb.snd_sml, tcb.snd_una) &&
         AtOrBefore(tcb.snd_sml, tcb.snd_nxt);
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

// Sends what is queued and fits the window; the FIN rides on the last text (tcp_write_xmit). A full
// window ends the run as `bound`: zero-window probing is not modelled yet.
void PushPending(const Context& c, Nagle nagle) {
  Tcb& tcb = c.tcb;
  while (tcb.snd_nxt != tcb.write_seq) {
    const uint32_t text = tcb.write_seq - tcb.snd_nxt - (tcb.fin_queued ? 1U : 0U);
    const auto len = static_cast<uint16_t>(std::min(text, uint32_t{c.Env().mss}));
    const bool fin = tcb.fin_queued && len == text;
    const SentSegment next{tcb.snd_nxt, len, fin, false, c.now};
    if (!fin && len < c.Env().mss && HeldBack(tcb, nagle)) return;
    if (After(next.End(), tcb.WindowEnd()) || tcb.sent.Full()) {
      c.out.bound = true;
      return;
    }
    if (tcb.sent.Empty()) ArmRetransmit(c);
    tcb.sent.PushBack(next);
    tcb.snd_nxt = next.End();
    if (len < c.Env().mss) tcb.snd_sml = tcb.snd_nxt;
    Transmit(c, next.seq, len, fin);
  }
}

// shutdown() and close(): the FIN joins the queue and leaves at once, Nagle off (tcp_send_fin).
void SendFin(const Context& c) {
  c.tcb.fin_queued = true;
  c.tcb.write_seq = c.tcb.write_seq + 1U;
  PushPending(c, Nagle::kOff);
}

// The first unacknowledged segment again, with those behind it that still fit one segment merged in
// (tcp_retrans_try_collapse).
void RetransmitFirst(const Context& c) {
  Tcb& tcb = c.tcb;
  while (tcb.sent.count > 1 && !tcb.sent[0].fin) {
    const uint32_t len = uint32_t{tcb.sent[0].len} + tcb.sent[1].len;
    if (len > c.Env().mss) break;
    tcb.sent[0].len = static_cast<uint16_t>(len);
    tcb.sent[0].fin = tcb.sent[1].fin;
    tcb.sent.Erase(1);
  }
  SentSegment& first = tcb.sent[0];
  first.retransmitted = true;
  if (tcb.rto.retrans_stamp == kNever) tcb.rto.retrans_stamp = c.now;
  Transmit(c, first.seq, first.len, first.fin);
}

}  // namespace finwait
