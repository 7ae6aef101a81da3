// SPDX-License-Identifier: Apache-2.0
//
// The other end of one TCP connection of the kernel, played over a TUN device.
#ifndef FINWAIT_STACKS_TUN_PEER_H_
#define FINWAIT_STACKS_TUN_PEER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/tcp/inline_list.h"
#include "model/tcp/segment.h"
#include "model/tcp/seq.h"
#include "stacks/packet.h"
#include "stacks/tun.h"

namespace finwait {

// A connection, as the kernel under test sees it; host byte order.
struct FourTuple {
  uint32_t local = kLocalAddress, peer = 0;
  uint16_t local_port = 0, peer_port = 0;

  friend constexpr bool operator==(const FourTuple&, const FourTuple&) = default;
};

// The peer's numbers are the schedule's. The kernel chooses its own ISS, so its numbers are
// translated once SetOrigin has been told what the schedule calls them; until then they pass as
// they are.
class TunPeer {
 public:
  explicit TunPeer(Tun tun) : tun_(std::move(tun)), buffer_(65536) {}

  // The connection to play from now on. Packets of others are passed over.
  void Meet(const FourTuple& addresses);

  // The kernel's number `wire` is the schedule's `schedule`.
  void SetOrigin(SeqNum wire, SeqNum schedule) { offset_ = wire - schedule; }

  // The segment arrives at the kernel, a SYN with these options. InvalidArgument when its payload
  // does not fit a packet.
  absl::Status Send(const Segment& segment, const SynOptions& syn = {});

  // The next segment of this connection, or nothing when there is none now. DataLoss when its
  // checksums or its payload are wrong, ResourceExhausted when other connections never stop
  // sending.
  absl::StatusOr<std::optional<Segment>> Receive();

  // Kills what the kernel may still hold of the connection, by resets at each number it may expect
  // next (RFC 5961: only the exact number resets). A socket in TIME-WAIT dies too, unless
  // tcp_rfc1337 is set.
  absl::Status Kill();

  absl::Status Await(SteadyTime deadline) { return tun_.Await(deadline); }
  const FourTuple& addresses() const { return addresses_; }

  // The kernel's last SYN.
  const SynOptions& kernel_syn() const { return kernel_syn_; }
  uint16_t kernel_syn_window() const { return kernel_syn_window_; }

 private:
  void NoteExpected(SeqNum number);
  absl::StatusOr<std::optional<Segment>> Decode(std::span<const uint8_t> bytes);
  Segment Translated(const Segment& from_kernel) const;

  Tun tun_;
  std::vector<uint8_t> buffer_;
  FourTuple addresses_;
  SynOptions kernel_syn_;
  uint16_t kernel_syn_window_ = 0;
  uint32_t offset_ = 0;  // Kernel's number minus the schedule's.
  // What the kernel may expect next: what it acknowledged, and the ends of what was sent to it.
  InlineList<SeqNum, 16> expected_;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_TUN_PEER_H_
