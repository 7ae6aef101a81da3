// SPDX-License-Identifier: Apache-2.0
//
// IPv4 addresses and ports as system calls take and give them; here in host byte order.
#ifndef FINWAIT_STACKS_SOCKET_ADDRESS_H_
#define FINWAIT_STACKS_SOCKET_ADDRESS_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstring>

namespace finwait {

static_assert(sizeof(sockaddr) == sizeof(sockaddr_in));

inline sockaddr SocketAddress(uint32_t address, uint16_t port) {
  sockaddr_in in{};
  in.sin_family = AF_INET;
  in.sin_addr.s_addr = htonl(address);
  in.sin_port = htons(port);
  sockaddr any{};
  std::memcpy(&any, &in, sizeof(any));
  return any;
}

inline uint16_t PortOf(const sockaddr& any) {
  sockaddr_in in{};
  std::memcpy(&in, &any, sizeof(in));
  return ntohs(in.sin_port);
}

}  // namespace finwait

#endif  // FINWAIT_STACKS_SOCKET_ADDRESS_H_
