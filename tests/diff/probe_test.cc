// SPDX-License-Identifier: Apache-2.0
//
// The probe recognizes every profile, and each of its questions tells the values of its trait
// apart.
#include "diff/probe.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "stacks/model_stack.h"

namespace finwait {
namespace {

constexpr Slack kSlack{.wheel = false};

ProbeResult ProbeOf(const KernelProfile& kernel) {
  ModelStack stack(Host{.kernel = kernel, .environment = {}});
  absl::StatusOr<ProbeResult> result = Probe(stack, Environment{}, kSlack);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : ProbeResult{};
}

TEST(Probe, AsksAboutEveryTraitOrSaysWhyNot) {
  ASSERT_EQ(Questions().size(), Traits().size());
  for (size_t i = 0; i < Traits().size(); ++i) {
    EXPECT_EQ(Questions()[i].trait, Traits()[i].name);
    EXPECT_NE(Questions()[i].schedules[0].empty(), Questions()[i].not_asked.empty());
  }
}

TEST(Probe, FindsTheProfileItself) {
  for (const KernelProfile& kernel : Profiles()) {
    const ProbeResult result = ProbeOf(kernel);
    EXPECT_TRUE(Disagreeing(result, kernel).empty()) << kernel.name;
    EXPECT_TRUE(std::any_of(result.nearest.begin(), result.nearest.end(),
                            [&](const KernelProfile* one) { return one->name == kernel.name; }))
        << kernel.name;
  }
}

// A model's stack never predicts headers, so predicted-ack stays unknown on it.
TEST(Probe, EachQuestionTellsTheValuesApart) {
  for (const KernelProfile& kernel : Profiles()) {
    for (const TraitValue& change : AllChanges(kernel)) {
      const ProbeResult result = ProbeOf(With(kernel, change));
      const auto at = static_cast<size_t>(change.trait - Traits().data());
      const ProbeAnswer& answer = result.answers[at];
      if (!Questions()[at].not_asked.empty() || change.trait->name == "predicted-ack") {
        EXPECT_FALSE(answer.value.has_value());
        EXPECT_FALSE(answer.reason.empty());
        continue;
      }
      EXPECT_EQ(answer.value, change.value) << kernel.name << " " << change.trait->name;
    }
  }
}

}  // namespace
}  // namespace finwait
