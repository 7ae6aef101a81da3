// SPDX-License-Identifier: Apache-2.0
//
// Connection states (RFC 9293, 3.3.2).
#ifndef FINWAIT_MODEL_TCP_STATE_H_
#define FINWAIT_MODEL_TCP_STATE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace finwait {

enum class State : uint8_t {
  kClosed,
  kListen,
  kSynSent,
  kSynReceived,
  kEstablished,
  kFinWait1,
  kFinWait2,
  kCloseWait,
  kClosing,
  kLastAck,
  kTimeWait,
};

inline constexpr size_t kStateCount = 11;

inline constexpr std::array<std::string_view, kStateCount> kStateNames = {
    "CLOSED",     "LISTEN",     "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
    "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",  "LAST-ACK",     "TIME-WAIT",
};

constexpr std::string_view Name(State state) { return kStateNames[static_cast<size_t>(state)]; }

// A set of states, for rules that hold in several.
struct StateSet {
  uint16_t bits = 0;

  constexpr bool Has(State state) const {
    return ((bits >> static_cast<unsigned>(state)) & 1U) != 0;
  }
};

template <typename... States>
constexpr StateSet Of(States... states) {
  return StateSet{static_cast<uint16_t>(((1U << static_cast<unsigned>(states)) | ...))};
}

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_STATE_H_
