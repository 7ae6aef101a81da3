// SPDX-License-Identifier: Apache-2.0
#include "stacks/processor.h"

#include <sched.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace finwait {

std::optional<Processor> Processor::Claim(const std::string& use) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return std::nullopt;
  for (int number = 0; number < CPU_SETSIZE; ++number) {
    if (!CPU_ISSET(static_cast<size_t>(number), &allowed)) continue;
    Descriptor claim(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!claim.open()) return std::nullopt;
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    const std::string name = absl::StrCat("finwait-", use, "-", number);
    std::copy(name.begin(), name.end(), address.sun_path + 1);  // The first 0 makes it abstract.
    const size_t length = offsetof(sockaddr_un, sun_path) + 1 + name.size();
    const auto* const to = reinterpret_cast<const sockaddr*>(&address);
    if (bind(claim.get(), to, static_cast<socklen_t>(length)) == 0) {
      return Processor(number, std::move(claim));
    }
  }
  return std::nullopt;
}

}  // namespace finwait
