// SPDX-License-Identifier: Apache-2.0
#include "stacks/driver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/stacks/fake_stack.h"
#include "tests/stacks/segments.h"

namespace finwait {
namespace {

using ::testing::ElementsAre;

Script TwoEvents() {
  Script script;
  script.connection.next = SeqNum{753};
  script.connection.rtt = std::chrono::milliseconds(10);
  script.events.push_back({.at = Ms(0), .event = Shuts(How::kWr), .label = "", .expected = {}});
  script.events.push_back(
      {.at = Ms(10), .event = Arrives(Seg(".", 4417, 754)), .label = "B2", .expected = {}});
  script.ends_at = Ms(300);
  return script;
}

Departure Sent(int ms, const Segment& segment) { return {.at = Ms(ms), .segment = segment}; }

TEST(Driver, AtOnceNeverWaits) {
  FakeStack stack;
  const auto answers = RunScript(TwoEvents(), stack, RunOptions{});
  ASSERT_TRUE(answers.ok()) << answers.status();
  EXPECT_THAT(stack.asked, ElementsAre("establish", "shutdown(SHUT_WR)", "observe",
                                       "inject . 4417:4417(0) ack 754", "observe", "release"));
  EXPECT_EQ(stack.connection.next, SeqNum{753});
  EXPECT_EQ(stack.connection.rtt, Duration{});
}

TEST(Driver, AtRealTimeWaitsBeforeEachEventAndListensOn) {
  FakeStack stack;
  const RunOptions options{.pace = Pace::kRealTime, .observe = Observe::kAtTheEnd};
  const auto answers = RunScript(TwoEvents(), stack, options);
  ASSERT_TRUE(answers.ok()) << answers.status();
  EXPECT_THAT(stack.asked,
              ElementsAre("establish", "advance to 0", "shutdown(SHUT_WR)", "advance to 10",
                          "inject . 4417:4417(0) ack 754", "observe", "advance to 320", "release"));
  EXPECT_EQ(stack.connection.rtt, std::chrono::milliseconds(10));
}

TEST(Driver, GivesWhatIsSentToTheEventBefore) {
  FakeStack stack;
  const Segment fin = Seg("F.", 753, 4416);
  const Segment ack = Seg(".", 754, 4416);
  stack.will_send = {{Sent(0, fin)}, {Sent(5, ack)}, {}, {Sent(212, fin)}};
  stack.state = State::kFinWait1;
  stack.result.bytes = 7;
  const auto answers = RunScript(TwoEvents(), stack, RunOptions{.pace = Pace::kRealTime});
  ASSERT_TRUE(answers.ok()) << answers.status();
  ASSERT_EQ(answers->size(), 2U);
  EXPECT_THAT((*answers)[0].sent, ElementsAre(Sent(0, fin), Sent(5, ack)));
  EXPECT_THAT((*answers)[1].sent, ElementsAre(Sent(212, fin)));
  EXPECT_EQ((*answers)[0].result.bytes, 7);
  EXPECT_FALSE((*answers)[1].result.returned);
  EXPECT_EQ((*answers)[1].at, Ms(10));
  EXPECT_EQ((*answers)[1].state, State::kFinWait1);
}

TEST(Driver, DoesNotAskForTheStateUnasked) {
  FakeStack stack;
  const auto answers = RunScript(TwoEvents(), stack, RunOptions{.observe = Observe::kNotAtAll});
  ASSERT_TRUE(answers.ok()) << answers.status();
  EXPECT_THAT(stack.asked, ElementsAre("establish", "shutdown(SHUT_WR)",
                                       "inject . 4417:4417(0) ack 754", "release"));
  EXPECT_EQ((*answers)[1].state, std::nullopt);
}

TEST(Driver, ReleasesAfterAnError) {
  FakeStack stack;
  stack.fails = absl::InternalError("broken");
  const auto answers = RunScript(TwoEvents(), stack, RunOptions{});
  EXPECT_EQ(answers.status(), stack.fails);
  EXPECT_EQ(stack.asked.back(), "release");
}

TEST(Driver, RefusesAScriptThatLastsTooLong) {
  FakeStack stack;
  Script script = TwoEvents();
  script.ends_at = At(std::chrono::seconds(1000));
  const auto refused = RunScript(script, stack, RunOptions{.pace = Pace::kRealTime});
  EXPECT_TRUE(absl::IsOutOfRange(refused.status())) << refused.status();
  EXPECT_TRUE(stack.asked.empty());
  EXPECT_TRUE(RunScript(script, stack, RunOptions{.pace = Pace::kAtOnce}).ok());
}

TEST(Driver, AnswersAnEmptyScriptWithNothing) {
  FakeStack stack;
  const auto answers = RunScript(Script{}, stack, RunOptions{.pace = Pace::kRealTime});
  ASSERT_TRUE(answers.ok()) << answers.status();
  EXPECT_TRUE(answers->empty());
}

}  // namespace
}  // namespace finwait
