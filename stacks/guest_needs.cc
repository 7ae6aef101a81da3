// SPDX-License-Identifier: Apache-2.0
#include "stacks/guest_needs.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <vector>

#include "absl/strings/str_join.h"
#include "stacks/descriptor.h"
#include "stacks/sock_diag.h"
#include "stacks/socket_address.h"

namespace finwait {
namespace {

// Asks in the form of before there were families: only inet_diag understands it, so that where it
// is absent the kernel says EOPNOTSUPP, whatever is asked.
bool HasInetDiag() {
  const Descriptor socket(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (!socket.open()) return false;
  struct {
    nlmsghdr header;
    inet_diag_req request;
  } question{};
  question.header.nlmsg_len = sizeof(question);
  question.header.nlmsg_type = TCPDIAG_GETSOCK;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  question.request.idiag_family = AF_INET;
  if (send(socket.get(), &question, sizeof(question), 0) < 0) return false;
  struct {
    nlmsghdr header;
    nlmsgerr refusal;
    std::array<uint8_t, 512> rest;
  } answer{};
  const ssize_t length = recv(socket.get(), &answer, sizeof(answer), MSG_DONTWAIT);
  if (length < static_cast<ssize_t>(NLMSG_HDRLEN + sizeof(nlmsgerr))) return false;
  return answer.header.nlmsg_type != NLMSG_ERROR || answer.refusal.error != -EOPNOTSUPP;
}

// Whether a socket that listens can be seen.
bool HasTcpDiag() {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr address = SocketAddress(INADDR_ANY, 0);
  socklen_t size = sizeof(address);
  if (bind(socket.get(), &address, size) != 0 || listen(socket.get(), 1) != 0) return false;
  if (getsockname(socket.get(), &address, &size) != 0) return false;
  return SockDiag::Open(FourTuple{.local = INADDR_LOOPBACK,
                                  .peer = INADDR_LOOPBACK,
                                  .local_port = PortOf(address),
                                  .peer_port = 9})
      .ok();
}

}  // namespace

std::string LackingOptions() {
  std::vector<const char*> lacks;
  if (access("/proc/self/ns/net", F_OK) != 0) lacks.push_back("CONFIG_NET_NS");
  if (access("/dev/net/tun", R_OK | W_OK) != 0) lacks.push_back("CONFIG_TUN (tun.ko)");
  const bool inet_diag = HasInetDiag();
  if (!inet_diag) lacks.push_back("CONFIG_INET_DIAG (inet_diag.ko)");
  if (!inet_diag || !HasTcpDiag()) lacks.push_back("CONFIG_INET_TCP_DIAG (tcp_diag.ko)");
  return absl::StrJoin(lacks, ", ");
}

}  // namespace finwait
