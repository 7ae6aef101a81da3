// SPDX-License-Identifier: Apache-2.0
//
// The transmission control block of one socket. Names are those of RFC 9293, 3.3.1, and of Linux.
#ifndef FINWAIT_MODEL_TCP_TCB_H_
#define FINWAIT_MODEL_TCP_TCB_H_

#include <cstdint>

#include "model/tcp/inline_list.h"
#include "model/tcp/options.h"
#include "model/tcp/receive_state.h"
#include "model/tcp/send_state.h"
#include "model/tcp/seq.h"
#include "model/tcp/state.h"
#include "model/tcp/time.h"

namespace finwait {

enum Shutdown : uint8_t { kRcvShutdown = 1, kSendShutdown = 2 };

// What recv() and send() report as sk_err.
enum class SocketError : uint8_t { kNone, kConnReset, kPipe, kTimedOut };

struct Tcb {
  State state = State::kClosed;
  uint8_t shutdown = 0;       // A union of Shutdown.
  bool orphan = false;        // SOCK_DEAD: the application is gone.
  bool close_called = false;  // The descriptor is closed, or being closed.
  bool lingering = false;     // A close() sleeps in this socket.
  bool fin_received = false;  // SOCK_DONE: the peer's FIN was taken.
  bool fin_queued = false;    // Our FIN is part of WRITE.SEQ,
  bool fin_lost = false;      // but a send() that failed has taken it off the queue.
  SocketError error = SocketError::kNone;

  SeqNum snd_una, snd_nxt, write_seq;  // write_seq counts queued text and a queued FIN.
  uint32_t snd_wnd = 0, max_window = 0;
  SeqNum snd_wl1;
  SeqNum snd_sml;            // End of the last small segment sent (Nagle, Minshall's form).
  uint32_t bytes_acked = 0;  // Sum of all advances of SND.UNA, saturating.

  SeqNum rcv_nxt, rcv_wup, copied_seq;
  SeqNum fin_at{};                        // The number of the peer's FIN, once it was received.
  InlineList<SeqNum, 1> fin_on_old_text;  // That of one whose segment had no new text, but old.
  uint32_t rcv_wnd = 0;                   // As advertised when RCV.WUP was RCV.NXT.
  SeqNum rcv_edge_max;                    // The largest right edge advertised before the last.

  TcpOptions options;
  uint16_t snd_mss = 1460;  // Largest payload of one segment sent.
  uint32_t ts_recent = 0;   // TS.Recent of RFC 7323.
  Time ts_recent_at{};      // When that was set.
  SackState sack;

  AckState ack;
  RtoState rto;
  Time last_oow_ack = kNever;  // Last rate-limited acknowledgement.

  uint8_t probes_out = 0;  // Window probes since the last acknowledgement.
  Pending pending = Pending::kNothing;
  LossRecovery recovery = LossRecovery::kOpen;
  SeqNum high_seq;          // SND.NXT when recovery began: it ends when this is acknowledged.
  uint8_t cwnd = 10;        // Segments; only a time-out makes it small enough to matter.
  bool cwnd_full = false;   // As much as that was in flight,
  uint8_t packets_max = 0;  // or so much at most, up to usage_seq: cwnd grows if it was used.
  SeqNum usage_seq;
  uint8_t dup_acks = 0;    // Without SACK: duplicated acknowledgements that stand for text,
  uint8_t reordering = 3;  // and how many of them mean a loss.
  bool tlp_out = false, tlp_retransmitted = false;  // A tail loss probe is out, was sent before.
  SeqNum tlp_high_seq;
  Time retransmit_at = kNever, delayed_ack_at = kNever, fin_wait_2_at = kNever, linger_at = kNever;

  InlineList<SentSegment, 8> sent;
  InlineList<OutOfOrder, 6> out_of_order;

  constexpr bool Shut(Shutdown how) const { return (shutdown & how) != 0; }
  // Whether something is queued that was never sent.
  constexpr bool Waits() const { return snd_nxt != write_seq && !fin_lost; }
  constexpr SeqNum WindowEnd() const { return snd_una + snd_wnd; }
  // The window still open, and its right edge.
  constexpr SeqNum RcvEdge() const { return Later(rcv_wup + rcv_wnd, rcv_nxt); }
  constexpr uint32_t RcvWindow() const { return RcvEdge() - rcv_nxt; }
  // In order and not yet read, as FIONREAD tells it: a FIN is not a byte.
  constexpr uint32_t Unread() const {
    return rcv_nxt - copied_seq - (rcv_nxt != copied_seq && fin_received ? 1U : 0U);
  }
  // Whether a buffer with nothing but old text and a FIN is still before the reader.
  constexpr bool OldTextQueued() const {
    return !fin_on_old_text.Empty() && AtOrBefore(copied_seq, fin_on_old_text[0]);
  }
  // What recv() finds: the stream ends with the first FIN, whatever came after it.
  constexpr uint32_t Readable() const {
    const SeqNum end = fin_received ? fin_at : rcv_nxt;
    return Before(copied_seq, end) ? end - copied_seq : 0;
  }
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_TCB_H_
