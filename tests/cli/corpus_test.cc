// SPDX-License-Identifier: Apache-2.0
//
// The corpus's verbs from outside, and what is left of a merge that is killed.
#include "fuzz/corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "fuzz/hunt.h"
#include "fuzz/keep.h"
#include "fuzz/merge.h"
#include "fuzz/origin.h"
#include "fuzz/random.h"
#include "fuzz/whole_file.h"
#include "tests/cli/run_finwait.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

std::map<std::string, std::string> ContentOf(const std::string& directory) {
  std::map<std::string, std::string> content;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().extension() != ".sched") continue;
    content[entry.path().filename().string()] = *ReadFile(entry.path().string());
  }
  return content;
}

// Violating schedules of many causes, as found: a merge of them has something to do.
void WriteCases(const std::string& directory, size_t count) {
  HuntOptions options;
  options.setup = testing::Pair("linux-5.10");
  size_t written = 0;
  for (uint64_t i = 0; written < count && i < 1'000'000; ++i) {
    const Schedule schedule = RandomSchedule(options, i);
    const std::optional<Cause> cause = OwnCause(schedule);
    if (!cause.has_value()) continue;
    const std::string path = directory + "/" + std::to_string(written++) + ".sched";
    ASSERT_TRUE(WriteWhole(path, FormatSchedule(FileOf(schedule, *cause))).ok());
  }
  ASSERT_EQ(written, count);
}

Ran Merge(const std::string& to, const std::string& from) {
  return Finwait("corpus merge --to " + to + " " + from);
}

TEST(CorpusMerge, KilledAtAnyMomentTearsAndLosesNothing) {
  const std::string root = ::testing::TempDir() + "killed-merge";
  fs::remove_all(root);
  const std::string from = root + "/from";
  WriteCases(from, 80);
  const auto started = std::chrono::steady_clock::now();
  ASSERT_EQ(Merge(root + "/whole", from).exit_code, 0);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - started);
  const auto whole = ContentOf(root + "/whole");
  const auto sources = ContentOf(from);
  Random random(1);
  int killed = 0;
  for (int round = 0; killed < 20; ++round) {
    ASSERT_LT(round, 100) << "hardly any of the merges was killed while it ran";
    const std::string to = root + "/to-" + std::to_string(round);
    const auto wait = took * (1 + random.Below(100)) / 100;
    const std::string merge = FINWAIT_BINARY " corpus merge --to " + to + " " + from;
    killed += KilledAfter(merge, wait) ? 1 : 0;
    for (const auto& [name, text] : ContentOf(to)) {
      ASSERT_TRUE(whole.contains(name)) << name;
      EXPECT_EQ(text, whole.at(name)) << "torn";
    }
    ASSERT_EQ(Merge(to, from).exit_code, 0);
    EXPECT_EQ(ContentOf(to), whole) << "a rerun ends the same";
  }
  EXPECT_EQ(ContentOf(from), sources) << "what is merged is only read";
  fs::remove_all(root);
}

TEST(CorpusStats, TellsWhatThereIsAndWhatIsMissing) {
  const Ran ran = Finwait("corpus stats corpus --json", "2>/dev/null");
  ASSERT_EQ(ran.exit_code, 0);
  const auto stats = nlohmann::json::parse(ran.out);
  const size_t files = ReadSchedules("corpus")->size();
  EXPECT_EQ(stats["schedules"], files);
  EXPECT_GT(stats["causes"], 0);
  EXPECT_LE(stats["causes"], files);
  EXPECT_EQ(stats["rules_fired"].get<size_t>() + stats["rules_never"].size(), Rules().size());
  EXPECT_GT(stats["violated_on"]["linux-5.10"], 0);
}

TEST(CorpusCheck, FailsWhereTheModelSaysOtherwise) {
  const std::string directory = ::testing::TempDir() + "wrong-corpus";
  fs::create_directories(directory);
  std::string text = *ReadFile(kDisorder);
  const std::string right = "expect linux-6.12 holds";
  ASSERT_NE(text.find(right), std::string::npos);
  text.replace(text.find(right), right.size(),
               "expect linux-6.12 violated fin-not-silently-dropped");
  ASSERT_TRUE(WriteWhole(directory + "/wrong.sched", text).ok());
  const Ran ran = Finwait("corpus check " + directory);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, HasSubstr("linux-6.12: expected violated fin-not-silently-dropped, got"));
  EXPECT_THAT(ran.out, HasSubstr("again  ./x replay "));
  fs::remove_all(directory);
}

