// SPDX-License-Identifier: Apache-2.0
//
// The TCP of the kernel that runs this program, as a Stack.
#ifndef FINWAIT_STACKS_LINUX_HOST_H_
#define FINWAIT_STACKS_LINUX_HOST_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/tcp/environment.h"
#include "stacks/descriptor.h"
#include "stacks/lingering_close.h"
#include "stacks/mib.h"
#include "stacks/namespace.h"
#include "stacks/sock_diag.h"
#include "stacks/stack.h"
#include "stacks/state_trace.h"
#include "stacks/tun_peer.h"
#include "stacks/user_socket.h"

namespace finwait {

// The release of the running kernel, as uname -r prints it.
std::string KernelRelease();

// Connections of the kernel to a peer that exists only in this program, over a TUN device in a
// network namespace of its own (see namespace.h for what that needs and means). All addresses are
// of RFC 5737.
//
// The kernel answers within the system call that asked: when Inject or Invoke returns, its answer
// lies in the TUN device's queue, so nothing is waited for except time itself, in AdvanceTo.
//
// A lingering close() sleeps on a thread of its own. When the kernel wakes it, it runs at once: the
// model's choice of when a sleeper runs does not exist here.
//
// What this kernel's HZ is, and at which phase of a jiffy a run starts, is not under control.
class LinuxHost final : public Stack {
 public:
  // A namespace whose sysctls are the environment's: tcp_fin_timeout (whole seconds),
  // tcp_invalid_ratelimit (whole milliseconds), tcp_retries2, tcp_orphan_retries, tcp_rfc1337.
  // tcp_no_metrics_save is 1, so that no connection depends on those before it. The environment's
  // other fields cannot be chosen. Unavailable when the machine lacks what is needed. Takes about
  // 30 ms: keep it, and establish as many connections as are wanted, one at a time.
  static absl::StatusOr<std::unique_ptr<LinuxHost>> Open(const Environment& environment = {});

  ~LinuxHost() override;

  std::string Name() const override;
  absl::StatusOr<Terms> Establish(const Connection& connection) override;
  absl::Status Inject(const Segment& segment) override;
  absl::StatusOr<CallResult> Invoke(const Event& call) override;
  absl::Status AdvanceTo(Time t) override;
  Time Elapsed() const override;
  absl::StatusOr<std::vector<Departure>> Collect() override;
  absl::StatusOr<State> ObserveState() override;
  absl::Status SetOption(const SocketOption& option) override;
  absl::StatusOr<UserView> ObserveUser() override;
  absl::StatusOr<Errno> TakeError() override;
  absl::StatusOr<Counts> ReadCounters() override { return mib_.Read(); }
  absl::StatusOr<std::vector<State>> StateChanges() override;
  absl::Status Release() override;

 private:
  struct Parts;  // What a new namespace holds.

  explicit LinuxHost(Parts parts);

  FourTuple NextAddresses();
  absl::StatusOr<Descriptor> TakeSocket();
  absl::StatusOr<Descriptor> Connect(const Connection& connection);
  absl::StatusOr<CallResult> Close();
  absl::Status SettleCloser() const;
  absl::Status Drain();

  NetworkNamespace namespace_;
  TunPeer peer_;
  Descriptor listener_;
  SockDiag diag_;
  MibFiles mib_;
  std::optional<StateTrace> trace_;        // Once state changes were asked for.
  std::vector<Descriptor> spare_sockets_;  // Unconnected, for active opens.
  uint32_t connections_ = 0;               // So far.

  // The connection, if `connected_`.
  bool connected_ = false;
  bool close_may_sleep_ = false;
  bool gone_ = false;  // Nothing of it is left, and nothing has happened since that was seen.
  UserSocket user_;
  std::optional<LingeringClose> closer_;  // Once a close() that may sleep has been called.
  SteadyTime established_{};
  std::optional<SteadyTime> closed_;  // A close() that could not sleep has returned.
  std::vector<Departure> departed_;   // Not yet collected.
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_LINUX_HOST_H_
