// SPDX-License-Identifier: Apache-2.0
//
// The settings of a network namespace (net.ipv4.*) in which runs can be repeated.
#ifndef FINWAIT_STACKS_SYSCTLS_H_
#define FINWAIT_STACKS_SYSCTLS_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "model/tcp/environment.h"

namespace finwait {

// A setting that an Environment holds.
struct Sysctl {
  std::string_view name;  // Without net.ipv4.
  int64_t min, max;       // That the model takes.
  int64_t (*get)(const Environment&);
  void (*set)(Environment&, int64_t);
};

std::span<const Sysctl> Sysctls();

// "tcp_rfc1337=1", with or without net.ipv4 before it. InvalidArgument when it takes
// another value, NotFound without such a setting.
absl::Status ApplySysctl(std::string_view setting, Environment& environment);

// Those of the environment, and what keeps connections apart from each other; for the namespace of
// the calling thread. Unavailable when it may not be written to.
absl::Status SetSysctls(const Environment& environment);

}  // namespace finwait

#endif  // FINWAIT_STACKS_SYSCTLS_H_
