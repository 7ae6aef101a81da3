// SPDX-License-Identifier: Apache-2.0
//
// How a connection starts on a stack, and what leaves it. All numbers are the schedule's.
#ifndef FINWAIT_STACKS_CONNECTION_H_
#define FINWAIT_STACKS_CONNECTION_H_

#include <cstdint>

#include "model/tcp/endpoint.h"
#include "model/tcp/options.h"
#include "model/tcp/profile.h"
#include "model/tcp/segment.h"
#include "model/tcp/seq.h"
#include "model/tcp/step.h"
#include "model/tcp/time.h"

namespace finwait {

// One end of a connection just after its handshake. The peer's SYN offers the MSS and what
// `options` says; the stack chooses its own window shift (options.rcv_wscale, see
// Stack::Establish).
struct Connection {
  SeqNum next{};                     // The number of this end's next byte (its ISS + 1),
  SeqNum peer_next{};                // and the peer's.
  Opener opener = Opener::kPassive;  // kActive: this end sent the SYN.
  uint16_t peer_window = 64240;      // Offered by the peer in the handshake.
  uint16_t peer_mss = 1460;          // Likewise.
  TcpOptions options{};
  Duration rtt{};          // How long the handshake's round trip is made to take.
  bool linger_on = false;  // SO_LINGER, set before anything else happens,
  uint8_t linger_s = 0;    // with this time; 0 asks close() for a reset.
  int16_t linger2_s = 0;   // TCP_LINGER2 likewise; 0: not set.
};

// What the stack put into its own SYN.
struct Terms {
  uint16_t window = 0;  // Not scaled.
  uint16_t mss = 0;
  uint8_t wscale = 0;  // Its window shift, when window scaling was agreed on.

  friend constexpr bool operator==(const Terms&, const Terms&) = default;
};

// The model's endpoint after that handshake, with the connection's socket options set.
Endpoint StartOf(const Connection& connection, const Terms& terms, const Host& host);

// TCP_LINGER2 as Linux keeps it: negative is -1, and two minutes is the most.
int16_t Linger2(int seconds);

// A segment that left, and when, counted from the end of the handshake.
struct Departure {
  Time at{};
  Segment segment{};

  friend constexpr bool operator==(const Departure&, const Departure&) = default;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_CONNECTION_H_
