// SPDX-License-Identifier: Apache-2.0
//
// Which (rule, state before, state after) a run has seen, as feedback for libFuzzer beside the
// edges of the code: an input that shows a new one is kept.
#ifndef FINWAIT_FUZZ_TARGETS_TRANSITIONS_H_
#define FINWAIT_FUZZ_TARGETS_TRANSITIONS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "model/tcp/rule.h"
#include "model/tcp/state.h"

namespace finwait {

// Few pairs of states ever occur with one rule, and libFuzzer reads and clears the whole map after
// each run: so the map is hashed into less room than all triples would take.
inline constexpr size_t kTransitionCounters = 4096;

// In the section where libFuzzer looks for counters besides its own.
extern std::array<uint8_t, kTransitionCounters> transition_counters;

inline void NoteTransition(RuleId rule, State before, State after) {
  const uint32_t triple = static_cast<uint32_t>(rule) << 8U | static_cast<uint32_t>(before) << 4U |
                          static_cast<uint32_t>(after);
  transition_counters[(triple * 0x9E3779B1U) >> 20U] = 1;
}

}  // namespace finwait

#endif  // FINWAIT_FUZZ_TARGETS_TRANSITIONS_H_
