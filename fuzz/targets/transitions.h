// SPDX-License-Identifier: Apache-2.0
//
// Which (rule, state before, state after) a run has seen, as feedback for libFuzzer beside the
// edges of the code: an input that shows a new one is kept.
#ifndef FINWAIT_FUZZ_TARGETS_TRANSITIONS_H_
#define FINWAIT_FUZZ_TARGETS_TRANSITIONS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "model/tcp/rule.h"
#include "model/tcp/state.h"

namespace finwait {

// Sixteen counters a rule: libFuzzer reads and clears the whole map around each run, and the states
// in which one rule fires are few.
inline constexpr size_t kTransitionCounters = 2048;
static_assert(kRuleCount * 16 <= kTransitionCounters);

// In the section where libFuzzer looks for counters besides its own.
extern std::array<uint8_t, kTransitionCounters> transition_counters;

// All that this process has seen, each triple by itself: what $FINWAIT_TRANSITIONS is told.
extern std::array<uint8_t, kRuleCount * 256> transitions_seen;

// A triple as a number.
static_assert(kRuleCount * 256 <= 0x10000);
constexpr uint16_t TransitionOf(RuleId rule, State before, State after) {
  return static_cast<uint16_t>(static_cast<uint32_t>(rule) * 256U +
                               static_cast<uint32_t>(before) * 16U + static_cast<uint32_t>(after));
}

inline void NoteTransition(uint16_t transition) {
  const uint32_t rule = transition / 256U, from = transition / 16U % 16U, to = transition % 16U;
  const uint32_t place = from == to ? from : (11U + 3U * from + 5U * to) & 15U;
  transition_counters[rule * 16U + place] = 1;
  transitions_seen[transition] = 1;
}
inline void NoteTransition(RuleId rule, State before, State after) {
  NoteTransition(TransitionOf(rule, before, after));
}

// "segment.ack.advances FIN-WAIT-1 FIN-WAIT-2", a line each, in order.
std::string TransitionsText();

}  // namespace finwait

#endif  // FINWAIT_FUZZ_TARGETS_TRANSITIONS_H_
