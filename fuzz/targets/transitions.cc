// SPDX-License-Identifier: Apache-2.0
#include "fuzz/targets/transitions.h"

namespace finwait {

[[gnu::section("__libfuzzer_extra_counters")]] std::array<uint8_t, kTransitionCounters>
    transition_counters{};

std::array<uint8_t, kRuleCount * 256> transitions_seen{};

std::string TransitionsText() {
  std::string text;
  for (size_t i = 0; i < transitions_seen.size(); ++i) {
    if (transitions_seen[i] == 0) continue;
    const auto rule = static_cast<RuleId>(i / 256);
    if (rule == RuleId::kNone) continue;
    const auto before = static_cast<State>(i / 16 % 16);
    const auto after = static_cast<State>(i % 16);
    text.append(Name(rule)).append(" ").append(Name(before)).append(" ").append(Name(after));
    text.append("\n");
  }
  return text;
}

}  // namespace finwait
