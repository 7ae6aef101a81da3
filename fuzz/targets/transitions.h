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

// Sixteen counters a rule: libFuzzer reads and clears the whole map around each run, and the states
// in which one rule fires are few.
inline constexpr size_t kTransitionCounters = 2048;
static_assert(kRuleCount * 16 <= kTransitionCounters);

// In the section where libFuzzer looks for counters besides its own.
extern std::array<uint8_t, kTransitionCounters> transition_counters;

inline void NoteTransition(RuleId rule, State before, State after) {
  const auto from = static_cast<uint32_t>(before);
  const auto to = static_cast<uint32_t>(after);
  const uint32_t place = from == to ? from : (11U + 3U * from + 5U * to) & 15U;
  transition_counters[static_cast<uint32_t>(rule) * 16U + place] = 1;
}

}  // namespace finwait

#endif  // FINWAIT_FUZZ_TARGETS_TRANSITIONS_H_
