// SPDX-License-Identifier: Apache-2.0
//
// A socket as the program that holds it sees it: the options it sets, the bits poll() gives.
#ifndef FINWAIT_STACKS_USER_VIEW_H_
#define FINWAIT_STACKS_USER_VIEW_H_

#include <cstdint>
#include <optional>

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

// What poll() reports, with the values it has in Linux.
enum Poll : uint16_t {
  kPollIn = 0x0001,
  kPollOut = 0x0004,
  kPollErr = 0x0008,
  kPollHup = 0x0010,
  kPollRdHup = 0x2000,
};

struct UserView {
  State state = State::kClosed;   // TCP_INFO's: CLOSED also when a minisock stands in its place.
  uint16_t poll = 0;              // A union of Poll, of all there are.
  std::optional<Time> closed_at;  // When close() returned; the rest is then empty.
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_USER_VIEW_H_
