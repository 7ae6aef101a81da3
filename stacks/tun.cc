// SPDX-License-Identifier: Apache-2.0
#include "stacks/tun.h"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <net/route.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>

#include "stacks/send_queue.h"
#include "stacks/socket_address.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

constexpr char kTunPath[] = "/dev/net/tun";
constexpr char kDeviceName[] = "tun0";
constexpr uint32_t kNetmask = 0xffffff00;

ifreq DeviceRequest() {
  ifreq request{};
  std::memcpy(request.ifr_name, kDeviceName, sizeof(kDeviceName));
  return request;
}

// One ioctl on a socket, on which interfaces of its namespace are configured.
absl::Status Configure(const Descriptor& socket, unsigned long what, void* request,
                       const char* name) {
  if (ioctl(socket.get(), what, request) == 0) return absl::OkStatus();
  return SystemError(name, errno);
}

absl::Status SetAddressAndUp() {
  const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket.open()) return SystemError("socket", errno);
  ifreq request = DeviceRequest();
  request.ifr_addr = SocketAddress(kLocalAddress, 0);
  absl::Status status = Configure(socket, SIOCSIFADDR, &request, "SIOCSIFADDR");
  if (!status.ok()) return status;
  request = DeviceRequest();
  request.ifr_netmask = SocketAddress(kNetmask, 0);
  status = Configure(socket, SIOCSIFNETMASK, &request, "SIOCSIFNETMASK");
  if (!status.ok()) return status;
  request = DeviceRequest();
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  status = Configure(socket, SIOCSIFFLAGS, &request, "SIOCSIFFLAGS");
  if (!status.ok()) return status;
  char device[sizeof(kDeviceName)];  // Not const, as the structure wants it.
  std::memcpy(device, kDeviceName, sizeof(device));
  rtentry route{};
  route.rt_dst = SocketAddress(kPeerNetwork, 0);
  route.rt_genmask = SocketAddress(kNetmask, 0);
  route.rt_flags = RTF_UP;
  route.rt_dev = device;
  return Configure(socket, SIOCADDRT, &route, "SIOCADDRT");
}

}  // namespace

absl::Status Tun::Check() {
  if (access(kTunPath, R_OK | W_OK) == 0) return absl::OkStatus();
  return SystemError(kTunPath, errno);
}

absl::StatusOr<Tun> Tun::Open() {
  Descriptor device(open(kTunPath, O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!device.open()) return SystemError(kTunPath, errno);
  ifreq request = DeviceRequest();
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(device.get(), TUNSETIFF, &request) != 0) return SystemError("TUNSETIFF", errno);
  if (absl::Status status = SetAddressAndUp(); !status.ok()) return status;
  // Where that cannot be had the queue stays: an answer may then, rarely, come late.
  const absl::Status queueless = RemoveSendQueue(kDeviceName);
  if (!queueless.ok() && !absl::IsUnavailable(queueless)) return queueless;
  return Tun(std::move(device));
}

// Neither can block, so neither needs be a cancellation point, for which write() and read() pay in
// a process that has had threads.
absl::Status Tun::Write(std::span<const uint8_t> packet) {
  const ssize_t written = syscall(SYS_write, device_.get(), packet.data(), packet.size());
  if (written == static_cast<ssize_t>(packet.size())) return absl::OkStatus();
  return SystemError("write to the TUN device", written < 0 ? errno : EIO);
}

absl::StatusOr<size_t> Tun::Read(std::span<uint8_t> packet) {
  const ssize_t length = syscall(SYS_read, device_.get(), packet.data(), packet.size());
  if (length >= 0) return static_cast<size_t>(length);
  if (errno == EAGAIN) return size_t{0};
  return SystemError("read from the TUN device", errno);
}

absl::Status Tun::Await(SteadyTime deadline) {
  using std::chrono::nanoseconds;
  const auto left = deadline - std::chrono::steady_clock::now();
  if (left <= nanoseconds(0)) return absl::OkStatus();
  const auto ns = std::chrono::duration_cast<nanoseconds>(left).count();
  const timespec timeout{.tv_sec = static_cast<time_t>(ns / 1'000'000'000),
                         .tv_nsec = static_cast<long>(ns % 1'000'000'000)};
  pollfd ready{.fd = device_.get(), .events = POLLIN, .revents = 0};
  if (ppoll(&ready, 1, &timeout, nullptr) >= 0 || errno == EINTR) return absl::OkStatus();
  return SystemError("ppoll", errno);
}

}  // namespace finwait
