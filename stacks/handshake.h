// SPDX-License-Identifier: Apache-2.0
//
// Opens a connection of the kernel to a peer that is played over a TUN device. Aborted when the
// peer was so late that the kernel has sent its SYN or SYN-ACK again: the time-out, the first
// sample of the round trip and the congestion window are then not those of a connection as asked
// for.
#ifndef FINWAIT_STACKS_HANDSHAKE_H_
#define FINWAIT_STACKS_HANDSHAKE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "stacks/connection.h"
#include "stacks/descriptor.h"
#include "stacks/tun_peer.h"

namespace finwait {

// A socket that listens on kLocalAddress and `port`, in the network namespace of the calling
// thread.
absl::StatusOr<Descriptor> Listen(uint16_t port);

// The peer sends a SYN to the listener's port, the kernel accepts. `peer` has met the connection;
// its numbers are the schedule's afterwards. The segment that ends the handshake leaves
// connection.rtt after the SYN-ACK came.
absl::StatusOr<Descriptor> OpenPassively(const Descriptor& listener, const Connection& connection,
                                         TunPeer& peer);

// The kernel connects `socket`, an unconnected TCP socket, to the address and port of `addresses`,
// and chooses its own port. Afterwards `peer` has met the connection.
absl::StatusOr<Descriptor> OpenActively(Descriptor socket, const FourTuple& addresses,
                                        const Connection& connection, TunPeer& peer);

}  // namespace finwait

#endif  // FINWAIT_STACKS_HANDSHAKE_H_
