// SPDX-License-Identifier: Apache-2.0
//
// A close() that sleeps: when it goes on, and what the judge makes of one that does so at another
// time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "diff/solo_parse.h"
#include "diff/solo_text.h"
#include "stacks/model_stack.h"
#include "tests/diff/random_schedules.h"

namespace finwait {
namespace {

using ::testing::HasSubstr;

const Host kHost{.kernel = *FindProfile("linux-6.12"), .environment = {}};

struct Judged {
  Observation seen;
  std::optional<Mismatch> mismatch;
};

// What the model does with the schedule, changed by `change`, as the same model judges it.
template <typename Change>
Judged Judge(std::string_view text, const Change& change) {
  const Solo solo = ParseSolo(text).value();
  ModelStack stack(kHost);
  Judged judged;
  EXPECT_TRUE(RunAndObserve(solo, {.states = true}, stack, judged.seen).ok());
  change(judged.seen);
  Tally tally;
  bool bound = false;
  judged.mismatch = Accept(solo, judged.seen, kHost, kNoSlack, tally, bound);
  EXPECT_FALSE(bound);
  return judged;
}

void Nothing(const Observation&) {}

constexpr std::string_view kAnswered =
    "open passively linger 2; +10ms close(); +10ms < . 1:1(0) ack 1 win 64240; "
    "+10ms < . 1:1(0) ack 2 win 64240; +10ms < F. 1:1(0) ack 2 win 64240";

TEST(Linger, CloseReturnsWithTheAcknowledgementOfItsFin) {
  const Judged judged = Judge(kAnswered, &Nothing);
  EXPECT_FALSE(judged.mismatch.has_value()) << judged.mismatch->expected;
  const std::vector<Observed>& events = judged.seen.events;
  EXPECT_EQ(events[0].sleeps, true);
  EXPECT_EQ(events[1].sleeps, true);
  EXPECT_EQ(events[2].sleeps, false);
  EXPECT_EQ(judged.seen.closed_at, At(std::chrono::milliseconds(30)));
}

TEST(Linger, ACloseThatSleepsOnIsADifference) {
  const Judged judged = Judge(kAnswered, [](Observation& seen) { seen.events[2].sleeps = true; });
  ASSERT_TRUE(judged.mismatch.has_value());
  EXPECT_EQ(judged.mismatch->event, 2U);
  EXPECT_THAT(judged.mismatch->expected, HasSubstr("close() does not sleep"));
  EXPECT_THAT(judged.mismatch->seen, HasSubstr("close() sleeps"));
}

TEST(Linger, ACloseThatReturnsTooSoonIsADifference) {
  const Judged judged = Judge(kAnswered, [](Observation& seen) { seen.events[1].sleeps = false; });
  ASSERT_TRUE(judged.mismatch.has_value());
  EXPECT_EQ(judged.mismatch->event, 1U);
}

TEST(Linger, TheEndOfItsTimeIsHeldAgainstTheModel) {
  constexpr std::string_view kUnanswered = "open passively linger 1; +10ms close(); +3000ms listen";
  const Judged judged = Judge(kUnanswered, &Nothing);
  EXPECT_FALSE(judged.mismatch.has_value()) << judged.mismatch->expected;
  EXPECT_EQ(judged.seen.ending.sleeps, false);
  for (const Duration off : {Duration(-500'000), Duration(500'000)}) {
    EXPECT_TRUE(
        Judge(kUnanswered, [&](Observation& seen) { *seen.closed_at = *seen.closed_at + off; })
            .mismatch.has_value())
        << off.count();
  }
  EXPECT_TRUE(Judge(kUnanswered, [](Observation& seen) {
                seen.ending.sleeps = true;
                seen.closed_at.reset();
              }).mismatch.has_value());
}

class LingerOn : public ::testing::TestWithParam<KernelProfile> {};

TEST_P(LingerOn, AcceptsWhatItsOwnModelDoes) {
  RandomSchedules schedules(GetParam(), GetParam(), /*only_linger=*/true);
  const std::optional<Divergence> found = schedules.FirstDifference(5000);
  EXPECT_FALSE(found.has_value()) << "case " << found->index << "\n"
                                  << SoloText(found->solo) << "expected "
                                  << found->mismatch.expected << "\nseen " << found->mismatch.seen;
  for (const RuleId rule : {RuleId::kCloseLingers, RuleId::kLingerReturns, RuleId::kTimerLinger,
                            RuleId::kCloseLinger2Resets}) {
    EXPECT_GT(schedules.Hits(rule), 5U) << Name(rule);
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, LingerOn, ::testing::ValuesIn(HeadlineProfiles()));

}  // namespace
}  // namespace finwait
