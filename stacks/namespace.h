// SPDX-License-Identifier: Apache-2.0
//
// A network namespace of its own, so that nothing a stack does is seen by the machine's network.
#ifndef FINWAIT_STACKS_NAMESPACE_H_
#define FINWAIT_STACKS_NAMESPACE_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "stacks/descriptor.h"

namespace finwait {

// The calling process stays where it is: only short-lived threads enter the namespace. What they
// open (sockets, a TUN device) stays bound to it. It ends with the last descriptor that belongs to
// it.
//
// With CAP_SYS_ADMIN and CAP_NET_ADMIN nothing else is needed. Without them, Create() first moves
// the whole process, for good, into a user namespace of its own in which its user and group ids
// stay the same; that works only while the process has one thread, and only where the kernel
// permits it.
class NetworkNamespace {
 public:
  // Unavailable where neither way is open. Takes a few milliseconds.
  static absl::StatusOr<NetworkNamespace> Create();

  // Runs `work` on a thread inside the namespace and waits for it.
  absl::Status Run(const std::function<absl::Status()>& work) const;

 private:
  explicit NetworkNamespace(Descriptor handle) : handle_(std::move(handle)) {}

  Descriptor handle_;  // What setns() takes.
};

// Writes a value below /proc/sys; `path` is "net/ipv4/tcp_fin_timeout". To be called on a thread
// inside the namespace whose value is meant.
absl::Status WriteSysctl(const std::string& path, const std::string& value);

}  // namespace finwait

#endif  // FINWAIT_STACKS_NAMESPACE_H_
