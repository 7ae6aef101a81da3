// SPDX-License-Identifier: Apache-2.0
#include "stacks/namespace.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

// Whether this thread has what unshare(CLONE_NEWNET) and a TUN device ask for.
bool MayMakeNetworks() {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
  if (syscall(SYS_capget, &header, sets.data()) != 0) return false;
  constexpr uint32_t kNeeded = (1U << CAP_SYS_ADMIN) | (1U << CAP_NET_ADMIN);
  return (sets[0].effective & kNeeded) == kNeeded;
}

absl::Status WriteFile(const std::string& path, const std::string& text) {
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file.open()) return SystemError(absl::StrCat("open ", path), errno);
  const ssize_t written = write(file.get(), text.data(), text.size());
  if (written < 0) return SystemError(absl::StrCat("write ", path), errno);
  if (static_cast<size_t>(written) != text.size()) return SystemError(path, EIO);
  return absl::OkStatus();
}

// Moves the process into a user namespace where it has every capability and its ids stay the same.
absl::Status EnterUserNamespace() {
  // The ids before: an unmapped id reads as the overflow id.
  const uid_t user = geteuid();
  const gid_t group = getegid();
  if (unshare(CLONE_NEWUSER) != 0) {
    const int error = errno;
    const char* const what =
        "neither CAP_SYS_ADMIN and CAP_NET_ADMIN nor a user namespace: unshare(CLONE_NEWUSER)";
    // EINVAL: the process already has other threads.
    return SystemError(what, error == EINVAL ? EPERM : error);
  }
  if (absl::Status status = WriteFile("/proc/self/setgroups", "deny"); !status.ok()) return status;
  absl::Status status = WriteFile("/proc/self/uid_map", absl::StrCat(user, " ", user, " 1"));
  if (!status.ok()) return status;
  return WriteFile("/proc/self/gid_map", absl::StrCat(group, " ", group, " 1"));
}

// A failing std::thread throws; a process that cannot start a thread cannot test anything.
absl::Status OnAThread(const std::function<absl::Status()>& work) {
  absl::Status status;
  std::thread([&status, &work] { status = work(); }).join();
  return status;
}

}  // namespace

absl::StatusOr<NetworkNamespace> NetworkNamespace::Create() {
  if (!MayMakeNetworks()) {
    if (absl::Status status = EnterUserNamespace(); !status.ok()) return status;
  }
  Descriptor handle;
  const absl::Status status = OnAThread([&handle] {
    if (unshare(CLONE_NEWNET) != 0) return SystemError("unshare(CLONE_NEWNET)", errno);
    handle = Descriptor(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
    if (!handle.open()) return SystemError("open /proc/thread-self/ns/net", errno);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return NetworkNamespace(std::move(handle));
}

absl::Status NetworkNamespace::Run(const std::function<absl::Status()>& work) const {
  return OnAThread([this, &work] {
    if (setns(handle_.get(), CLONE_NEWNET) != 0) return SystemError("setns", errno);
    return work();
  });
}

absl::Status WriteSysctl(const std::string& path, const std::string& value) {
  return WriteFile(absl::StrCat("/proc/sys/", path), value);
}

}  // namespace finwait
