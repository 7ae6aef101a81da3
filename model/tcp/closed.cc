// SPDX-License-Identifier: Apache-2.0
#include "model/tcp/context.h"

namespace finwait {

// tcp_set_state, which the tracepoint sock:inet_sock_set_state tells. No socket is ever in
// TIME-WAIT: that is a bucket, and the socket goes to CLOSED. A connection that ends before its FIN
// left counts as reset, whoever ended it.
void SetState(const Context& c, State state) {
  const bool open = c.tcb.state == State::kEstablished || c.tcb.state == State::kCloseWait;
  if (open && state == State::kClosed) c.out.Count(Counter::kEstabResets);
  if (!c.out.states.Full()) c.out.states.PushBack(state);
  c.tcb.state = state;
}

// The socket reaches CLOSED (tcp_done). What was received stays readable; a bucket that has taken
// the socket's place in the lookup table stays there.
void Done(const Context& c) {
  Tcb& tcb = c.tcb;
  SetState(c, State::kClosed);
  tcb.shutdown = kRcvShutdown | kSendShutdown;
  tcb.retransmit_at = tcb.delayed_ack_at = tcb.fin_wait_2_at = tcb.linger_at = kNever;
  tcb.ack.scheduled = tcb.ack.now = false;
  tcb.pending = Pending::kNothing;
  tcb.sent.count = 0;
  tcb.sack = SackState{};
  tcb.out_of_order.count = 0;
  tcb.write_seq = tcb.snd_nxt;
  if (c.end.entry == Entry::kSocket) c.end.entry = Entry::kNone;
}

// A RST was accepted, or text came that can never be read (tcp_reset).
void ResetByPeer(const Context& c) {
  c.tcb.error = c.tcb.state == State::kCloseWait ? SocketError::kPipe : SocketError::kConnReset;
  Done(c);
}

}  // namespace finwait
