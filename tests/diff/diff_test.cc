// SPDX-License-Identifier: Apache-2.0
//
// What differs between two models is shown once a behaviour, small; the running kernel agrees with
// its nearest profile.
#include "diff/diff.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "diff/beside.h"
#include "diff/solo_text.h"
#include "stacks/model_stack.h"
#include "tests/diff/running_kernel.h"
#include "tests/stacks/fake_stack.h"

namespace finwait {
namespace {

// One schedule in a million forges text over its own FIN such that recv() hands out bytes that were
// never sent: that run is not judged, and is not the end of all.
TEST(Beside, BytesNeverSentAreNoError) {
  const Host model{.kernel = *FindProfile("linux-6.18"), .environment = {}};
  FakeStack stack;
  stack.fails = absl::DataLossError("bytes that the peer never sent");
  Beside beside(model, stack, Slack{});
  Solo solo;
  solo.events.push_back({.event = {.kind = EventKind::kRecv}});
  std::optional<Mismatch> mismatch;
  EXPECT_EQ(beside.Once(solo, false, mismatch), absl::OkStatus());
  EXPECT_TRUE(beside.bound());
  EXPECT_FALSE(mismatch.has_value());
  stack.fails = absl::InternalError("not like any TCP");
  EXPECT_FALSE(beside.Once(solo, false, mismatch).ok());
}

DiffResult DiffModels(std::string_view x, std::string_view y) {
  const Host model{.kernel = *FindProfile(x), .environment = {}};
  const Host other{.kernel = *FindProfile(y), .environment = {}};
  ModelStack stack(other);
  DiffOptions options;
  options.schedules = 5'000;
  options.slack.wheel = false;
  options.other = other;
  const absl::StatusOr<DiffResult> result = Diff(model, stack, options);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *result : DiffResult{};
}

TEST(Diff, ShowsEachBehaviourOnceAndSmall) {
  const DiffResult result = DiffModels("linux-6.12", "linux-6.18");
  std::set<std::string> shown;
  for (const Divergence& d : result.divergences) {
    ASSERT_TRUE(d.explanation.has_value()) << SoloText(d.solo);
    EXPECT_TRUE(shown.insert(std::string(d.explanation->trait->name)).second);
    EXPECT_LE(d.solo.events.size(), 4U) << SoloText(d.solo);
  }
  EXPECT_TRUE(shown.contains("unsent-ack-when-established"));
  EXPECT_TRUE(shown.contains("paws-old-ack"));
}

TEST(Diff, IsTheSameTwice) {
  const DiffResult one = DiffModels("linux-5.10", "linux-6.12");
  const DiffResult two = DiffModels("linux-5.10", "linux-6.12");
  ASSERT_FALSE(one.divergences.empty());
  ASSERT_EQ(one.divergences.size(), two.divergences.size());
  for (size_t i = 0; i < one.divergences.size(); ++i) {
    EXPECT_EQ(SoloText(one.divergences[i].solo), SoloText(two.divergences[i].solo));
  }
  EXPECT_EQ(one.events, two.events);
}

TEST(Diff, FindsNothingBetweenAModelAndItself) {
  const DiffResult result = DiffModels("linux-6.1", "linux-6.1");
  EXPECT_EQ(result.schedules, 5'000U);
  EXPECT_TRUE(result.divergences.empty());
}

// The probe's answers, put into the nearest profile, must describe the running kernel.
TEST(Diff, TheRunningKernelAgreesWithWhatTheProbeSays) {
  DiffOptions options;
  options.schedules = 2'000;
  const absl::StatusOr<DiffResult> result = DiffWithRunningKernel(options);
  if (absl::IsUnavailable(result.status())) {
    GTEST_SKIP() << "the live kernel cannot be tested here: " << result.status().message();
  }
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->schedules, 2'000U);
}

}  // namespace
}  // namespace finwait
