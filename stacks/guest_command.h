// SPDX-License-Identifier: Apache-2.0
//
// The command that boots a guest.
#ifndef FINWAIT_STACKS_GUEST_COMMAND_H_
#define FINWAIT_STACKS_GUEST_COMMAND_H_

#include <cstdint>
#include <string>
#include <vector>

#include "stacks/guest_kernel.h"

namespace finwait {

enum class GuestClock : uint8_t {
  // Time passes as instructions are counted, and at once while all sleep: waits cost nothing, and
  // the same run gives the same bytes. For UML only where the kernel was built for it; else real.
  kVirtual,
  kReal,
};

// Its standard output is the serial line with the guest's records, its standard error the kernel's
// console. `initrd` is a file; `folder` is for what UML leaves lying about.
std::vector<std::string> GuestCommand(const GuestKernel& kernel, GuestClock clock,
                                      const std::string& initrd, const std::string& folder);

}  // namespace finwait

#endif  // FINWAIT_STACKS_GUEST_COMMAND_H_
