// SPDX-License-Identifier: Apache-2.0
//
// send(), recv() and shutdown() on a non-blocking socket (Linux tcp_sendmsg, tcp_recvmsg,
// inet_shutdown).
#include <algorithm>

#include "model/tcp/context.h"
#include "model/tcp/poll.h"
#include "model/tcp/shifts.h"

namespace finwait {
namespace {

constexpr StateSet kMaySend = Of(State::kEstablished, State::kCloseWait);

Errno TakeError(Tcb& tcb) {
  const Errno error = PendingError(tcb);
  tcb.error = SocketError::kNone;
  return error;
}

void Returns(const Context& c, Errno error, uint16_t bytes = 0) {
  c.out.result = CallResult{.returned = true, .error = error, .bytes = bytes};
}

// A send() that fails removes what it may have put on the queue, an empty segment at its end
// (tcp_remove_empty_skb). Older kernels take a FIN alone for one.
void RemoveEmptySegment(const Context& c) {
  Tcb& tcb = c.tcb;
  if (c.host.kernel.failing_send == FailingSend::kKeepsFin) return;
  if (!tcb.fin_queued || !tcb.Waits() || tcb.snd_nxt + 1U != tcb.write_seq) return;
  tcb.fin_lost = true;
  c.out.Note(RuleId::kSendRemovesFin);
}

// The FIN lies in the queue with the text before it: who has read all of that has passed it. One
// whose segment had only old text lies apart, and is passed by who asks for `more`. A peer that
// overlaps its own FIN can have more than one queued; each reading passes one.
void PassFin(Tcb& tcb, bool more) {
  if (!tcb.fin_received || Before(tcb.copied_seq, tcb.fin_at)) return;
  if (!more && tcb.OldTextQueued() && tcb.copied_seq == tcb.fin_on_old_text[0]) return;
  if (Before(tcb.copied_seq, tcb.rcv_nxt)) tcb.copied_seq = tcb.copied_seq + 1U;
}

// Reading, even when there is nothing to read, may let an acknowledgement go that waited for the
// reader (tcp_cleanup_rbuf).
void AckAfterRead(const Context& c, uint32_t bytes) {
  const Tcb& tcb = c.tcb;
  if (tcb.state == State::kClosed || !tcb.ack.scheduled) return;
  const bool drained = bytes > 0 && tcb.copied_seq == tcb.rcv_nxt;
  const bool pushed = tcb.ack.pushed2 || (tcb.ack.pushed && !Interactive(c));
  if (tcb.rcv_nxt - tcb.rcv_wup <= tcb.ack.rcv_mss && !(pushed && drained)) return;
  c.out.Note(RuleId::kRecvAcks);
  EmitAck(c);
}

}  // namespace

void CallSend(const Context& c, uint16_t bytes) {
  Tcb& tcb = c.tcb;
  if (!kMaySend.Has(tcb.state) || tcb.Shut(kSendShutdown) || tcb.error != SocketError::kNone) {
    c.out.Decide(RuleId::kSendFails);
    RemoveEmptySegment(c);
    const Errno error = TakeError(tcb);
    return Returns(c, error == Errno::kNone ? Errno::kPipe : error);
  }
  tcb.write_seq = tcb.write_seq + bytes;
  PushPending(c, Nagle::kOn);
  c.out.Decide(tcb.snd_nxt == tcb.write_seq ? RuleId::kSendTransmits : RuleId::kSendHeld);
  Returns(c, Errno::kNone, bytes);
}

// What was received comes first, then the end of file, then an error, once.
void CallRecv(const Context& c, uint16_t bytes_max) {
  Tcb& tcb = c.tcb;
  if (const uint32_t readable = tcb.Readable(); readable > 0) {
    const uint32_t bytes = bytes_max == 0 ? readable : std::min(readable, uint32_t{bytes_max});
    tcb.copied_seq = tcb.copied_seq + bytes;
    PassFin(tcb, bytes_max == 0 || bytes_max > bytes);
    c.out.Decide(RuleId::kRecvBytes);
    Returns(c, Errno::kNone, static_cast<uint16_t>(bytes));
    return AckAfterRead(c, bytes);
  }
  if (!tcb.fin_received && tcb.error != SocketError::kNone) {
    c.out.Decide(RuleId::kRecvFails);
    return Returns(c, TakeError(tcb));
  }
  if (tcb.Shut(kRcvShutdown)) {
    PassFin(tcb, true);
    c.out.Decide(RuleId::kRecvEof);
    Returns(c, Errno::kNone);
    return AckAfterRead(c, 0);
  }
  c.out.Decide(RuleId::kRecvNothing);
  Returns(c, Errno::kAgain);
  AckAfterRead(c, 0);
}

// RFC 9293 3.9.1 knows only CLOSE; the two directions are Linux's. Shutting the receiving side
// sends nothing and refuses nothing until our own FIN has left.
void CallShutdown(const Context& c, How how) {
  Tcb& tcb = c.tcb;
  const auto bits = static_cast<uint8_t>((how != How::kWr ? kRcvShutdown : 0) |
                                         (how != How::kRd ? kSendShutdown : 0));
  if (tcb.state == State::kClosed) {
    c.out.Decide(RuleId::kShutdownNotConnected);
    tcb.shutdown |= bits;
    return Returns(c, Errno::kNotConn);
  }
  tcb.shutdown |= bits;
  Returns(c, Errno::kNone);
  if (how == How::kRd) return c.out.Decide(RuleId::kShutdownReceiveOnly);
  const State next = Next(kOnSendShutdown, tcb.state);
  if (next == tcb.state) return c.out.Decide(RuleId::kShutdownRepeats);
  c.out.Decide(RuleId::kShutdownSendsFin);
  SetState(c, next);
  SendFin(c);
}

}  // namespace finwait
