// SPDX-License-Identifier: Apache-2.0
#include "report/ladder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/corpus.h"
#include "fuzz/shrink.h"
#include "props/catalog.h"
#include "report/ladder_words.h"
#include "tests/report/stories.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::Pair;
using ::testing::HasSubstr;
using ::testing::Not;

Story Incident() {
  const auto schedules = ReadSchedules("corpus/incident/disorder.sched");
  const ScheduleFile& file = schedules->front().file;
  return StoryOfRun(file.schedule, file.labels);
}

std::string LadderOf(const Choices& choices, std::string_view kernel = "linux-6.12") {
  return DrawLadder(StoryOfRun(Schedule{Pair(kernel), choices}), {});
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t from = 0; from < text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

TEST(Ladder, OfTheIncidentInFull) {
  EXPECT_EQ(DrawLadder(Incident(), {}),
            R"(    ms   A (server)  linux-5.10                  B (client)  linux-5.10
        ESTABLISHED │                                   │ ESTABLISHED
    0.0  FIN-WAIT-1 │ shutdown(SHUT_WR)                 │
    0.0             1───── F. 753:753(0) ack 4416 ────╮ │
    0.0             │               shutdown(SHUT_WR) ┆ │ FIN-WAIT-1
    0.0             │ ╭─── F. 4416:4416(0) ack 753 ───┼─2
    5.0             │ ┆                               ╰▶1 CLOSING
    5.0             │ ┆  ╭─── . 4417:4417(0) ack 754 ───3
   10.0  FIN-WAIT-2 3◀┼──╯                              │ 3 overtakes 2
   10.0             ✗◀╯ 2 DISCARDED: ack 753 < SND.UNA 754
   10.0             4───── . 754:754(0) ack 4416 ─────╮ │ challenge ACK
   15.0             │                                 ╰▶4
                    ┆    197 ms: nothing in flight      ┆
  212.0             │ ╭──── F. 4416:4416(0) ack 754 ────5 RTO: FIN again
  217.0   TIME-WAIT 5◀╯                                 │ taken
  217.0             6───── . 754:754(0) ack 4417 ─────╮ │
  222.0             │                                 ╰▶6 TIME-WAIT
  ids      1 = 14913, 2 = 20622, 3 = 20623, 4 = 14914
  later    A goes from TIME-WAIT to CLOSED at 60.2 s (timer.time_wait;
           TCP_TIMEWAIT_LEN, 60 s).
  later    B goes from TIME-WAIT to CLOSED at 60.2 s (timer.time_wait;
           TCP_TIMEWAIT_LEN, 60 s).
)");
}

TEST(Ladder, OfTheIncidentInAscii) {
  EXPECT_EQ(DrawLadder(Incident(), {.ascii = true}),
            R"(    ms   A (server)  linux-5.10                  B (client)  linux-5.10
        ESTABLISHED |                                   | ESTABLISHED
    0.0  FIN-WAIT-1 | shutdown(SHUT_WR)                 |
    0.0             1----- F. 753:753(0) ack 4416 ----. |
    0.0             |               shutdown(SHUT_WR) : | FIN-WAIT-1
    0.0             | .--- F. 4416:4416(0) ack 753 ---+-2
    5.0             | :                               '>1 CLOSING
    5.0             | :  .--- . 4417:4417(0) ack 754 ---3
   10.0  FIN-WAIT-2 3<+--'                              | 3 overtakes 2
   10.0             x<' 2 DISCARDED: ack 753 < SND.UNA 754
   10.0             4----- . 754:754(0) ack 4416 -----. | challenge ACK
   15.0             |                                 '>4
                    :    197 ms: nothing in flight      :
  212.0             | .---- F. 4416:4416(0) ack 754 ----5 RTO: FIN again
  217.0   TIME-WAIT 5<'                                 | taken
  217.0             6----- . 754:754(0) ack 4417 -----. |
  222.0             |                                 '>6 TIME-WAIT
  ids      1 = 14913, 2 = 20622, 3 = 20623, 4 = 14914
  later    A goes from TIME-WAIT to CLOSED at 60.2 s (timer.time_wait;
           TCP_TIMEWAIT_LEN, 60 s).
  later    B goes from TIME-WAIT to CLOSED at 60.2 s (timer.time_wait;
           TCP_TIMEWAIT_LEN, 60 s).
)");
}

TEST(Ladder, TheIncidentSeenFromTheOtherSide) {
  const Story story = StoryOfRun(SwapSides(Incident().schedule));
  EXPECT_EQ(story.violation->actor, Side::kB);
  const std::string ladder = DrawLadder(story, {});
  EXPECT_THAT(ladder, HasSubstr("DISCARDED: ack 4416 < SND.UNA 4417"));
  EXPECT_THAT(ladder, HasSubstr("▶✗"));
  EXPECT_THAT(ladder, HasSubstr("challenge ACK"));
  EXPECT_THAT(ladder, HasSubstr("RTO: FIN again"));
}

TEST(Ladder, HasColoursOnlyWhenAskedAndTheSettledPartIsDim) {
  EXPECT_THAT(DrawLadder(Incident(), {}), Not(HasSubstr("\x1b")));
  const std::vector<std::string> plain = LinesOf(DrawLadder(Incident(), {}));
  const std::vector<std::string> lines = LinesOf(DrawLadder(Incident(), {.colour = true}));
  ASSERT_EQ(lines.size(), plain.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool settled = i >= 11 && i < 17;  // From 15.0 ms to 222.0 ms.
    EXPECT_EQ(lines[i], settled ? "\x1b[2m" + plain[i] + "\x1b[0m" : plain[i]) << i;
  }
}

TEST(Ladder, ShowsLabelsAsALegendInTheOrderOfTheNumbers) {
  Story story = Incident();
  story.labels = {};
  EXPECT_THAT(DrawLadder(story, {}), Not(HasSubstr("ids")));
  EXPECT_THAT(DrawLadder(story, {}), HasSubstr("   A  linux-5.10"));
  story.labels.segments[{Side::kB, 1}] = "late";
  story.labels.segments[{Side::kA, 9}] = "never-sent";
  EXPECT_THAT(DrawLadder(story, {}), HasSubstr("\n  ids      2 = late\n"));
}

TEST(Ladder, ALongLegendIsWrapped) {
  Story story = Incident();
  for (const auto side : {Side::kA, Side::kB}) {
    for (uint16_t serial = 1; serial <= 3; ++serial) {
      story.labels.segments[{side, serial}] = std::string(20, 'x') + Letter(side);
    }
  }
  const std::string x(20, 'x');
  EXPECT_THAT(DrawLadder(story, {}),
              HasSubstr("\n  ids      1 = " + x + "A, 2 = " + x + "B,\n           3 = " + x +
                        "B, 4 = " + x + "A,\n           5 = " + x + "B, 6 = " + x + "A\n"));
}

// Labels come from files; a ladder goes to a terminal.
TEST(Ladder, LabelsCannotBreakTheDrawing) {
  Story story = Incident();
  story.labels.ends[0] = "\x1b[31m\xc3\xa9";
  story.labels.segments[{Side::kA, 1}] = "\x1b[31m\xc3\xa9" + std::string(200, 'x');
  const std::string ladder = DrawLadder(story, {.ascii = true});
  for (const char c : ladder) EXPECT_TRUE(c == '\n' || (c >= ' ' && c <= '~'));
  for (const std::string& line : LinesOf(ladder)) EXPECT_LE(line.size(), 80U);
}

TEST(Ladder, TellsLostSegments) {
  const std::string ladder = LadderOf({kShutA, Drop(Side::kA, 0)});
  EXPECT_THAT(ladder, HasSubstr("│ 1 LOST by the network"));
  EXPECT_THAT(ladder, HasSubstr("2───── F. 753:753(0) ack 4416 ────╮ │ RTO: FIN again"));
}

TEST(Ladder, TellsDuplicatesAndDrawsBothArrivalsWithOneNumber) {
  const std::string ladder =
      LadderOf({kShutA, Duplicate(Side::kA, 0), Deliver(Side::kA, 0), Deliver(Side::kA, 0)});
  EXPECT_THAT(ladder, HasSubstr("1 duplicated by the network"));
  const size_t first = ladder.find("▶1");
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(ladder.find("▶1", first + 1), std::string::npos);
}

TEST(Ladder, TellsResultsOfCallsAndTheReturnOfALingeringClose) {
  PairSetup setup = Pair("linux-6.12");
  SetLinger(setup[Side::kA], Mode::kLingerN);
  const Choices choices = {SendBy(Side::kB, 10), Deliver(Side::kB, 0), RecvBy(Side::kA, 4),
                           RecvBy(Side::kA, 0), CloseBy(Side::kA)};
  const std::string ladder = DrawLadder(StoryOfRun(Schedule{setup, choices}), {});
  EXPECT_THAT(ladder, HasSubstr("A  linux-6.12, linger 5 s"));
  EXPECT_THAT(ladder, HasSubstr("recv(4) returns 4"));
  EXPECT_THAT(ladder, HasSubstr("recv() returns 6"));
  EXPECT_THAT(ladder, HasSubstr("close() returns"));
}

// A claim without a time limit is not about a segment that was thrown away.
TEST(Ladder, OnlyALostSegmentIsCalledDiscarded) {
  Story story = Incident();
  story.violation->limit = Duration(0);
  story.violation->recovered.reset();
  const std::string ladder = DrawLadder(story, {});
  EXPECT_THAT(ladder, Not(HasSubstr("DISCARDED")));
  EXPECT_THAT(ladder, Not(HasSubstr("✗")));
  EXPECT_THAT(ladder, HasSubstr("VIOLATED: segment.ack.old"));
}

TEST(Ladder, EndsOnceTheViolationIsMadeGood) {
  const Story story = Incident();
  const size_t end = LastStepToDraw(story);
  ASSERT_LT(end, story.trace.size());
  EXPECT_EQ(story.trace[end - 1].at, At(std::chrono::milliseconds(222)));
}

// The state that a call leads to stood at the next arrival, and the end of the run was not told.
TEST(Ladder, EachCallHasItsRowAndWhatComesLaterIsTold) {
  PairSetup setup = Pair("linux-6.12");
  setup[Side::kB].host.environment.rcv_buffer = 10;
  const std::string ladder = DrawLadder(
      StoryOfRun(Schedule{setup,
                          {SendBy(Side::kA, 10), Deliver(Side::kA, 0), SendBy(Side::kA, 50),
                           CloseBy(Side::kA), Deliver(Side::kB, 0)}}),
      {});
  EXPECT_THAT(ladder, HasSubstr(" 5.0             │  ┆ send(50) "));
  EXPECT_THAT(ladder, HasSubstr(" 5.0  FIN-WAIT-1 │  ┆ close() "));
  EXPECT_THAT(ladder, HasSubstr("to CLOSED at 33")) << ladder;
  EXPECT_THAT(ladder, HasSubstr("tcp_orphan_retries"));
}

// Forty-nine window probes were drawn one by one, and two digits pushed the arrows off their lanes.
TEST(Ladder, RepetitionsAreFoldedAndNumbersKeepTheirLanes) {
  PairSetup setup = Pair("linux-6.12");
  setup[Side::kB].host.environment.rcv_buffer = 10;
  const Story story = StoryOfRun(
      Schedule{setup, {SendBy(Side::kA, 10), Deliver(Side::kA, 0), SendBy(Side::kA, 50)}});
  const std::string ladder = DrawLadder(story, {});
  EXPECT_THAT(ladder, HasSubstr(" more probes, up to 120 s apart"));
  EXPECT_LT(LinesOf(ladder).size(), 45U) << ladder;
  for (const std::string& line : LinesOf(ladder)) {
    if (line.find("◀") == std::string::npos) continue;
    EXPECT_TRUE(line.find("◀╯") != std::string::npos || line.find("◀─") != std::string::npos ||
                line.find("◀┼") != std::string::npos)
        << line;
  }
}

TEST(Ladder, AStateThatNothingEndsIsSaidToStay) {
  const std::string ladder = LadderOf({kShutA, Deliver(Side::kA, 0), Wait(), Deliver(Side::kB, 0)});
  EXPECT_THAT(ladder, HasSubstr("A stays in FIN-WAIT-2 until the peer's FIN comes"));
  EXPECT_THAT(ladder, HasSubstr("B stays in CLOSE-WAIT until its user closes"));
}

// Why it was sent stands below, though nothing is violated.
TEST(Ladder, EachResetIsExplained) {
  const std::string ladder =
      LadderOf({SendBy(Side::kA, 24), CloseBy(Side::kA), Deliver(Side::kA, 0), Deliver(Side::kA, 0),
                RecvBy(Side::kB, 0), SendBy(Side::kB, 24), CloseBy(Side::kB), Deliver(Side::kB, 0),
                Deliver(Side::kB, 0)});
  EXPECT_THAT(ladder, HasSubstr("│ RESET"));
  EXPECT_THAT(ladder, HasSubstr("  reset    "));
  EXPECT_THAT(ladder, HasSubstr("To avoid it: "));
  EXPECT_THAT(ladder, HasSubstr("RFC 1122"));
}

TEST(Ladder, LimitsAreThoseOfTheEnd) {
  PairSetup setup = Pair("linux-6.12");
  setup[Side::kA].host.environment.tcp_invalid_ratelimit = std::chrono::milliseconds(700);
  setup[Side::kB].host.environment.rcv_buffer = 10;
  Story story = StoryOfRun(
      Schedule{setup, {SendBy(Side::kA, 10), Deliver(Side::kA, 0), SendBy(Side::kA, 50)}});
  story.schedule.setup[Side::kB].host.environment.tcp_invalid_ratelimit =
      std::chrono::milliseconds(900);
  EXPECT_THAT(DrawLadder(story, {}), HasSubstr("no answer: tcp_invalid_ratelimit 900 ms"));
}

TEST(LadderWords, DurationsAreReadable) {
  EXPECT_EQ(DurationText(std::chrono::milliseconds(197)), "197 ms");
  EXPECT_EQ(DurationText(std::chrono::microseconds(2500)), "2.5 ms");
  EXPECT_EQ(DurationText(std::chrono::seconds(60)), "60 s");
}

}  // namespace
}  // namespace finwait
