// SPDX-License-Identifier: Apache-2.0
//
// finwait run inside another kernel: the program itself is that kernel's first process.
#ifndef FINWAIT_STACKS_GUEST_H_
#define FINWAIT_STACKS_GUEST_H_

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "stacks/guest_command.h"
#include "stacks/guest_kernel.h"

namespace finwait {

struct GuestOptions {
  GuestClock clock = GuestClock::kVirtual;
  std::chrono::seconds limit{15 * 60};  // For each boot.
  // What finwait in there writes to standard error, and a word when a boot is tried again.
  std::function<void(std::string_view)> err;
  std::function<void(std::string_view)> console;  // What the kernel says; may be empty.
};

// A file for the guest, by its path below the folder in which finwait runs there.
struct GuestFile {
  std::string path;
  std::string bytes;
};

struct GuestJob {
  std::string program;                 // finwait linked statically: its bytes.
  std::vector<std::string> arguments;  // Without the program's name.
  std::vector<GuestFile> files;
};

struct GuestResult {
  int exit_code = 0;
  std::string out;
  std::chrono::duration<double> seconds{};  // From the start of the boot that counted to its end.
};

// The initramfs of a job.
absl::StatusOr<std::string> Initramfs(const GuestKernel& kernel, const GuestJob& job);

// Boots, runs, and powers off. A boot that ends before finwait has is tried once more. Unavailable
// when the kernel does not get that far, or lacks what finwait needs.
absl::StatusOr<GuestResult> RunInGuest(const GuestKernel& kernel, const GuestJob& job,
                                       const GuestOptions& options);

}  // namespace finwait

#endif  // FINWAIT_STACKS_GUEST_H_
