// SPDX-License-Identifier: Apache-2.0
//
// Every rule is met with every value of every behaviour, but where one rules out the other.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "diff/observe.h"
#include "diff/solo.h"
#include "model/tcp/rule.h"
#include "model/tcp/trait.h"
#include "tests/diff/random_schedules.h"

namespace finwait {
namespace {

constexpr uint64_t kSchedulesEach = 6'000;  // In each of the surroundings.

using Met = std::vector<bool>;  // By Index(rule).

void MeetRules(const KernelProfile& kernel, Met& met) {
  for (const Surroundings& in : AllSurroundings()) {
    const Host host{.kernel = kernel, .environment = in.environment};
    ModelStack stack(host, in.memory);
    const SoloRules rules = RulesIn(in, stack);
    stack.SetTamper([&](const Endpoint&, Endpoint&, Effects& effects) {
      for (const RuleId rule : effects.fired) met[Index(rule)] = true;
    });
    Solo solo;
    Observation seen;
    for (uint64_t index = 0; index < kSchedulesEach; ++index) {
      Random random = Random::ForCase(1, index);
      Generate(random, rules, host, solo);
      const absl::Status status = RunAndObserve(solo, Watch{}, stack, seen);
      ASSERT_TRUE(status.ok() || absl::IsResourceExhausted(status)) << status;
    }
  }
}

// A behaviour that is a rule of its own on one kind of kernel, and on the other is not.
struct RuledOut {
  RuleId rule;
  std::string_view behaviour, value;
};
constexpr std::string_view kFinLost = "is discarded, and lost until it is sent again";
constexpr std::array kRuledOut = {
    RuledOut{RuleId::kSegmentAckOld, "old-ack-while-closing", "is taken"},
    RuledOut{RuleId::kSegmentAckOldAccepted, "old-ack-while-closing", kFinLost},
    RuledOut{RuleId::kSegmentFinOldAckTaken, "old-ack-while-closing", kFinLost},
    RuledOut{RuleId::kSegmentPawsOldAck, "paws-old-ack", "is answered"},
    RuledOut{RuleId::kSegmentSequenceEndsBeyondWindow, "segment-end", "is not checked"},
    RuledOut{RuleId::kSegmentFinAtZeroWindow, "fin-at-zero-window", "is dropped"},
    RuledOut{RuleId::kSendRemovesFin, "failing-send", "is kept"},
    RuledOut{RuleId::kCloseOldTextResets, "close-unread", "sends a reset for text not read"},
};

std::string PairName(RuleId rule, const TraitValue& value) {
  return std::string(Name(rule)) + " with " + std::string(value.trait->name) + " '" +
         std::string(value.Words()) + "'";
}

class EachBehaviour : public ::testing::TestWithParam<const Trait*> {};

TEST_P(EachBehaviour, MeetsEveryRule) {
  const auto count = static_cast<uint8_t>(GetParam()->values.size());
  for (uint8_t value = 0; value < count; ++value) {
    const TraitValue chosen{GetParam(), value};
    Met met(Rules().size() + 1);
    for (const char* kernel : {"linux-5.10.46", "linux-7.2"}) {
      MeetRules(With(*FindProfile(kernel), chosen), met);
    }
    for (const Rule& rule : Rules()) {
      const bool ruled_out = std::ranges::any_of(kRuledOut, [&](const RuledOut& one) {
        return one.rule == rule.id && one.behaviour == chosen.trait->name &&
               one.value == chosen.Words();
      });
      EXPECT_EQ(met[Index(rule.id)], !ruled_out) << PairName(rule.id, chosen);
    }
  }
}

std::vector<const Trait*> AllTraits() {
  std::vector<const Trait*> all;
  for (const Trait& trait : Traits()) all.push_back(&trait);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Traits, EachBehaviour, ::testing::ValuesIn(AllTraits()),
                         [](const auto& tested) {
                           std::string name(tested.param->name);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace finwait
