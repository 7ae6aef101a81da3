// SPDX-License-Identifier: Apache-2.0
//
// The user of one connection of the kernel: a non-blocking socket and the calls made on it.
#ifndef FINWAIT_STACKS_USER_SOCKET_H_
#define FINWAIT_STACKS_USER_SOCKET_H_

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/tcp/effects.h"
#include "model/tcp/event.h"
#include "model/tcp/seq.h"
#include "model/tcp/state.h"
#include "stacks/connection.h"
#include "stacks/descriptor.h"

namespace finwait {

// An errno of a call as the model names it. Internal for one the model does not know.
absl::StatusOr<CallResult> FailedCall(int error);

// SO_LINGER with `linger_s` seconds.
absl::Status SetLinger(const Descriptor& socket, uint8_t linger_s);

// SO_LINGER as before it was set.
absl::Status ClearLinger(const Descriptor& socket);

// TCP_REPAIR: close() then ends the connection at once, and says nothing to its peer.
absl::Status SetRepair(const Descriptor& socket);

// SO_RCVBUF with `bytes`.
absl::Status SetReceiveBuffer(const Descriptor& socket, int bytes);

// TCP_LINGER2 with `linger2_s` seconds.
absl::Status SetLinger2(const Descriptor& socket, int linger2_s);

class UserSocket {
 public:
  UserSocket() = default;

  // `send_next` and `recv_next` are the numbers of the next byte to send and to read.
  UserSocket(Descriptor socket, SeqNum send_next, SeqNum recv_next)
      : socket_(std::move(socket)), send_next_(send_next), recv_next_(recv_next) {}

  bool open() const { return socket_.open(); }

  // send(), recv() or shutdown(); send writes the bytes that belong at its numbers. DataLoss when
  // recv() hands out others, InvalidArgument for any other event.
  absl::StatusOr<CallResult> Call(const Event& call);

  // TCP_INFO's state: CLOSED also when a timewait minisock has replaced the socket.
  absl::StatusOr<State> SocketState() const;

  // What poll() reports at once of all it can report: a union of PollBit.
  absl::StatusOr<uint16_t> PollNow() const;

  // FIONREAD.
  absl::StatusOr<uint32_t> Unread() const;

  // SO_ERROR, which is gone afterwards.
  absl::StatusOr<Errno> TakeError();

  const Descriptor& descriptor() const { return socket_; }

  // Gives the descriptor away, for a close() that may sleep.
  Descriptor Detach() { return std::move(socket_); }

  // close(), as the program would call it; it must not be able to sleep.
  void Close() { socket_.Close(); }

 private:
  absl::StatusOr<CallResult> Send(uint16_t bytes);
  absl::StatusOr<CallResult> Recv(uint16_t bytes_max);
  absl::StatusOr<CallResult> Shutdown(uint16_t how);

  Descriptor socket_;
  SeqNum send_next_{}, recv_next_{};
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_USER_SOCKET_H_
