// SPDX-License-Identifier: Apache-2.0
//
// The state changes of teardown as tables, one row a line (RFC 9293, 3.3.2, figure 5).
#ifndef FINWAIT_MODEL_TCP_SHIFTS_H_
#define FINWAIT_MODEL_TCP_SHIFTS_H_

#include <array>

#include "model/tcp/state.h"

namespace finwait {

struct Shift {
  State from;
  State to;
};

// The user closes the sending side: shutdown(SHUT_WR), shutdown(SHUT_RDWR) or close(). A FIN
// leaves.
inline constexpr std::array kOnSendShutdown = {
    Shift{State::kEstablished, State::kFinWait1},
    Shift{State::kCloseWait, State::kLastAck},
};

// The peer's FIN is reached in sequence.
inline constexpr std::array kOnFin = {
    Shift{State::kEstablished, State::kCloseWait},
    Shift{State::kFinWait1, State::kClosing},
    Shift{State::kFinWait2, State::kTimeWait},
};

// Our FIN is acknowledged.
inline constexpr std::array kOnFinAcknowledged = {
    Shift{State::kFinWait1, State::kFinWait2},
    Shift{State::kClosing, State::kTimeWait},
    Shift{State::kLastAck, State::kClosed},
};

// The state that `table` leads to, or `from` itself when it has no row.
template <size_t kRows>
constexpr State Next(const std::array<Shift, kRows>& table, State from) {
  for (const Shift& shift : table) {
    if (shift.from == from) return shift.to;
  }
  return from;
}

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_SHIFTS_H_
