// SPDX-License-Identifier: Apache-2.0
#include "fuzz/targets/transitions.h"

namespace finwait {

static_assert(kTransitionCounters == size_t{1} << (32U - 20U));

[[gnu::section("__libfuzzer_extra_counters")]] std::array<uint8_t, kTransitionCounters>
    transition_counters{};

}  // namespace finwait
