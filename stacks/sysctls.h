// SPDX-License-Identifier: Apache-2.0
//
// The settings of a network namespace (net.ipv4.*) in which runs can be repeated.
#ifndef FINWAIT_STACKS_SYSCTLS_H_
#define FINWAIT_STACKS_SYSCTLS_H_

#include "absl/status/status.h"
#include "model/tcp/environment.h"

namespace finwait {

// Those of the environment, and what keeps connections apart from each other; for the namespace of
// the calling thread. Unavailable when it may not be written to.
absl::Status SetSysctls(const Environment& environment);

}  // namespace finwait

#endif  // FINWAIT_STACKS_SYSCTLS_H_
