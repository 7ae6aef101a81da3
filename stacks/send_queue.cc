// SPDX-License-Identifier: Apache-2.0
#include "stacks/send_queue.h"

#include <linux/netlink.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "stacks/descriptor.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

constexpr char kNoQueue[] = "noqueue";

struct Request {
  nlmsghdr header;
  tcmsg qdisc;
  rtattr kind_header;
  std::array<char, sizeof(kNoQueue)> kind;
};
static_assert(offsetof(Request, kind) == sizeof(nlmsghdr) + sizeof(tcmsg) + sizeof(rtattr));

Request ReplaceRootOf(int device) {
  Request request{};
  request.header.nlmsg_len = sizeof(request);
  request.header.nlmsg_type = RTM_NEWQDISC;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE;
  request.qdisc.tcm_family = AF_UNSPEC;
  request.qdisc.tcm_ifindex = device;
  request.qdisc.tcm_parent = TC_H_ROOT;
  request.kind_header.rta_len = sizeof(rtattr) + sizeof(kNoQueue);
  request.kind_header.rta_type = TCA_KIND;
  std::memcpy(request.kind.data(), kNoQueue, sizeof(kNoQueue));
  return request;
}

// The kernel's verdict: NLMSG_ERROR with 0 is success.
absl::Status ReadVerdict(const Descriptor& socket) {
  struct Verdict {
    nlmsghdr header;
    nlmsgerr error;
  };
  std::array<uint8_t, 1024> answer{};
  const ssize_t length = recv(socket.get(), answer.data(), answer.size(), MSG_DONTWAIT);
  if (length < 0) return SystemError("reading NETLINK_ROUTE", errno);
  Verdict verdict{};
  if (static_cast<size_t>(length) < sizeof(verdict)) return SystemError("NETLINK_ROUTE", EIO);
  std::memcpy(&verdict, answer.data(), sizeof(verdict));
  if (verdict.header.nlmsg_type != NLMSG_ERROR) return SystemError("NETLINK_ROUTE", EIO);
  if (verdict.error.error == 0) return absl::OkStatus();
  return SystemError("RTM_NEWQDISC", -verdict.error.error);
}

}  // namespace

absl::Status RemoveSendQueue(const char* device) {
  const unsigned index = if_nametoindex(device);
  if (index == 0) return SystemError("if_nametoindex", errno);
  const Descriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
  if (!socket.open()) return SystemError("socket(NETLINK_ROUTE)", errno);
  const Request request = ReplaceRootOf(static_cast<int>(index));
  if (send(socket.get(), &request, sizeof(request), 0) < 0) {
    return SystemError("asking NETLINK_ROUTE", errno);
  }
  return ReadVerdict(socket);
}

}  // namespace finwait
