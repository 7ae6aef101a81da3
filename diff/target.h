// SPDX-License-Identifier: Apache-2.0
//
// The numbers at which an endpoint changes its mind, for those who forge segments. Internal to
// diff.
#ifndef FINWAIT_DIFF_TARGET_H_
#define FINWAIT_DIFF_TARGET_H_

#include <cstdint>

#include "model/tcp/endpoint.h"
#include "model/tcp/seq.h"
#include "stacks/connection.h"

namespace finwait {

struct Target {
  SeqNum rcv_nxt, rcv_wup, edge;
  SeqNum snd_una, snd_nxt;
  uint32_t bytes_acked = 0;
  uint32_t ts_recent = 0;
  uint32_t rto_ms = 0;
  // The window is what the handshake said: nothing was received yet that moves it in ways of its
  // own.
  bool edge_known = false;
};

Target TargetOf(const Endpoint& end, const Connection& connection);

}  // namespace finwait

#endif  // FINWAIT_DIFF_TARGET_H_
