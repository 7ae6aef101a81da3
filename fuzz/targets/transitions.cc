// SPDX-License-Identifier: Apache-2.0
#include "fuzz/targets/transitions.h"

namespace finwait {

[[gnu::section("__libfuzzer_extra_counters")]] std::array<uint8_t, kTransitionCounters>
    transition_counters{};

}  // namespace finwait
