// SPDX-License-Identifier: Apache-2.0
#include "stacks/sock_diag.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

struct Question {
  nlmsghdr header;
  inet_diag_req_v2 request;
};

Question QuestionAbout(const FourTuple& addresses, uint32_t number) {
  Question question{};
  question.header.nlmsg_len = sizeof(question);
  question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.header.nlmsg_flags = NLM_F_REQUEST;  // Not NLM_F_DUMP: one lookup, not a walk.
  question.header.nlmsg_seq = number;
  question.request.sdiag_family = AF_INET;
  question.request.sdiag_protocol = IPPROTO_TCP;
  question.request.idiag_states = ~0U;
  inet_diag_sockid& id = question.request.id;
  id.idiag_sport = htons(addresses.local_port);
  id.idiag_dport = htons(addresses.peer_port);
  id.idiag_src[0] = htonl(addresses.local);
  id.idiag_dst[0] = htonl(addresses.peer);
  id.idiag_cookie[0] = id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return question;
}

// The head of a message's payload as a T; it is as long as `length`, header included.
template <typename T>
bool ReadPayload(const uint8_t* message, size_t length, T& payload) {
  if (length < NLMSG_HDRLEN + sizeof(T)) return false;
  std::memcpy(&payload, message + NLMSG_HDRLEN, sizeof(T));
  return true;
}

// TCP_NEW_SYN_RECV, a half-open request; not in the headers for programs.
constexpr uint8_t kNewSynReceived = 12;

}  // namespace

absl::StatusOr<State> StateOfKernel(uint8_t tcp_state) {
  switch (tcp_state) {
    case TCP_ESTABLISHED:
      return State::kEstablished;
    case TCP_SYN_SENT:
      return State::kSynSent;
    case TCP_SYN_RECV:
    case kNewSynReceived:
      return State::kSynReceived;
    case TCP_FIN_WAIT1:
      return State::kFinWait1;
    case TCP_FIN_WAIT2:
      return State::kFinWait2;
    case TCP_TIME_WAIT:
      return State::kTimeWait;
    case TCP_CLOSE:
      return State::kClosed;
    case TCP_CLOSE_WAIT:
      return State::kCloseWait;
    case TCP_LAST_ACK:
      return State::kLastAck;
    case TCP_LISTEN:
      return State::kListen;
    case TCP_CLOSING:
      return State::kClosing;
    default:
      return absl::InternalError(absl::StrCat("the kernel names a TCP state ", tcp_state));
  }
}

absl::StatusOr<SockDiag> SockDiag::Open(const FourTuple& listening) {
  Descriptor socket(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (!socket.open()) return SystemError("socket(NETLINK_SOCK_DIAG)", errno);
  SockDiag diag(std::move(socket));
  const absl::StatusOr<State> listener = diag.LookupEntry(listening);
  if (!listener.ok()) return listener.status();
  if (*listener != State::kListen) {
    return absl::UnavailableError("NETLINK_SOCK_DIAG finds no TCP sockets: CONFIG_INET_TCP_DIAG");
  }
  return diag;
}

absl::Status SockDiag::Ask(const FourTuple& addresses) {
  const Question question = QuestionAbout(addresses, ++asked_);
  const ssize_t sent = send(socket_.get(), &question, sizeof(question), 0);  // To the kernel.
  if (sent == static_cast<ssize_t>(sizeof(question))) return absl::OkStatus();
  return SystemError("asking NETLINK_SOCK_DIAG", sent < 0 ? errno : EIO);
}

absl::StatusOr<State> SockDiag::ReadAnswer() {
  std::array<uint8_t, 2048> message{};
  const ssize_t received = recv(socket_.get(), message.data(), message.size(), MSG_DONTWAIT);
  if (received < 0) return SystemError("reading NETLINK_SOCK_DIAG", errno);
  const auto length = static_cast<size_t>(received);
  nlmsghdr header{};
  if (length < sizeof(header)) return absl::InternalError("NETLINK_SOCK_DIAG: a short answer");
  std::memcpy(&header, message.data(), sizeof(header));
  if (header.nlmsg_seq != asked_) {
    return absl::InternalError("NETLINK_SOCK_DIAG: an answer to another question");
  }
  if (nlmsgerr refusal{}; header.nlmsg_type == NLMSG_ERROR) {
    if (!ReadPayload(message.data(), length, refusal)) return SystemError("NLMSG_ERROR", EIO);
    if (refusal.error == -ENOENT) return State::kClosed;
    return SystemError("NETLINK_SOCK_DIAG", -refusal.error);
  }
  inet_diag_msg answer{};
  if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY || !ReadPayload(message.data(), length, answer)) {
    return absl::InternalError("NETLINK_SOCK_DIAG: an answer of another kind");
  }
  return StateOfKernel(answer.idiag_state);
}

absl::StatusOr<State> SockDiag::LookupEntry(const FourTuple& addresses) {
  if (absl::Status status = Ask(addresses); !status.ok()) return status;
  return ReadAnswer();
}

absl::StatusOr<State> SockDiag::Lookup(const FourTuple& addresses) {
  absl::StatusOr<State> state = LookupEntry(addresses);
  if (state.ok() && *state == State::kListen) return State::kClosed;
  return state;
}

}  // namespace finwait
