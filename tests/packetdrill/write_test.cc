// SPDX-License-Identifier: Apache-2.0
//
// A written script parses back and becomes the same Script.
#include "packetdrill/write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "fuzz/corpus.h"
#include "fuzz/judge.h"
#include "packetdrill/run.h"
#include "packetdrill/segment_text.h"
#include "stacks/model_stack.h"
#include "tests/packetdrill/pkt_texts.h"
#include "tests/stacks/segments.h"
#include "tests/testing/schedules.h"

namespace finwait::pkt {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// Everything a Script says, as text: two are the same when their texts are.
std::string Everything(const Script& script) {
  const Connection& c = script.connection;
  std::string text =
      "next " + std::to_string(c.next.raw) + " peer " + std::to_string(c.peer_next.raw) +
      " opener " + std::to_string(static_cast<int>(c.opener)) + " window " +
      std::to_string(c.peer_window) + " mss " + std::to_string(c.peer_mss) + " rtt " +
      std::to_string(c.rtt.count()) + " linger " + std::to_string(c.linger_on) + " " +
      std::to_string(c.linger_s) + " linger2 " + std::to_string(c.linger2_s) + " side " +
      std::to_string(static_cast<int>(script.side)) + " ends " +
      std::to_string(SinceStart(script.ends_at).count()) + "\n";
  for (const ScriptEvent& event : script.events) {
    const Segment& segment = event.event.segment;
    text += std::to_string(SinceStart(event.at).count()) + " " + event.label + " " +
            std::to_string(static_cast<int>(event.event.kind)) + " " +
            std::to_string(event.event.amount) + " " + TextOf(segment, segment.wnd) + "\n";
    const Expected& expected = *event.expected;
    text += "  " + std::string(Name(expected.state)) + " " +
            std::to_string(static_cast<int>(expected.result.error)) + " " +
            std::to_string(expected.result.bytes) + "\n";
    for (const Departure& departure : expected.sent) {
      text += "  " + std::to_string(SinceStart(departure.at).count()) + " > " +
              TextOf(departure.segment, departure.segment.wnd) + "\n";
    }
  }
  return text;
}

const Heading kHeading{.licence = "Apache-2.0",
                       .intent = "A sentence.",
                       .reference = "795a7dfbc3d9 (\"net: tcp: accept old ack during closing\")",
                       .kselftest = true};

bool Sleeps(const Script& script) {
  for (const ScriptEvent& event : script.events) {
    const bool call = event.event.kind != EventKind::kSegment;
    if (call && !event.expected->result.returned) return true;
  }
  return false;
}

// Writes and reads; what is not the same afterwards, or "".
std::string Round(const Script& script) {
  const absl::StatusOr<std::string> text = WriteScript(script, kHeading);
  if (Sleeps(script)) return text.ok() ? "a close() that sleeps was written" : "";
  if (!text.ok()) return text.status().ToString();
  const absl::StatusOr<File> file = ParseFile("x.pkt", *text);
  if (!file.ok()) return file.status().ToString() + *text;
  const absl::StatusOr<Plan> plan = PlanOf(*file);
  if (!plan.ok()) return plan.status().ToString() + *text;
  const absl::StatusOr<Script> read = ScriptOf(*file, *plan);
  if (!read.ok()) return read.status().ToString() + *text;
  const std::string before = Everything(Renumbered(script));
  const std::string after = Everything(*read);
  return before == after ? "" : before + "became\n" + after + *text;
}

// The written script on the model of the end's own kernel.
void HoldsOnItsModel(const Script& script, const Host& host) {
  const absl::StatusOr<std::string> text = WriteScript(script, kHeading);
  if (Sleeps(script)) return;
  SCOPED_TRACE(*text);
  ModelStack model(host);
  const absl::StatusOr<Ran> ran = RunText(*text, model);
  ASSERT_TRUE(ran.ok()) << ran.status();
  if (const LineResult* const failed = ran->Failed()) {
    ADD_FAILURE() << "line " << failed->line << ": " << failed->expected << " | " << failed->came;
  }
}

// Settling included, up to half a minute: retransmissions and their answers are written, too.
std::vector<StepRecord> StepsOf(const Schedule& schedule) {
  std::vector<StepRecord> steps;
  for (const StepRecord& step : Record(schedule.setup, schedule.choices).trace) {
    if (step.at <= At(std::chrono::seconds(30))) steps.push_back(step);
  }
  return steps;
}

void EveryEndGoesRound(const Schedule& schedule) {
  const std::vector<StepRecord> steps = StepsOf(schedule);
  for (const Side side : {Side::kA, Side::kB}) {
    if (!CanBePlayed(side, schedule.setup).ok()) continue;
    const Script script = ScriptFor(side, schedule.setup, steps);
    EXPECT_EQ(Round(script), "");
    HoldsOnItsModel(script, schedule.setup[side].host);
  }
}

TEST(Write, CorpusGoesRound) {
  const auto schedules = ReadSchedules("corpus");
  ASSERT_TRUE(schedules.ok()) << schedules.status();
  for (const NamedSchedule& named : *schedules) {
    SCOPED_TRACE(named.path);
    EveryEndGoesRound(named.file.schedule);
  }
}

TEST(Write, ErrorsEndOfFileAndResetsGoRound) {
  for (const char* const choices : {
           "A.send 100; B.close; deliver A1; A.recv",
           "A.send 10; deliver A1; B.close; deliver B2; A.recv; A.recv; A.send 10",
           "A.close; deliver A1; B.recv; B.send 10; deliver B1",
           "A.shutdown RDWR; B.shutdown RD; deliver A1; B.recv; B.close",
       }) {
    SCOPED_TRACE(choices);
    const auto file =
        ParseSchedule(std::string("kernel linux-6.12; ") + choices, TextSource{"-e", false});
    ASSERT_TRUE(file.ok()) << file.status();
    EveryEndGoesRound(file->schedule);
  }
}

RC_GTEST_PROP(WriteProperty, AnyRunGoesRound, ()) {
  PairSetup setup = finwait::testing::Pair(*rc::gen::element("linux-5.10", "linux-6.12"));
  setup[Side::kA].linger_on = *rc::gen::arbitrary<bool>();
  const Schedule schedule{setup, *finwait::testing::AnyChoices()};
  const std::vector<StepRecord> steps = StepsOf(schedule);
  for (const Side side : {Side::kA, Side::kB}) {
    RC_ASSERT(Round(ScriptFor(side, setup, steps)) == "");
  }
}

TEST(Write, BeginsWithLicenceIntentAndCommit) {
  Script script;
  script.connection.linger_on = true;
  const auto text = WriteScript(script, kHeading);
  ASSERT_TRUE(text.ok());
  EXPECT_THAT(*text, StartsWith("// SPDX-License-Identifier: Apache-2.0\n// A sentence.\n"
                                "// 795a7dfbc3d9 (\"net: tcp: accept old ack during closing\")\n"
                                "\n`./defaults.sh`\n"));
  EXPECT_THAT(*text,
              HasSubstr("+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0\n"));
}

TEST(Write, RefusesAnEventWithoutExpectation) {
  Script script;
  script.events.push_back({.at = {}, .event = Closes(), .label = "", .expected = {}});
  EXPECT_TRUE(absl::IsInvalidArgument(WriteScript(script, kHeading).status()));
}

}  // namespace
}  // namespace finwait::pkt
