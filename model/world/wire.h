// SPDX-License-Identifier: Apache-2.0
//
// What is in flight from one end to the other: unordered, bounded.
#ifndef FINWAIT_MODEL_WORLD_WIRE_H_
#define FINWAIT_MODEL_WORLD_WIRE_H_

#include <cstdint>

#include "model/tcp/inline_list.h"
#include "model/tcp/segment.h"
#include "model/tcp/time.h"

namespace finwait {

// One copy of a segment, with what its sender knew just after sending it.
struct InFlight {
  Segment segment;
  uint16_t serial = 0;  // The sender's first segment is 1: "A1". A duplicate keeps its serial.
  Time sent{};
  Duration rto{};  // The sender's retransmission time-out in force, backoff included.
};

using Wire = InlineList<InFlight, 12>;  // Oldest first; a duplicate goes to the end.

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_WIRE_H_
