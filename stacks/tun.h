// SPDX-License-Identifier: Apache-2.0
//
// A TUN device: packets written to it arrive at the kernel, packets the kernel sends are read from
// it.
#ifndef FINWAIT_STACKS_TUN_H_
#define FINWAIT_STACKS_TUN_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "stacks/descriptor.h"

namespace finwait {

// The kernel's end of the link, and the network where its peers are (RFC 5737, host byte order).
inline constexpr uint32_t kLocalAddress = 0xc0000201;  // 192.0.2.1/24
inline constexpr uint32_t kPeerNetwork = 0xc6336400;   // 198.51.100.0/24

using SteadyTime = std::chrono::steady_clock::time_point;

class Tun {
 public:
  // Whether this process may open /dev/net/tun; Unavailable if not.
  static absl::Status Check();

  // Makes the device in the network namespace of the calling thread, gives it kLocalAddress and the
  // route to kPeerNetwork, and brings it up. Unavailable without /dev/net/tun.
  static absl::StatusOr<Tun> Open();

  // The packet arrives at the kernel. When this returns, the kernel's answer can be read.
  absl::Status Write(std::span<const uint8_t> packet);

  // The next packet the kernel sent, its length; 0 when there is none now.
  absl::StatusOr<size_t> Read(std::span<uint8_t> packet);

  // Waits until there is a packet to read or the deadline has come.
  absl::Status Await(SteadyTime deadline);

 private:
  explicit Tun(Descriptor device) : device_(std::move(device)) {}

  Descriptor device_;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_TUN_H_
