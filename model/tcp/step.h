// SPDX-License-Identifier: Apache-2.0
//
// The whole model of one endpoint. Total, deterministic, allocation-free.
#ifndef FINWAIT_MODEL_TCP_STEP_H_
#define FINWAIT_MODEL_TCP_STEP_H_

#include "model/tcp/effects.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/event.h"
#include "model/tcp/options.h"
#include "model/tcp/profile.h"
#include "model/tcp/time.h"

namespace finwait {

// How the endpoint opened: the active opener's SYN counts as an acknowledged byte (tcp_ack).
enum class Opener : uint8_t { kPassive, kActive };

// An endpoint in ESTABLISHED at `Time{}`, just after a handshake that took `rtt`.
struct Opening {
  SeqNum snd_nxt;  // Its next byte (ISS + 1),
  SeqNum rcv_nxt;  // and the peer's.
  Opener opener = Opener::kPassive;
  Duration rtt{};
  uint16_t peer_window = 64240;  // In its last segment of the handshake.
  uint16_t mss = 0;              // Largest payload the peer takes; 0: the environment's mss.
  uint16_t window = 0;           // Offered in our SYN; 0: the environment's rcv_buffer.
  TcpOptions options{};
};
Endpoint Established(const Opening& opening, const Host& host);

// Handles `event` at `now`. Time never runs backwards, and no timer may be due before `now` unless
// the event is that timer. Writes what happened to `out`, which is cleared first.
void Step(Endpoint& endpoint, const Event& event, Time now, const Host& host, Effects& out);

// When the endpoint's next timer is due, or kNever.
Time NextTimer(const Endpoint& endpoint);

// Whether the user may make calls: the descriptor is open and no close() sleeps in it.
bool UserMayCall(const Endpoint& endpoint);

// Whether a sleeping close() would return if it ran now.
bool SleeperMayWake(const Endpoint& endpoint);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_STEP_H_
