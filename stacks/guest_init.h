// SPDX-License-Identifier: Apache-2.0
//
// finwait as the first process of a guest.
#ifndef FINWAIT_STACKS_GUEST_INIT_H_
#define FINWAIT_STACKS_GUEST_INIT_H_

#include <functional>
#include <string>
#include <vector>

namespace finwait {

// Whether this process is the first one, in an initramfs as guest.h makes them.
bool IsGuestInit();

// Mounts /proc, /sys, /dev and /tmp, loads the modules, looks for what finwait needs, and runs
// `finwait` with the arguments that lie in the initramfs, in a process of its own. What that
// writes, and its exit code, go to the serial line. Then the machine is switched off.
[[noreturn]] void RunAsGuestInit(
    const std::function<int(const std::vector<std::string>& arguments)>& finwait);

}  // namespace finwait

#endif  // FINWAIT_STACKS_GUEST_INIT_H_
