// SPDX-License-Identifier: Apache-2.0
#include "stacks/compare.h"

#include <gtest/gtest.h>

#include <chrono>

#include "model/world/notation.h"
#include "tests/stacks/segments.h"

namespace finwait {
namespace {

// One event, at 10 ms: the model sends `.` at once, and by a timer F. at 212 ms.
Script OneEvent(const Event& event) {
  Expected expected;
  expected.sent = {{Ms(10), Seg(".", 754, 4416)}, {Ms(212), Seg("F.", 753, 4416)}};
  expected.result.returned = event.kind != EventKind::kSegment;
  expected.state = State::kFinWait2;
  Script script;
  script.events.push_back({.at = Ms(10), .event = event, .label = "", .expected = expected});
  return script;
}

Answered AsExpected(const Script& script) {
  const Expected& expected = *script.events[0].expected;
  return {Ms(10), expected.sent, expected.result, expected.state};
}

TEST(SameOnTheWire, PassesOverPushAndTheSizeOfTheWindow) {
  const Segment segment = Seg("F.", 1, 2, 10);
  Segment other = Seg("FP.", 1, 2, 10);
  other.wnd = 5;
  EXPECT_TRUE(SameOnTheWire(segment, other));
  other.wnd = 0;
  EXPECT_FALSE(SameOnTheWire(segment, other));
  EXPECT_FALSE(SameOnTheWire(segment, Seg(".", 1, 2, 10)));
  EXPECT_FALSE(SameOnTheWire(segment, Seg("F.", 2, 2, 10)));
  EXPECT_FALSE(SameOnTheWire(segment, Seg("F.", 1, 3, 10)));
  EXPECT_FALSE(SameOnTheWire(segment, Seg("F.", 1, 2, 11)));
  EXPECT_TRUE(SameOnTheWire(Seg("R", 1, 7), Seg("R", 1, 8)));
}

TEST(FirstDifference, IsNothingWhenAllIsAsExpected) {
  const Script script = OneEvent(Shuts(How::kWr));
  EXPECT_FALSE(FirstDifference(script, {AsExpected(script)}, Pace::kRealTime).has_value());
  EXPECT_FALSE(FirstDifference(script, {AsExpected(script)}, Pace::kAtOnce).has_value());
}

TEST(FirstDifference, AtOnceATimersSegmentMayBeMissing) {
  const Script script = OneEvent(Shuts(How::kWr));
  Answered answer = AsExpected(script);
  answer.sent.pop_back();
  EXPECT_FALSE(FirstDifference(script, {answer}, Pace::kAtOnce).has_value());
  const auto difference = FirstDifference(script, {answer}, Pace::kRealTime);
  ASSERT_TRUE(difference.has_value());
  EXPECT_EQ(difference->what,
            "sends '. 754:754(0) ack 4416'; the model sends "
            "'. 754:754(0) ack 4416; F. 753:753(0) ack 4416'");
}

TEST(FirstDifference, AtOnceTheModelsAnswerMustBeThere) {
  const Script script = OneEvent(Arrives(Seg("F.", 4416, 753)));
  Answered answer = AsExpected(script);
  answer.sent.erase(answer.sent.begin());
  const auto difference = FirstDifference(script, {answer}, Pace::kAtOnce);
  ASSERT_TRUE(difference.has_value());
  EXPECT_EQ(difference->event, 0U);
  EXPECT_EQ(difference->what,
            "sends 'F. 753:753(0) ack 4416'; the model sends '. 754:754(0) ack 4416'");
}

TEST(FirstDifference, AtOnceNothingElseMayBeThere) {
  const Script script = OneEvent(Arrives(Seg("F.", 4416, 753)));
  Answered answer = AsExpected(script);
  answer.sent.push_back({Ms(10), Seg("R", 754)});
  EXPECT_TRUE(FirstDifference(script, {answer}, Pace::kAtOnce).has_value());
}

TEST(FirstDifference, AtOnceATimersSegmentMayComeLaterButOnce) {
  Script script = OneEvent(Arrives(Seg("F.", 4416, 753)));
  script.events.push_back(script.events[0]);
  script.events[1].expected->sent.clear();
  Answered first = AsExpected(script);
  const Departure by_timer = first.sent.back();
  first.sent.pop_back();
  Answered second = first;
  second.sent = {by_timer};
  EXPECT_FALSE(FirstDifference(script, {first, second}, Pace::kAtOnce).has_value());
  second.sent = {by_timer, by_timer};
  EXPECT_EQ(FirstDifference(script, {first, second}, Pace::kAtOnce)->event, 1U);
}

TEST(FirstDifference, InTheResultOfACall) {
  const Script script = OneEvent(Reads());
  Answered answer = AsExpected(script);
  answer.result.error = Errno::kAgain;
  const auto difference = FirstDifference(script, {answer}, Pace::kAtOnce);
  ASSERT_TRUE(difference.has_value());
  EXPECT_EQ(difference->what, "fails with EAGAIN; in the model it returns 0");
}

TEST(FirstDifference, InTheState) {
  const Script script = OneEvent(Arrives(Seg("F.", 4416, 753)));
  Answered answer = AsExpected(script);
  answer.state = State::kTimeWait;
  const auto difference = FirstDifference(script, {answer}, Pace::kAtOnce);
  ASSERT_TRUE(difference.has_value());
  EXPECT_EQ(difference->what, "is in TIME-WAIT; the model is in FIN-WAIT-2");
  answer.state.reset();
  EXPECT_FALSE(FirstDifference(script, {answer}, Pace::kAtOnce).has_value());
}

TEST(FirstDifference, InAnAnswerThatIsMissing) {
  Script script = OneEvent(Closes());
  EXPECT_TRUE(FirstDifference(script, {}, Pace::kAtOnce).has_value());
  script.events[0].expected.reset();
  EXPECT_FALSE(FirstDifference(script, {}, Pace::kAtOnce).has_value());
}

TEST(Text, OfSegmentsAndResults) {
  EXPECT_EQ(SegmentText(Seg("FP.", 753, 4416, 10)), "FP. 753:763(10) ack 4416");
  EXPECT_EQ(SegmentText(Segment{.seq = SeqNum{5}, .flags = kRst}), "R 5:5(0)");
  EXPECT_EQ(SegmentText(Segment{.seq = SeqNum{5}, .flags = kAck}), ". 5:5(0) ack 0 win 0");
  EXPECT_EQ(SegmentsText({}), "nothing");
  EXPECT_EQ(ResultText(CallResult{}), "sleeps");
  EXPECT_EQ(ResultText(CallResult{.returned = true, .bytes = 10}), "returns 10");
}

}  // namespace
}  // namespace finwait
