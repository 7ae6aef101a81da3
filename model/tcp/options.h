// SPDX-License-Identifier: Apache-2.0
//
// What the two SYNs of a connection agreed on (RFC 2018, RFC 7323).
#ifndef FINWAIT_MODEL_TCP_OPTIONS_H_
#define FINWAIT_MODEL_TCP_OPTIONS_H_

#include <cstdint>

namespace finwait {

struct TcpOptions {
  bool sack = false;            // Both permit selective acknowledgements.
  bool timestamps = false;      // Both sent the timestamps option: every segment carries it.
  bool window_scaling = false;  // Both sent a shift:
  uint8_t snd_wscale = 0;       // of the peer's windows
  uint8_t rcv_wscale = 0;       // and of ours.
  uint32_t peer_tsval = 0;      // TSval of the peer's last segment of the handshake.

  friend constexpr bool operator==(const TcpOptions&, const TcpOptions&) = default;
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_OPTIONS_H_
