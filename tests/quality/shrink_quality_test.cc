// SPDX-License-Identifier: Apache-2.0
//
// Not whether the shrinker shrinks, but how well: over random failures, how small the results are,
// how many runs they took, and that they are the same whatever they started from.
#include <gtest/gtest.h>

#include <set>

#include "fuzz/hunt.h"
#include "fuzz/schedule_file.h"
#include "fuzz/shrink.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::Pair;

// Random schedules that reach the goal, by the hunt's own draws.
std::vector<Schedule> Failures(const Goal& goal, size_t count) {
  HuntOptions options;
  options.setup = Pair("linux-5.10");
  options.seed = 2026;
  std::vector<Schedule> failures;
  for (uint64_t index = 0; failures.size() < count; ++index) {
    Schedule schedule = RandomSchedule(options, index);
    if (Violates(schedule.setup, schedule.choices, goal).has_value()) failures.push_back(schedule);
  }
  return failures;
}

TEST(ShrinkQuality, TheFinsDisorderAlwaysEndsInTheSameFiveChoices) {
  const Goal goal{*FindProperty("fin-not-silently-dropped"), RuleId::kSegmentAckOld, {}};
  size_t five = 0;
  uint64_t executions = 0;
  size_t choices = 0;
  const std::vector<Schedule> failures = Failures(goal, 200);
  for (const Schedule& failure : failures) {
    const Shrunk shrunk = Shrink(failure, goal);
    const std::string text = FormatOneLine(shrunk.schedule);
    choices += shrunk.schedule.choices.size();
    executions += shrunk.executions;
    five += text.ends_with("A.shutdown WR; B.shutdown WR; deliver A1 B2 B1") ? 1 : 0;
  }
  RecordProperty("canonical_of_200", static_cast<int>(five));
  RecordProperty("mean_executions", static_cast<int>(executions / failures.size()));
  EXPECT_EQ(five, failures.size()) << "canonical";
  EXPECT_LE(static_cast<double>(choices) / 200.0, 5.05);
  EXPECT_LE(executions / 200, 250U);
}

TEST(ShrinkQuality, ResultsAreFixedPoints) {
  const Goal goal{*FindProperty("text-not-silently-dropped"), RuleId::kSegmentAckOld, {}};
  for (const Schedule& failure : Failures(goal, 40)) {
    const Shrunk once = Shrink(failure, goal);
    EXPECT_EQ(Shrink(once.schedule, goal).schedule.choices, once.schedule.choices);
    EXPECT_EQ(CountActing(once.schedule.setup, once.schedule.choices), once.schedule.choices.size())
        << "every choice acts";
    const std::optional<Violated> still =
        Violates(once.schedule.setup, once.schedule.choices, goal);
    ASSERT_TRUE(still.has_value()) << "the same property by the same rule";
    EXPECT_EQ(still->rule, goal.rule);
  }
}

TEST(Shrink, OrdersByLengthThenDullness) {
  const Schedule base{Pair("linux-5.10"), {Deliver(Side::kA, 0)}};
  Schedule longer = base;
  longer.choices.push_back(Wait());
  EXPECT_TRUE(Shorter(base, longer));
  Schedule duller = base;
  duller.choices[0] = Wait();
  EXPECT_TRUE(Shorter(base, duller));
  Schedule lingering = base;
  SetLinger(lingering.setup[Side::kA], Mode::kLingerN);
  EXPECT_TRUE(Shorter(base, lingering));
  EXPECT_FALSE(Shorter(base, base));
}

TEST(Shrink, SwappingSidesTwiceChangesNothing) {
  HuntOptions options;
  options.setup = Pair("linux-5.10");
  for (uint64_t index = 0; index < 50; ++index) {
    const Schedule schedule = RandomSchedule(options, index);
    EXPECT_EQ(SwapSides(SwapSides(schedule)).choices, schedule.choices);
  }
}

}  // namespace
}  // namespace finwait