TEST(CorpusRelease, IsTheSameBytesEachTimeAndChecksOut) {
  const std::string root = ::testing::TempDir() + "release";
  fs::remove_all(root);
  std::string name;
  for (const std::string& to : {root + "/one", root + "/other"}) {
    const Ran ran = RunCommand("scripts/corpus-release " + to, "2>/dev/null");
    ASSERT_EQ(ran.exit_code, 0) << ran.out;
    name = fs::path(ran.out.substr(0, ran.out.find('\n'))).filename().string();
    EXPECT_TRUE(fs::exists(to + "/" + name)) << name;
  }
  EXPECT_EQ(RunCommand("cmp " + root + "/one/" + name + " " + root + "/other/" + name).exit_code,
            0);
  ASSERT_EQ(RunCommand("tar -C " + root + " -xzf " + root + "/one/" + name).exit_code, 0);
  const std::string inside = root + "/" + name.substr(0, name.find(".tar"));
  EXPECT_TRUE(fs::exists(inside + "/incident/disorder.sched"));
  EXPECT_TRUE(fs::exists(inside + "/LICENSE"));
  EXPECT_EQ(Finwait("corpus check " + inside).exit_code, 0);
  fs::remove_all(root);
}

TEST(CheckCommand, FailsOnNewCausesOnly) {
  const std::string root = ::testing::TempDir() + "check";
  fs::remove_all(root);
  fs::create_directories(root + "/corpus");
  fs::copy("corpus/incident/in-order.sched", root + "/corpus");
  const std::string arguments = "check --schedules 2000 --fresh-seed 7 --corpus " + root +
                                "/corpus --findings " + root + "/findings --junit " + root +
                                "/check.xml --summary " + root + "/summary.md";
  const Ran fresh = Finwait(arguments);
  EXPECT_EQ(fresh.exit_code, 1) << fresh.out;
  EXPECT_THAT(fresh.out, ContainsRegex("exhaustive: linux-5.10.46: [^\n]*: NEW"));
  EXPECT_THAT(*ReadFile(root + "/check.xml"), HasSubstr("<failure message=\"fin-not-"));
  EXPECT_THAT(*ReadFile(root + "/check.xml"), HasSubstr("known: C-")) << "with what is kept";
  EXPECT_THAT(*ReadFile(root + "/summary.md"), HasSubstr("finwait check: FAILED"));
  // Once its findings are kept, the same check is green.
  ASSERT_EQ(Merge(root + "/corpus", root + "/findings").exit_code, 0);
  const Ran known = Finwait(arguments);
  EXPECT_EQ(known.exit_code, 0) << known.out;
  EXPECT_THAT(*ReadFile(root + "/check.xml"), HasSubstr("known: C-"));
  fs::remove_all(root);
}

// Three bugs of linux-5.10.46 are seen by five properties and some ten causes.
TEST(CheckCommand, TellsOfEachOriginOnceByItsSmallestCase) {
  const std::string root = ::testing::TempDir() + "check-origins";
  fs::remove_all(root);
  fs::create_directories(root + "/corpus");
  fs::copy("corpus/incident/in-order.sched", root + "/corpus");
  const std::string arguments = "check --no-region --schedules 20000 --fresh-seed 7 --corpus " +
                                root + "/corpus --findings " + root + "/findings --junit " + root +
                                "/check.xml";
  const Ran fresh = Finwait(arguments);
  EXPECT_EQ(fresh.exit_code, 1) << fresh.out;
  EXPECT_THAT(fresh.out, ContainsRegex("random, fixed seed, linux-5.10.46: [^\n]*: NEW"));
  EXPECT_THAT(*ReadFile(root + "/check.xml"), HasSubstr("<failure message=\"cause C-"));
  std::map<std::string, size_t> kept;
  for (const auto& [name, text] : ContentOf(root + "/findings")) {
    const absl::StatusOr<ScheduleFile> file = ParseSchedule(text, TextSource{name});
    ASSERT_TRUE(file.ok()) << file.status();
    const std::optional<Cause> cause = OwnCause(file->schedule);
    ASSERT_TRUE(cause.has_value()) << name;
    for (const TraitValue& origin : OriginsOf(file->schedule, cause->property)) {
      kept[std::string(origin.trait->name)] = file->schedule.choices.size();
    }
  }
  EXPECT_THAT(kept,
              ::testing::ElementsAre(std::pair("close-unread", 7U), std::pair("failing-send", 5U),
                                     std::pair("old-ack-while-closing", 5U)));
  EXPECT_EQ(ContentOf(root + "/findings").size(), 3U);
  fs::remove_all(root);
}

}  // namespace
}  // namespace finwait
