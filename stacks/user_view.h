// SPDX-License-Identifier: Apache-2.0
//
// A socket as the program that holds it sees it: the options it sets, the bits poll() gives.
#ifndef FINWAIT_STACKS_USER_VIEW_H_
#define FINWAIT_STACKS_USER_VIEW_H_

#include <cstdint>
#include <optional>

#include "model/tcp/poll.h"
#include "model/tcp/state.h"
#include "model/tcp/time.h"

namespace finwait {

enum class OptionName : uint8_t { kLinger, kLinger2, kReceiveBuffer };

struct SocketOption {
  OptionName name = OptionName::kLinger;
  bool on = true;     // Of kLinger.
  int32_t value = 0;  // Seconds of kLinger and kLinger2, bytes of kReceiveBuffer.

  friend bool operator==(const SocketOption&, const SocketOption&) = default;
};

struct UserView {
  State state = State::kClosed;   // TCP_INFO's: CLOSED also when a minisock stands in its place.
  bool open = false;              // The descriptor is; else the rest is empty.
  uint16_t poll = 0;              // A union of PollBit, of all there are.
  uint32_t unread = 0;            // FIONREAD.
  std::optional<Time> closed_at;  // When close() returned.
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_USER_VIEW_H_
