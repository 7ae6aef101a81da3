// SPDX-License-Identifier: Apache-2.0
#include "report/trace_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

#include "tests/report/stories.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::AnyChoices;
using ::finwait::testing::Pair;
using ::finwait::testing::RunWhole;
using ::testing::HasSubstr;

std::string TextOf(const Choices& choices, std::string_view kernel = "linux-5.10") {
  return TraceText(RunWhole(Pair(kernel), choices));
}

// What a step says of itself, and the segment it sent.
struct Line {
  const char* step;
  const char* sent;
};

constexpr Line kIncident[] = {
    {"   0.000  A  shutdown WR    shutdown.sends_fin                  ESTABLISHED -> FIN-WAIT-1",
     "> A1 F. 753:753(0) ack 4416"},
    {"   0.000  B  shutdown WR    shutdown.sends_fin                  ESTABLISHED -> FIN-WAIT-1",
     "> B1 F. 4416:4416(0) ack 753"},
    {"   0.005  B  < A1           segment.fin.advances                FIN-WAIT-1 -> CLOSING    ",
     "> B2 . 4417:4417(0) ack 754"},
    {"   0.010  A  < B2           fin_wait_1.fin_acknowledged         FIN-WAIT-1 -> FIN-WAIT-2",
     ""},
    {"   0.010  A  < B1           segment.ack.old                                              ",
     "> A2 . 754:754(0) ack 4416"},
    {"   0.015 ~B  < A2           segment.ack.duplicate", ""},
    {"   0.212 ~B  timer          timer.retransmit                                             ",
     "> B3 F. 4416:4416(0) ack 754"},
    {"   0.217 ~A  < B3           segment.fin.advances                FIN-WAIT-2 -> TIME-WAIT  ",
     "> A3 . 754:754(0) ack 4417"},
    {"   0.222 ~B  < A3           closing.fin_acknowledged            CLOSING -> TIME-WAIT", ""},
    {"  60.220 ~A  timer          timer.time_wait                     TIME-WAIT -> CLOSED", ""},
    {"  60.224 ~B  timer          timer.time_wait                     TIME-WAIT -> CLOSED", ""},
};

TEST(TraceText, OfTheIncidentInFull) {
  std::string expected;
  for (const Line& line : kIncident) {
    expected += line.step;
    if (*line.sent != '\0') expected += std::string("  ") + line.sent;
    expected += "\n";
  }
  EXPECT_EQ(
      TextOf({kShutA, kShutB, Deliver(Side::kA, 0), Deliver(Side::kB, 1), Deliver(Side::kB, 0)}),
      expected);
}

TEST(TraceText, OfNothingIsEmpty) { EXPECT_EQ(TextOf({}), ""); }

TEST(TraceText, TellsLostAndCopiedSegmentsByTheirSenderWithoutARule) {
  EXPECT_THAT(TextOf({kShutA, Duplicate(Side::kA, 0), Drop(Side::kA, 0)}),
              HasSubstr("   0.000  A  copied A1\n   0.000  A  lost A1\n"));
}

TEST(TraceText, GivesTheResultOfRecvAndOfCallsThatFail) {
  const std::string text =
      TextOf({SendBy(Side::kA, 10), Deliver(Side::kA, 0), RecvBy(Side::kB, 4), RecvBy(Side::kB, 0),
              RecvBy(Side::kB, 0), kShutA, SendBy(Side::kA, 1)});
  EXPECT_THAT(text, HasSubstr("recv 4"));
  EXPECT_THAT(text, HasSubstr("returns 4\n"));
  EXPECT_THAT(text, HasSubstr("returns 6\n"));
  EXPECT_THAT(text, HasSubstr("fails with EAGAIN\n"));
  EXPECT_THAT(text, HasSubstr("fails with EPIPE\n"));
}

RC_GTEST_PROP(TraceTextLaws, ALineAStepWithoutTrailingBlanks, ()) {
  const Trace trace = RunWhole(Pair("linux-6.12"), *AnyChoices());
  const std::string text = TraceText(trace);
  RC_ASSERT(static_cast<size_t>(std::count(text.begin(), text.end(), '\n')) == trace.size());
  RC_ASSERT(text.find(" \n") == std::string::npos);
  RC_ASSERT(TraceText(trace) == text);
}

}  // namespace
}  // namespace finwait
