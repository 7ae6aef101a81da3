// SPDX-License-Identifier: Apache-2.0
//
// Asks the kernel for the state of one connection, whether a descriptor, nobody, or a timewait
// minisock holds it.
#ifndef FINWAIT_STACKS_SOCK_DIAG_H_
#define FINWAIT_STACKS_SOCK_DIAG_H_

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/tcp/state.h"
#include "stacks/descriptor.h"
#include "stacks/tun_peer.h"

namespace finwait {

// The kernel's number for a state (TCP_ESTABLISHED is 1) as ours. Internal for one there is not.
absl::StatusOr<State> StateOfKernel(uint8_t tcp_state);

// One exact lookup by addresses and ports, never a walk through all sockets (netlink
// NETLINK_SOCK_DIAG).
class SockDiag {
 public:
  // In the network namespace of the calling thread, where a socket listens on `listening`'s local
  // address: a kernel without CONFIG_INET_TCP_DIAG says of every socket that it is not there, so it
  // is known by not seeing that one. Unavailable then.
  static absl::StatusOr<SockDiag> Open(const FourTuple& listening);

  // FIN-WAIT-2 and TIME-WAIT of a minisock are told apart. CLOSED when the kernel knows the
  // connection no more; a listener on its port does not count.
  absl::StatusOr<State> Lookup(const FourTuple& addresses);

 private:
  explicit SockDiag(Descriptor socket) : socket_(std::move(socket)) {}

  absl::StatusOr<State> LookupEntry(const FourTuple& addresses);
  absl::Status Ask(const FourTuple& addresses);
  absl::StatusOr<State> ReadAnswer();

  Descriptor socket_;
  uint32_t asked_ = 0;  // Number of the last question; its answer carries it.
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_SOCK_DIAG_H_
