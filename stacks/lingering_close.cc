// SPDX-License-Identifier: Apache-2.0
#include "stacks/lingering_close.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

constexpr std::chrono::seconds kSettleMax(5);

// The beginning of a file about the thread in /proc. A thread that ends takes the file away, and in
// a user namespace the permission to read it even sooner.
absl::StatusOr<std::string> ReadAbout(int thread_id, const char* file) {
  const std::string path = absl::StrCat("/proc/self/task/", thread_id, "/", file);
  const Descriptor opened(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.open()) return SystemError(path, errno);
  std::array<char, 128> text{};
  const ssize_t length = read(opened.get(), text.data(), text.size());
  if (length < 0) return SystemError(path, errno);
  return std::string(text.data(), static_cast<size_t>(length));
}

// Whether the thread sleeps, and in close(). The file `syscall` holds the number of the system call
// in which a thread is off its processor; that may also be a thread just woken that does not run
// yet, so `stat`, where the state follows the name in parentheses, must say afterwards that it
// sleeps.
absl::StatusOr<bool> SleepsInClose(int thread_id) {
  const absl::StatusOr<std::string> call = ReadAbout(thread_id, "syscall");
  if (!call.ok()) return call.status();
  long number = -1;  // As it stays for "running".
  std::from_chars(call->data(), call->data() + call->size(), number);
  if (number != SYS_close) return false;
  const absl::StatusOr<std::string> stat = ReadAbout(thread_id, "stat");
  if (!stat.ok()) return stat.status();
  return stat->find(") S ") != std::string::npos;
}

}  // namespace

LingeringClose::LingeringClose(Descriptor socket) {
  closer_ = std::thread([this, fd = socket.Detach()] {
    thread_id_.store(static_cast<int>(syscall(SYS_gettid)), std::memory_order_release);
    ::close(fd);
    returned_at_ = std::chrono::steady_clock::now();
    returned_.store(true, std::memory_order_release);
  });
}

LingeringClose::~LingeringClose() { closer_.join(); }

absl::Status LingeringClose::Settle() const {
  const auto deadline = std::chrono::steady_clock::now() + kSettleMax;
  absl::Status unknown = absl::DeadlineExceededError("close() neither returns nor sleeps");
  while (!returned()) {
    const int thread_id = thread_id_.load(std::memory_order_acquire);
    const absl::StatusOr<bool> sleeps = thread_id == 0 ? false : SleepsInClose(thread_id);
    if (sleeps.ok() && *sleeps) return absl::OkStatus();
    if (!sleeps.ok()) unknown = sleeps.status();  // Of a thread that is about to end, not for long.
    if (std::chrono::steady_clock::now() > deadline) return unknown;
    std::this_thread::yield();
  }
  return absl::OkStatus();
}

}  // namespace finwait
