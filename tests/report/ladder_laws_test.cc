// SPDX-License-Identifier: Apache-2.0
//
// What is true of the ladder of any run: its width, its numbers, that it can be drawn at all.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/hunt.h"
#include "model/world/notation.h"
#include "report/canvas.h"
#include "report/fold.h"
#include "report/ladder.h"
#include "report/ladder_words.h"
#include "tests/report/stories.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::AnyChoices;
using ::finwait::testing::Pair;

// Lines of UTF-8 as code points.
std::vector<std::u32string> CodePointLinesOf(std::string_view text) {
  std::vector<std::u32string> lines(1);
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const size_t more = byte < 0x80 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    char32_t c = more == 0 ? byte : byte & (0x3FU >> more);
    for (size_t i = 1; i <= more; ++i) {
      c = c << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    at += more + 1;
    if (c == U'\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  lines.pop_back();
  return lines;
}

// Random schedules on a kernel, with the incident's numbers or numbers that wrap.
std::vector<Schedule> RandomSchedules(std::string_view kernel, bool big_numbers) {
  HuntOptions options;
  options.setup = Pair(kernel);
  if (big_numbers) {
    options.setup[Side::kA].next = SeqNum{4294967290U};
    options.setup[Side::kB].next = SeqNum{4294967000U};
  }
  std::vector<Schedule> schedules;
  for (uint64_t i = 0; i < 300; ++i) schedules.push_back(RandomSchedule(options, i));
  return schedules;
}

struct Runs {
  std::string_view kernel;
  bool big_numbers;
};

// Those that have lines of their own: what repeats is folded.
std::vector<size_t> StepsDrawn(const Story& story) {
  std::vector<size_t> steps;
  for (const Piece& piece : PiecesOf(story)) {
    for (size_t i = piece.from; piece.folded == 0 && i < piece.to; ++i) steps.push_back(i);
  }
  return steps;
}

class LadderOfRandomRuns : public ::testing::TestWithParam<Runs> {
 protected:
  std::vector<Schedule> Schedules() const {
    return RandomSchedules(GetParam().kernel, GetParam().big_numbers);
  }
};

TEST_P(LadderOfRandomRuns, HasNoLineWiderThan80Columns) {
  for (const Schedule& schedule : Schedules()) {
    const std::string ladder = DrawLadder(StoryOfRun(schedule), {});
    for (const std::u32string& line : CodePointLinesOf(ladder))
      ASSERT_LE(line.size(), 80U) << ladder;
    const std::string ascii = DrawLadder(StoryOfRun(schedule), {.ascii = true});
    for (const char c : ascii) ASSERT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << ascii;
  }
}

// Whatever the lanes leave of the line: no segment is cut.
TEST_P(LadderOfRandomRuns, TellsEverySegmentInFull) {
  for (const Schedule& schedule : Schedules()) {
    const Story story = StoryOfRun(schedule);
    const std::string ladder = DrawLadder(story, {});
    for (const size_t i : StepsDrawn(story)) {
      for (const Segment& segment : story.trace[i].effects.sent) {
        const std::string text = SegmentText(segment);
        const bool whole = ladder.find(" " + text + " ") != std::string::npos ||
                           ladder.find(" " + text + "\n") != std::string::npos;
        ASSERT_TRUE(whole) << text << "\n" << ladder;
      }
    }
  }
}

// An arrival as drawn: where, and its number; 0 for a discard, which is marked ✗ instead.
using Arrival = std::pair<Side, int>;

int NumberAt(const std::u32string& line, size_t at, int step) {
  std::u32string digits;
  while (at < line.size() && line[at] >= U'0' && line[at] <= U'9') {
    digits.insert(step > 0 ? digits.size() : 0, 1, line[at]);
    at += static_cast<size_t>(step);
  }
  int number = 0;
  for (const char32_t digit : digits) number = number * 10 + static_cast<int>(digit - U'0');
  return number;
}

std::vector<Arrival> ArrivalsDrawn(const std::string& ladder) {
  std::vector<Arrival> arrivals;
  for (const std::u32string& line : CodePointLinesOf(ladder)) {
    const size_t left = line.find(U'◀');
    const size_t right = line.find(U'▶');
    if (left != std::u32string::npos) arrivals.emplace_back(Side::kA, NumberAt(line, left - 1, -1));
    if (right != std::u32string::npos) {
      arrivals.emplace_back(Side::kB, NumberAt(line, right + 1, 1));
    }
  }
  return arrivals;
}

// The same from the trace: segments are numbered as they depart, over both ends.
std::vector<Arrival> ArrivalsRecorded(const Story& story) {
  std::map<std::pair<Side, uint16_t>, int> numbers;
  std::vector<Arrival> arrivals;
  const std::vector<size_t> drawn = StepsDrawn(story);
  const std::set<size_t> lines(drawn.begin(), drawn.end());
  const size_t end = LastStepToDraw(story);
  for (size_t i = 0; i < end; ++i) {
    const StepRecord& step = story.trace[i];
    if (step.kind == StepKind::kArrival && lines.contains(i)) {
      const bool discarded = Discards(story, step);
      const int number = numbers.at({Peer(step.actor), step.segment.serial});
      arrivals.emplace_back(step.actor, discarded ? 0 : number);
    }
    for (uint8_t s = 0; s < step.effects.sent.count; ++s) {
      const auto serial = static_cast<uint16_t>(step.first_serial + s);
      numbers[{step.actor, serial}] = static_cast<int>(numbers.size()) + 1;
    }
  }
  return arrivals;
}

TEST_P(LadderOfRandomRuns, GivesEachArrivalTheNumberOfItsDeparture) {
  for (const Schedule& schedule : Schedules()) {
    const Story story = StoryOfRun(schedule);
    const std::string ladder = DrawLadder(story, {});
    ASSERT_EQ(ArrivalsDrawn(ladder), ArrivalsRecorded(story)) << ladder;
  }
}

TEST_P(LadderOfRandomRuns, GivesEachDepartureItsNumber) {
  for (const Schedule& schedule : Schedules()) {
    const Story story = StoryOfRun(schedule);
    const std::string ladder = DrawLadder(story, {});
    int number = 0;
    const std::vector<std::u32string> lines = CodePointLinesOf(ladder);
    for (const std::u32string& line : lines) {
      const bool departs = line.size() > 56 && line.find(U'─') != std::u32string::npos &&
                           line.find_first_of(U"◀▶") == std::u32string::npos;
      if (!departs) continue;
      const bool from_a = line[20] >= U'0' && line[20] <= U'9';
      ++number;
      ASSERT_EQ(from_a ? NumberAt(line, 20, 1) : NumberAt(line, 56, -1), number) << ladder;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, LadderOfRandomRuns,
                         ::testing::Values(Runs{"linux-5.10", false}, Runs{"linux-6.12", false},
                                           Runs{"linux-5.10", true}, Runs{"linux-6.12", true}),
                         [](const ::testing::TestParamInfo<Runs>& info_of) {
                           const std::string kernel =
                               info_of.param.kernel == "linux-5.10" ? "Linux510" : "Linux612";
                           return kernel + (info_of.param.big_numbers ? "BigNumbers" : "");
                         });

// Seven segments on their way to each end, delivered newest first.
TEST(Ladder, MoreThanFourLanesOnBothSidesAreDrawn) {
  for (const bool big : {false, true}) {
    PairSetup setup = Pair("linux-5.10");
    if (big) setup[Side::kA].next = setup[Side::kB].next = SeqNum{4294967290U};
    Choices choices;
    for (int i = 0; i < 7; ++i) {
      choices.push_back(SendBy(Side::kA, 200));
      choices.push_back(SendBy(Side::kB, 200));
      choices.push_back(Duplicate(Side::kA, 0));
    }
    for (uint8_t i = 7; i-- > 0;) {
      choices.push_back(Deliver(Side::kA, i));
      choices.push_back(Deliver(Side::kB, i));
    }
    const std::string ladder = DrawLadder(StoryOfRun(Schedule{setup, choices}), {});
    for (const std::u32string& line : CodePointLinesOf(ladder))
      EXPECT_LE(line.size(), kCanvasColumns);
    EXPECT_NE(ladder.find("┄"), std::string::npos) << ladder;
  }
}

RC_GTEST_PROP(LadderLaws, DrawingIsTotalAndDeterministic, ()) {
  const auto kernel = *rc::gen::elementOf(std::vector<std::string>{"linux-5.10", "linux-6.12"});
  PairSetup setup = Pair(kernel);
  setup[Side::kA].next = SeqNum{*rc::gen::arbitrary<uint32_t>()};
  setup[Side::kB].next = SeqNum{*rc::gen::arbitrary<uint32_t>()};
  const Schedule schedule{setup, *AnyChoices()};
  const DrawOptions options{.ascii = *rc::gen::arbitrary<bool>(),
                            .colour = *rc::gen::arbitrary<bool>()};
  const std::string ladder = DrawLadder(StoryOfRun(schedule), options);
  RC_ASSERT(DrawLadder(StoryOfRun(schedule), options) == ladder);
  RC_ASSERT(ladder.ends_with('\n'));
  if (options.colour) return;
  for (const std::u32string& line : CodePointLinesOf(ladder))
    RC_ASSERT(line.size() <= kCanvasColumns);
}

}  // namespace
}  // namespace finwait
