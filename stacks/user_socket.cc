// SPDX-License-Identifier: Apache-2.0
#include "stacks/user_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stacks/packet.h"
#include "stacks/sock_diag.h"
#include "stacks/system_error.h"
#include "stacks/user_view.h"

namespace finwait {
namespace {

// As many bytes as fit CallResult::bytes. Left as it is where it is made: to zero so many costs as
// much as the call that they are for.
using TextBuffer = std::array<uint8_t, 65535>;

CallResult Returned(size_t bytes) {
  return CallResult{.returned = true, .error = Errno::kNone, .bytes = static_cast<uint16_t>(bytes)};
}

// An option as setsockopt() names it.
struct Option {
  int level, number;
  const char* name;
};
constexpr Option kLinger{SOL_SOCKET, SO_LINGER, "SO_LINGER"};
constexpr Option kReceiveBuffer{SOL_SOCKET, SO_RCVBUF, "SO_RCVBUF"};
constexpr Option kLinger2{IPPROTO_TCP, TCP_LINGER2, "TCP_LINGER2"};
constexpr Option kRepair{IPPROTO_TCP, TCP_REPAIR, "TCP_REPAIR"};

template <typename Value>
absl::Status Set(const Descriptor& socket, const Option& option, const Value& value) {
  if (setsockopt(socket.get(), option.level, option.number, &value, sizeof(value)) == 0) {
    return absl::OkStatus();
  }
  return SystemError(option.name, errno);
}

static_assert(kPollIn == POLLIN && kPollOut == POLLOUT && kPollErr == POLLERR &&
              kPollHup == POLLHUP && kPollRdHup == POLLRDHUP);
constexpr uint16_t kPollAll = kPollIn | kPollOut | kPollErr | kPollHup | kPollRdHup;

}  // namespace

absl::StatusOr<CallResult> FailedCall(int error) {
  const auto failed = [](Errno named) { return CallResult{.returned = true, .error = named}; };
  switch (error) {
    case EAGAIN:
      return failed(Errno::kAgain);
    case EPIPE:
      return failed(Errno::kPipe);
    case ECONNRESET:
      return failed(Errno::kConnReset);
    case ETIMEDOUT:
      return failed(Errno::kTimedOut);
    case ENOTCONN:
      return failed(Errno::kNotConn);
    default:
      return absl::InternalError(absl::StrCat("a call failed with errno ", error));
  }
}

absl::Status SetLinger(const Descriptor& socket, uint8_t linger_s) {
  return Set(socket, kLinger, linger{.l_onoff = 1, .l_linger = linger_s});
}

absl::Status ClearLinger(const Descriptor& socket) { return Set(socket, kLinger, linger{}); }

absl::Status SetRepair(const Descriptor& socket) { return Set(socket, kRepair, 1); }

absl::Status SetReceiveBuffer(const Descriptor& socket, int bytes) {
  return Set(socket, kReceiveBuffer, bytes);
}

absl::Status SetLinger2(const Descriptor& socket, int linger2_s) {
  return Set(socket, kLinger2, linger2_s);
}

absl::StatusOr<CallResult> UserSocket::Call(const Event& call) {
  if (!open()) return absl::FailedPreconditionError("a call after close()");
  switch (call.kind) {
    case EventKind::kSend:
      return Send(call.amount);
    case EventKind::kRecv:
      return Recv(call.amount);
    case EventKind::kShutdown:
      return Shutdown(call.amount);
    default:
      return absl::InvalidArgumentError("not send(), recv() or shutdown()");
  }
}

absl::StatusOr<CallResult> UserSocket::Send(uint16_t bytes) {
  TextBuffer buffer;
  FillText(send_next_, std::span(buffer).first(bytes));
  const ssize_t sent = send(socket_.get(), buffer.data(), bytes, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0) return FailedCall(errno);
  send_next_ = send_next_ + static_cast<uint32_t>(sent);
  return Returned(static_cast<size_t>(sent));
}

absl::StatusOr<CallResult> UserSocket::Recv(uint16_t bytes_max) {
  TextBuffer buffer;
  const size_t bytes_asked = bytes_max == 0 ? buffer.size() : bytes_max;
  const ssize_t received = recv(socket_.get(), buffer.data(), bytes_asked, MSG_DONTWAIT);
  if (received < 0) return FailedCall(errno);
  const auto bytes = static_cast<size_t>(received);
  if (!IsText(recv_next_, std::span(buffer).first(bytes))) {
    return absl::DataLossError(
        absl::StrCat("recv() hands out bytes at ", recv_next_.raw, " that the peer never sent"));
  }
  recv_next_ = recv_next_ + static_cast<uint32_t>(bytes);
  return Returned(bytes);
}

absl::StatusOr<CallResult> UserSocket::Shutdown(uint16_t how) {
  int direction = SHUT_WR;
  if (static_cast<How>(how) == How::kRdwr) direction = SHUT_RDWR;
  if (static_cast<How>(how) == How::kRd) direction = SHUT_RD;
  if (shutdown(socket_.get(), direction) != 0) return FailedCall(errno);
  return Returned(0);
}

absl::StatusOr<uint32_t> UserSocket::Unread() const {
  int unread = 0;
  if (ioctl(socket_.get(), FIONREAD, &unread) != 0) return SystemError("FIONREAD", errno);
  return static_cast<uint32_t>(unread);
}

absl::StatusOr<State> UserSocket::SocketState() const {
  tcp_info info{};
  socklen_t length = sizeof(info.tcpi_state);  // The first byte is all that is wanted.
  if (getsockopt(socket_.get(), IPPROTO_TCP, TCP_INFO, &info, &length) != 0) {
    return SystemError("TCP_INFO", errno);
  }
  return StateOfKernel(info.tcpi_state);
}

absl::StatusOr<uint16_t> UserSocket::PollNow() const {
  pollfd asked{.fd = socket_.get(), .events = static_cast<int16_t>(kPollAll), .revents = 0};
  if (poll(&asked, 1, 0) < 0) return SystemError("poll", errno);
  return static_cast<uint16_t>(static_cast<uint16_t>(asked.revents) & kPollAll);
}

absl::StatusOr<Errno> UserSocket::TakeError() {
  int error = 0;
  socklen_t length = sizeof(error);
  if (getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &length) != 0) {
    return SystemError("SO_ERROR", errno);
  }
  if (error == 0) return Errno::kNone;
  const absl::StatusOr<CallResult> named = FailedCall(error);
  if (!named.ok()) return named.status();
  return named->error;
}

}  // namespace finwait
