// SPDX-License-Identifier: Apache-2.0
//
// The tables are only as good as what reads and runs them: the notation, and a runner that must
// complain about every column that is wrong.
#include "tests/testing/notation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <span>
#include <string>
#include <vector>

#include "tests/model/tcp/setups.h"
#include "tests/testing/scenario.h"

namespace finwait::testing {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr Bases kFromZero{SeqNum{0}, SeqNum{0}};
constexpr Bases kWrapping{SeqNum{0xFFFFFFFF}, SeqNum{100}};

TEST(Notation, ReadsASegment) {
  const auto fin = ParseSegment("F. 4416:4416(0) ack 753", kFromZero);
  ASSERT_TRUE(fin);
  EXPECT_EQ(fin->segment, (Segment{.seq = {4416}, .ack = {753}, .flags = kFin | kAck}));
  EXPECT_FALSE(fin->names_window);

  const auto text = ParseSegment("FP. 1:11(10) ack -5 win 7", kWrapping);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->segment,
            (Segment{.seq = {0}, .ack = {95}, .len = 10, .wnd = 7, .flags = kFin | kPsh | kAck}));
  EXPECT_TRUE(text->names_window);

  const auto rst = ParseSegment("R. @0:@0(0) ack 2", kWrapping);
  ASSERT_TRUE(rst);
  EXPECT_EQ(rst->segment, (Segment{.seq = {0}, .ack = {102}, .flags = kRst | kAck}));

  const auto bare = ParseSegment("- 1:1(0)", kFromZero);
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->segment, (Segment{.seq = {1}}));
}

TEST(Notation, RefusesAnythingElse) {
  for (const std::string_view bad :
       {"", "F.", "F. 1:1(0)", "F 1:1(0) ack 1", "F. 1:2(0) ack 1", "F. 1:1(0) ack", "X 1:1(0)",
        "FF 1:1(0)", "R 1:1", "R 1:1(0) ", "R 1:1(0) win", "R 1:1(-1)", "R 1:65537(65536)",
        ". 1:1(0) ack 1 win 65536", ". 1:1(0) ack 1 junk"}) {
    EXPECT_FALSE(ParseSegment(bad, kFromZero)) << bad;
  }
  EXPECT_FALSE(ParseSegments("R 1:1(0) | junk", kFromZero));
}

TEST(Notation, PrintsWhatItReads) {
  for (const std::string_view text :
       {"F. 4416:4416(0) ack 753 win 0", "SF 1:1(0) win 3", "FP. -2:8(10) ack -100 win 65535",
        "R 70000:70000(0) win 0", "- 1:1(0) win 1"}) {
    for (const Bases bases : {kFromZero, kWrapping}) {
      const auto written = ParseSegment(text, bases);
      ASSERT_TRUE(written) << text;
      EXPECT_EQ(Print(written->segment, bases), text);
    }
  }
}

TEST(Notation, ReadsSeveralSegments) {
  EXPECT_THAT(*ParseSegments("", kFromZero), IsEmpty());
  const auto two = ParseSegments("P. 1:2(1) ack 1 | F. 2:2(0) ack 1", kFromZero);
  ASSERT_TRUE(two);
  ASSERT_THAT(*two, SizeIs(2));
  EXPECT_TRUE((*two)[1].segment.Has(kFin));
}

TEST(Notation, MatchingLeavesOutPushAndAnUnwrittenWindow) {
  const Segment got{.seq = {1}, .ack = {1}, .len = 2, .wnd = 9, .flags = kAck | kPsh};
  const auto matches = [&](std::string_view text) {
    return Matches(*ParseSegment(text, kFromZero), got);
  };
  EXPECT_TRUE(matches(". 1:3(2) ack 1"));
  EXPECT_TRUE(matches("P. 1:3(2) ack 1 win 9"));
  EXPECT_FALSE(matches("P. 1:3(2) ack 1 win 8"));
  EXPECT_FALSE(matches("P. 1:2(1) ack 1"));
  EXPECT_FALSE(matches("P. 2:4(2) ack 1"));
  EXPECT_FALSE(matches("P. 1:3(2) ack 2"));
  EXPECT_FALSE(matches("F. 1:3(2) ack 1"));
}

