// SPDX-License-Identifier: Apache-2.0
//
// What can happen to one endpoint.
#ifndef FINWAIT_MODEL_TCP_EVENT_H_
#define FINWAIT_MODEL_TCP_EVENT_H_

#include <cstdint>

#include "model/tcp/segment.h"

namespace finwait {

enum class EventKind : uint8_t {
  kSegment,   // SEGMENT ARRIVES.
  kSend,      // send(), `amount` bytes, non-blocking.
  kRecv,      // recv(), at most `amount` bytes, 0 for all there are, non-blocking.
  kShutdown,  // shutdown(), `amount` a How.
  kClose,     // close(); with SO_LINGER and a time it may sleep.
  kWake,      // The sleeper in close() runs again, if what it waits for has come.
  kTimer,     // The earliest timer that is due.
};

// Argument of shutdown(), in the order of dullness, not of the system call.
enum class How : uint8_t { kWr, kRdwr, kRd };

// What depends on memory that the model does not count, so that it must be told. Effects::asked has
// what a step depended on.
enum Memory : uint8_t {
  kWindowGrows = 0x01,        // The host would now offer a window whose right edge lies further.
  kReceiveSpaceGrows = 0x02,  // Text out of order has let it plan for a larger window.
  kPredictsHeader = 0x04,     // It takes text by header prediction, not by SEGMENT ARRIVES.
  kStaysApart = 0x08,         // Text out of order finds no room in the buffer that it continues, or
                              // no way to one that reaches into it and is not the nearest.
};

inline constexpr uint8_t kMemoryAll =
    kWindowGrows | kReceiveSpaceGrows | kPredictsHeader | kStaysApart;

struct Event {
  EventKind kind;
  uint16_t amount = 0;
  Segment segment{};
  uint8_t memory = 0;  // A union of Memory.
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_EVENT_H_
