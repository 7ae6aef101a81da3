// SPDX-License-Identifier: Apache-2.0
#include "stacks/handshake.h"

#include <sys/socket.h>

#include <cerrno>
#include <optional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "model/world/notation.h"
#include "stacks/socket_address.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

constexpr int kBacklog = 64;
constexpr int kStrangersMax =
    2 * kBacklog;  // Connections left in the listener's queue by failed runs.

// What the kernel does when the answer to its SYN takes a second.
absl::Status HeldUp() {
  return absl::AbortedError("the kernel has repeated its SYN: the peer was held up");
}

// The kernel's next segment of the handshake, which must have exactly these flags.
absl::StatusOr<Segment> Expect(uint8_t flags, TunPeer& peer) {
  const absl::StatusOr<std::optional<Segment>> segment = peer.Receive();
  if (!segment.ok()) return segment.status();
  if (!segment->has_value()) return absl::InternalError("the kernel is silent in the handshake");
  if ((*segment)->flags == flags) return **segment;
  if ((*segment)->flags == kSyn) return HeldUp();
  return absl::InternalError(
      absl::StrCat("the kernel sends '", SegmentText(**segment), "' in the handshake"));
}

// What the peer sends in the handshake, in the schedule's numbers. The window of a SYN is never
// scaled.
absl::Status SendFromPeer(const Connection& connection, uint8_t flags, TunPeer& peer) {
  const TcpOptions& options = connection.options;
  const bool syn = (flags & kSyn) != 0;
  const Segment segment{.seq = syn ? connection.peer_next - 1U : connection.peer_next,
                        .ack = (flags & kAck) != 0 ? connection.next : SeqNum{},
                        .wnd = connection.peer_window,
                        .flags = flags,
                        .timestamps = options.timestamps,
                        .tsval = options.peer_tsval};
  SynOptions offered;
  if (syn) {
    offered.mss = connection.peer_mss;
    offered.sack_permitted = options.sack;
    if (options.window_scaling) offered.wscale = options.snd_wscale;
  }
  return peer.Send(segment, offered);
}

// The round trip of the handshake gives the kernel its first RTT sample.
void LetRoundTripPass(const Connection& connection) {
  if (connection.rtt > Duration{}) std::this_thread::sleep_for(connection.rtt);
}

absl::StatusOr<Descriptor> AcceptFrom(const Descriptor& listener, uint16_t peer_port) {
  for (int i = 0; i < kStrangersMax; ++i) {
    sockaddr from{};
    socklen_t length = sizeof(from);
    Descriptor socket(accept4(listener.get(), &from, &length, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket.open()) return SystemError("accept", errno == EAGAIN ? EPROTO : errno);
    if (PortOf(from) == peer_port) return socket;
  }
  return absl::InternalError("the listener's queue is full of other connections");
}

}  // namespace

absl::StatusOr<Descriptor> Listen(uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket.open()) return SystemError("socket", errno);
  const sockaddr address = SocketAddress(kLocalAddress, port);
  if (bind(socket.get(), &address, sizeof(address)) != 0) return SystemError("bind", errno);
  if (listen(socket.get(), kBacklog) != 0) return SystemError("listen", errno);
  return socket;
}

absl::StatusOr<Descriptor> OpenPassively(const Descriptor& listener, const Connection& connection,
                                         TunPeer& peer) {
  absl::Status status = SendFromPeer(connection, kSyn, peer);
  if (!status.ok()) return status;
  const absl::StatusOr<Segment> syn_ack = Expect(kSyn | kAck, peer);
  if (!syn_ack.ok()) return syn_ack.status();
  peer.SetOrigin(syn_ack->seq + 1U, connection.next);
  LetRoundTripPass(connection);
  status = SendFromPeer(connection, kAck, peer);
  if (!status.ok()) return status;
  absl::StatusOr<Descriptor> socket = AcceptFrom(listener, peer.addresses().peer_port);
  if (!socket.ok()) return socket;
  const absl::StatusOr<std::optional<Segment>> again = peer.Receive();
  if (!again.ok()) return again.status();
  if (again->has_value()) return HeldUp();
  return socket;
}

absl::StatusOr<Descriptor> OpenActively(Descriptor socket, const FourTuple& addresses,
                                        const Connection& connection, TunPeer& peer) {
  const sockaddr remote = SocketAddress(addresses.peer, addresses.peer_port);
  if (connect(socket.get(), &remote, sizeof(remote)) != 0 && errno != EINPROGRESS) {
    return SystemError("connect", errno);
  }
  sockaddr local{};
  socklen_t length = sizeof(local);
  if (getsockname(socket.get(), &local, &length) != 0) return SystemError("getsockname", errno);
  FourTuple met = addresses;
  met.local_port = PortOf(local);
  peer.Meet(met);
  const absl::StatusOr<Segment> syn = Expect(kSyn, peer);
  if (!syn.ok()) return syn.status();
  peer.SetOrigin(syn->seq + 1U, connection.next);
  LetRoundTripPass(connection);
  absl::Status status = SendFromPeer(connection, kSyn | kAck, peer);
  if (!status.ok()) return status;
  const absl::StatusOr<Segment> ack = Expect(kAck, peer);
  if (!ack.ok()) return ack.status();
  return socket;
}

}  // namespace finwait
