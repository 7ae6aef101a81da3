// SPDX-License-Identifier: Apache-2.0
//
// One endpoint of a connection as a plain value: the socket, the timewait bucket that may replace
// it, and which of the two the lookup table holds.
#ifndef FINWAIT_MODEL_TCP_ENDPOINT_H_
#define FINWAIT_MODEL_TCP_ENDPOINT_H_

#include <cstdint>
#include <type_traits>

#include "model/tcp/seq.h"
#include "model/tcp/state.h"
#include "model/tcp/tcb.h"
#include "model/tcp/time.h"

namespace finwait {

// A connection after its socket is gone (inet_timewait_sock). It never looks at SEG.ACK or SEG.WND.
struct TimewaitBucket {
  State substate = State::kTimeWait;  // FIN-WAIT-2 or TIME-WAIT.
  SeqNum rcv_nxt{}, snd_nxt{};
  uint32_t rcv_wnd = 0;
  Time expires_at = kNever;
  Time last_oow_ack = kNever;
  bool timestamps = false;  // RFC 7323 was agreed on,
  uint32_t ts_recent = 0;   // and this is the newest of the peer's,
  Time ts_recent_at{};      // which came then.
  uint8_t rcv_wscale = 0;
  bool brief = false;  // Lives too short to count as TW.
};

// Where kernels that choose so begin the connection that a SYN opens in TIME-WAIT.
constexpr SeqNum IssPast(const TimewaitBucket& bucket) { return bucket.snd_nxt + 65537U; }

// What the lookup table holds for the connection's addresses and ports. kRequest: a SYN has opened
// the next connection, about which the model says no more.
enum class Entry : uint8_t { kNone, kSocket, kTimewait, kRequest };

struct Endpoint {
  Tcb socket;  // While a descriptor is open; reads CLOSED once a bucket has replaced it.
  TimewaitBucket bucket;
  Entry entry = Entry::kNone;
  uint8_t linger_s = 0;    // SO_LINGER time in seconds,
  bool linger_on = false;  // when the option is on.
  int16_t linger2_s = 0;   // TCP_LINGER2; 0: tcp_fin_timeout holds, below: no FIN-WAIT-2.
  bool listener = false;   // A listener holds the port too: a SYN may open a new connection.
};

static_assert(std::is_trivially_copyable_v<Endpoint>);

// The state of the connection at this end, wherever it lives.
constexpr State StateOf(const Endpoint& e) {
  if (e.entry == Entry::kSocket) return e.socket.state;
  return e.entry == Entry::kTimewait ? e.bucket.substate : State::kClosed;
}

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_ENDPOINT_H_
