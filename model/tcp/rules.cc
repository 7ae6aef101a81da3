// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "model/tcp/rule.h"
#include "model/tcp/rules_ack.h"
#include "model/tcp/rules_bucket.h"
#include "model/tcp/rules_call.h"
#include "model/tcp/rules_close.h"
#include "model/tcp/rules_closed.h"
#include "model/tcp/rules_segment.h"
#include "model/tcp/rules_text.h"
#include "model/tcp/rules_timer.h"

namespace finwait {
namespace {

// The tables one after another.
template <size_t... kRows>
constexpr auto Joined(const std::array<Rule, kRows>&... tables) {
  std::array<Rule, (kRows + ...)> all{};
  auto to = all.begin();
  ((to = std::copy(tables.begin(), tables.end(), to)), ...);
  return all;
}

constexpr std::array kRules = Joined(kClosedRules, kSegmentRules, kAckRules, kTextRules,
                                     kBucketRules, kCallRules, kCloseRules, kTimerRules);

constexpr Rule kNoRule{
    .id = RuleId::kNone, .name = "none", .says = "No rule fired.", .function = ""};

constexpr bool RowsFollowTheEnum() {
  for (size_t row = 0; row < kRules.size(); ++row) {
    if (Index(kRules[row].id) != row + 1) return false;
  }
  return true;
}

constexpr bool NamesAreUnique() {
  for (size_t row = 0; row < kRules.size(); ++row) {
    for (size_t other = 0; other < row; ++other) {
      if (kRules[row].name == kRules[other].name) return false;
    }
    if (kRules[row].name.empty() || kRules[row].name == kNoRule.name) return false;
  }
  return true;
}

static_assert(kRules.size() == kRuleCount - 1, "one row for every RuleId but kNone");
static_assert(RowsFollowTheEnum(), "row i states the rule with id i + 1");
static_assert(NamesAreUnique());

}  // namespace

std::span<const Rule> Rules() { return kRules; }

const Rule& RuleOf(RuleId id) {
  const size_t index = Index(id);
  return index == 0 || index >= kRuleCount ? kNoRule : kRules[index - 1];
}

std::string_view Name(RuleId id) { return RuleOf(id).name; }

RuleId FindRule(std::string_view name) {
  for (const Rule& rule : kRules) {
    if (rule.name == name) return rule.id;
  }
  return RuleId::kNone;
}

}  // namespace finwait
