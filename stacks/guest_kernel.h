// SPDX-License-Identifier: Apache-2.0
//
// Kernels that can be booted as guests: those in the cache, which ./x guests fills, and any image.
#ifndef FINWAIT_STACKS_GUEST_KERNEL_H_
#define FINWAIT_STACKS_GUEST_KERNEL_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace finwait {

enum class GuestKind : uint8_t {
  kQemu,  // In an emulated machine.
  kUml,   // A kernel that is a program: User Mode Linux.
};

struct GuestKernel {
  std::string name;
  GuestKind kind = GuestKind::kQemu;
  std::string image;
  std::vector<std::string> modules;       // Files, in the order in which they are loaded.
  std::string package, version, release;  // Empty where that is not known.
};

// Where the cache lies: $XDG_CACHE_HOME/finwait/guests, or below ~/.cache.
std::string GuestFolder();

// The guests in a cache, by name.
std::vector<GuestKernel> GuestsIn(const std::string& folder);

// A folder with guest.json, kernel, and modules/ with its order.
absl::StatusOr<GuestKernel> ReadGuest(const std::string& folder);

// Any kernel image, with the modules that lie beside it: in its folder, in modules/ there, or in
// the source tree it was built in.
absl::StatusOr<GuestKernel> OwnKernel(const std::string& image);

// What a program's bytes show it to be.
GuestKind KindOf(std::string_view image);

// By name, or by path when there is a slash in it. Unavailable when it is not in the cache.
absl::StatusOr<GuestKernel> FindGuest(const std::string& name);

}  // namespace finwait

#endif  // FINWAIT_STACKS_GUEST_KERNEL_H_
