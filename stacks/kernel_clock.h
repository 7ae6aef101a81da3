// SPDX-License-Identifier: Apache-2.0
//
// What the running kernel says of its clock.
#ifndef FINWAIT_STACKS_KERNEL_CLOCK_H_
#define FINWAIT_STACKS_KERNEL_CLOCK_H_

#include <cstdint>
#include <optional>

namespace finwait {

// CONFIG_HZ: the coarse clock moves by one jiffy at a time. Nothing when it cannot be told.
std::optional<uint16_t> KernelHz();

}  // namespace finwait

#endif  // FINWAIT_STACKS_KERNEL_CLOCK_H_