// Runs one row from ESTABLISHED.
std::vector<std::string> Complaints(const Row& row, Conditions conditions = {}) {
  std::set<RuleId> fired;
  return RunScenario({.name = "Row", .rows = {&row, 1}, .conditions = conditions}, fired);
}

TEST(Runner, IsContentWithARightRow) {
  EXPECT_THAT(Complaints({"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"}), IsEmpty());
  EXPECT_THAT(Complaints({"recv", kRecvNothing, kEstablished, "", "EAGAIN"}), IsEmpty());
}

TEST(Runner, ComplainsOfEveryWrongColumn) {
  const struct {
    Row row;
    std::string_view complaint;
  } kWrong[] = {
      {{"close", kCloseAfterFin, kFinWait1, "F. 1:1(0) ack 1"}, "rule close.sends_fin"},
      {{"close", kCloseSendsFin, kClosing, "F. 1:1(0) ack 1"}, "state FIN-WAIT-1"},
      {{"close", kCloseSendsFin, kFinWait1}, "replies [F. 1:1(0) ack 1"},
      {{"close", kCloseSendsFin, kFinWait1, "junk"}, "replies [F. 1:1(0) ack 1"},
      {{"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1", "sleeps"}, "returns '0'"},
      {{"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1", "", kCloseLingers},
       "no close.lingers"},
      {{"recv", kRecvNothing, kEstablished}, "returns 'EAGAIN'"},
      {{"+x close", kCloseSendsFin, kFinWait1}, "cannot read the time"},
      {{"closes", kCloseSendsFin, kFinWait1}, "cannot read the event"},
      {{"send x", kSendTransmits, kEstablished}, "cannot read the event"},
      {{"wake", kLingerReturns, kEstablished}, "nobody may wake"},
      {{"timer", kTimerRetransmit, kEstablished}, "no timer is armed"},
  };
  for (const auto& [row, complaint] : kWrong) {
    const std::vector<std::string> complaints = Complaints(row);
    EXPECT_THAT(complaints, Not(IsEmpty())) << row.event;
    EXPECT_THAT(complaints, Each(HasSubstr(std::string(complaint))));
  }
}

TEST(Runner, ComplainsOfAQuietRuleNobodyNamed) {
  const Row row{"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1", "sleeps"};
  EXPECT_THAT(Complaints(row, {.linger_s = 1}), Contains(HasSubstr("unexpected close.lingers")));
}

TEST(Runner, ComplainsOfATimerNobodyNamed) {
  const Row late[] = {{"@205 F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2"}};
  const Row early[] = {{"@203 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"}};
  for (const std::span<const Row> rows :
       {std::span<const Row>(late), std::span<const Row>(early)}) {
    std::set<RuleId> fired;
    EXPECT_THAT(RunScenario({.name = "Row", .rows = rows, .setup = kInFinWait1}, fired),
                Each(HasSubstr("a timer is due at 204000 us")));
    EXPECT_EQ(fired.size(), 1U);  // shutdown() alone.
  }
}

TEST(Runner, ComplainsOfACallOnAClosedDescriptor) {
  const Row rows[] = {{"recv", kRecvNothing, kFinWait1, "", "EAGAIN"}};
  std::set<RuleId> fired;
  const auto complaints =
      RunScenario({.name = "Row", .rows = rows, .setup = kInOrphanFinWait1}, fired);
  EXPECT_THAT(complaints, Not(IsEmpty()));
  EXPECT_THAT(complaints, Each(HasSubstr("the descriptor is closed")));
}

}  // namespace
}  // namespace finwait::testing
