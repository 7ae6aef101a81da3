// SPDX-License-Identifier: Apache-2.0
//
// Segments and events for the tests of stacks/, in as few words as packetdrill's.
#ifndef FINWAIT_TESTS_STACKS_SEGMENTS_H_
#define FINWAIT_TESTS_STACKS_SEGMENTS_H_

#include <chrono>
#include <cstdint>
#include <string_view>

#include "model/tcp/event.h"
#include "model/tcp/segment.h"
#include "model/tcp/time.h"

namespace finwait {

constexpr Time Ms(int ms) { return At(std::chrono::milliseconds(ms)); }

inline uint8_t FlagsOf(std::string_view text) {
  uint8_t flags = 0;
  for (const char c : text) {
    switch (c) {
      case 'S':
        flags |= kSyn;
        break;
      case 'F':
        flags |= kFin;
        break;
      case 'R':
        flags |= kRst;
        break;
      case 'P':
        flags |= kPsh;
        break;
      default:
        flags |= kAck;
    }
  }
  return flags;
}

// Seg("F.", 1, 2) is "F. 1:1(0) ack 2", with a window that is not zero.
inline Segment Seg(std::string_view flags, uint32_t seq, uint32_t ack = 0, uint16_t len = 0) {
  return Segment{
      .seq = SeqNum{seq}, .ack = SeqNum{ack}, .len = len, .wnd = 29200, .flags = FlagsOf(flags)};
}

inline Event Arrives(const Segment& segment) {
  return Event{.kind = EventKind::kSegment, .segment = segment};
}

inline Event Sends(uint16_t bytes) { return Event{.kind = EventKind::kSend, .amount = bytes}; }
inline Event Reads(uint16_t bytes_max = 0) {
  return Event{.kind = EventKind::kRecv, .amount = bytes_max};
}
inline Event Shuts(How how) {
  return Event{.kind = EventKind::kShutdown, .amount = static_cast<uint16_t>(how)};
}
inline Event Closes() { return Event{.kind = EventKind::kClose}; }

}  // namespace finwait

#endif  // FINWAIT_TESTS_STACKS_SEGMENTS_H_
