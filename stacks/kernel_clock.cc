// SPDX-License-Identifier: Apache-2.0
#include "stacks/kernel_clock.h"

#include <time.h>

namespace finwait {

std::optional<uint16_t> KernelHz() {
  timespec tick{};
  if (clock_getres(CLOCK_MONOTONIC_COARSE, &tick) != 0) return std::nullopt;
  if (tick.tv_sec != 0 || tick.tv_nsec < 900'000 || tick.tv_nsec > 10'500'000) return std::nullopt;
  return static_cast<uint16_t>((1'000'000'000 + tick.tv_nsec / 2) / tick.tv_nsec);
}

}  // namespace finwait
