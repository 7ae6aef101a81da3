// SPDX-License-Identifier: Apache-2.0
//
// The program as its users run it: exit codes, one clear line for bad input, JSON that others can
// read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "fuzz/hunt.h"
#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

nlohmann::json Json(const std::string& arguments) {
  return nlohmann::json::parse(Finwait(arguments, "2>/dev/null").out);
}

TEST(Cli, HelpOfEveryWordIsText) {
  std::istringstream help(Finwait("--help").out);
  std::string line;
  while (std::getline(help, line) && line != "Subcommands:") continue;
  size_t words = 0;
  for (; std::getline(help, line) && line.starts_with("  "); ++words) {
    const std::string word = line.substr(2, line.find(' ', 2) - 2);
    const std::string text = Finwait(word + " --help").out;
    EXPECT_THAT(text, HasSubstr("Usage: ")) << word;
    EXPECT_TRUE(std::none_of(text.begin(), text.end(), [](unsigned char c) {
      return c != '\n' && std::iscntrl(c) != 0;
    })) << word;
  }
  EXPECT_GT(words, 5U);
  EXPECT_THAT(Finwait("hunt --help").out, HasSubstr("[0 - 12]=2 ")) << "--in-flight";
}

TEST(Cli, HelpTeachesAndUnknownWordsAreUsageErrors) {
  EXPECT_EQ(Finwait("--help").exit_code, 0);
  EXPECT_THAT(Finwait("--help").out, HasSubstr("Exit codes"));
  EXPECT_THAT(Finwait("hunt --help").out, HasSubstr("Examples"));
  EXPECT_EQ(Finwait("").exit_code, 2);
  EXPECT_THAT(Finwait("").out, HasSubstr("a word is missing; there are: hunt replay"));
  EXPECT_EQ(Finwait("fly").exit_code, 2);
  EXPECT_THAT(Finwait("fly").out, HasSubstr("no word 'fly'; there are: hunt replay"));
  EXPECT_THAT(Finwait("corpus fly --json").out, HasSubstr("no word 'fly'; there are: add"));
  EXPECT_THAT(Finwait("corpus fly").out, HasSubstr("finwait corpus --help says more"));
  EXPECT_THAT(Finwait("hunt --sed 1").out,
              HasSubstr("not expected: --sed 1; did you mean '--seed'?\n"));
  for (const std::string number : {"-1", "x", "1.5", "", "18446744073709551616"}) {
    const Ran ran = Finwait("hunt --schedules 1 --seed '" + number + "'");
    EXPECT_EQ(ran.exit_code, 2) << number;
    EXPECT_THAT(ran.out, HasSubstr("--seed: takes a whole number from 0 on, not '" + number));
  }
  EXPECT_THAT(Finwait("diff model:linux-6.12 model:linux-6.12 --schedules 0").out,
              HasSubstr("--schedules: takes a whole number from 1 on, not '0'"));
  EXPECT_EQ(Finwait("hunt --kernel linux-1.0").exit_code, 2);
  EXPECT_THAT(Finwait("hunt --kernel linux-1.0").out,
              HasSubstr("known: linux-5.10.46 linux-5.10.112 linux-5.10"));
  EXPECT_EQ(Finwait("hunt --property honesty").exit_code, 2);
  EXPECT_EQ(Finwait("hunt --a linux-5.10,slam").exit_code, 2);
  EXPECT_EQ(Finwait("hunt --schedules 0").exit_code, 2);
  EXPECT_EQ(Finwait("replay --on moon " + kDisorder).exit_code, 2);
}

// A guest that cannot be run at all is no verdict: git bisect is to skip that commit.
TEST(Cli, GuestsThatCannotBeRunSayWhatToDo) {
  const TemporaryFolder folder;
  const std::string on = "replay " + kDisorder + " --on guest:";
  EXPECT_EQ(Finwait(on + "linux-1.0").exit_code, 3);
  EXPECT_EQ(Finwait(on + "linux-1.0 --skip-exit 125").exit_code, 125);
  EXPECT_THAT(Finwait(on + "linux-1.0").out, HasSubstr("./x guests linux-1.0"));
  EXPECT_EQ(Finwait(on + folder.path() + "/bzImage").exit_code, 3);
  if (std::getenv("FINWAIT_STATIC") == nullptr) {
    const Ran ran = Finwait(on + folder.File("bzImage", "MZ"));
    EXPECT_EQ(ran.exit_code, 3);
    EXPECT_THAT(ran.out, HasSubstr("./x static")) << "this build needs shared libraries";
  }
  EXPECT_THAT(Finwait("list targets").out, HasSubstr("guest:PATH"));
}

TEST(Cli, HuntFindsShrinksAndProves) {
  const TemporaryFolder folder;
  const std::string arguments =
      "hunt --kernel linux-5.10 --property fin-not-silently-dropped --seed 3 --json --findings " +
      folder.path();
  EXPECT_EQ(Finwait(arguments).exit_code, 1);
  const nlohmann::json json = Json(arguments);
  ASSERT_EQ(json.size(), 1U);
  EXPECT_EQ(json[0]["kernel"], "linux-5.10");
  ASSERT_EQ(json[0]["violations"].size(), 1U);
  const nlohmann::json& violation = json[0]["violations"][0];
  EXPECT_EQ(violation["rule"], "segment.ack.old");
  EXPECT_EQ(violation["packets"], 4);
  EXPECT_EQ(violation["choices"], 5);
  EXPECT_EQ(violation["proven_minimal"], true);
  EXPECT_EQ(violation["known"], true);
  EXPECT_EQ(violation["recovery_ms"], 217.0);
  EXPECT_EQ(violation["rto_ms"], 212.0);
  const std::string replay = "replay -e '" + violation["found"].get<std::string>() + "'";
  EXPECT_EQ(Finwait(replay).exit_code, 1) << "the schedule as first found violates as well";
}

// A golden file, so that every compiler and every preset that runs this test must give the same
// bytes, and what moves is seen. `./x golden` writes it anew.
TEST(Cli, TheSameSeedGivesTheSameBytesInEveryBuild) {
  const TemporaryFolder folder;
  nlohmann::json json =
      Json("hunt --seed 7 --schedules 3000 --json --proof-states 1000 --findings " + folder.path());
  for (nlohmann::json& pair : json) pair.erase("timing");
  const std::string golden = "corpus/golden/hunt-seed-7.json";
  if (std::getenv("FINWAIT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(golden) << json.dump(2) << "\n";
    return;
  }
  std::ifstream in(golden);
  EXPECT_EQ(std::string((std::istreambuf_iterator<char>(in)), {}), json.dump(2) + "\n");
}

TEST(Cli, HuntKeepsNewCausesAndCorpusAddTakesThem) {
  const TemporaryFolder folder;
  const std::string findings = folder.path() + "/findings";
  const std::string empty = folder.path() + "/known";
  std::filesystem::create_directory(empty);
  std::filesystem::copy("corpus/incident/in-order.sched", empty);
  const nlohmann::json json =
      Json("hunt --kernel linux-5.10 --property fin-not-silently-dropped --json --known " + empty +
           " --findings " + findings);
  const std::string cause = json[0]["violations"][0]["cause"];
  EXPECT_EQ(json[0]["violations"][0]["known"], false);
  EXPECT_TRUE(std::filesystem::exists(findings + "/" + cause + ".sched"));
  const Ran added = Finwait("corpus add " + cause + " --findings " + findings + " --to " + empty);
  EXPECT_EQ(added.exit_code, 0) << added.out;
  EXPECT_EQ(Finwait("corpus check " + empty).exit_code, 0);
  const Ran twice = Finwait("corpus add " + cause + " --findings " + findings + " --to " + empty);
  EXPECT_EQ(twice.exit_code, 2) << "what is kept is not overwritten";
  EXPECT_THAT(twice.out, HasSubstr("already"));
  const nlohmann::json again =
      Json("hunt --kernel linux-5.10 --property fin-not-silently-dropped --json --known " + empty);
  EXPECT_EQ(again[0]["violations"][0]["known"], true);
}

// The corpus has another case that shows the FIN which a failing send() takes off the queue.
TEST(Cli, HuntTellsACauseOfAKnownOrigin) {
  const std::string hunt = "hunt --kernel linux-5.10.46 --property fin-is-sent --schedules 4000";
  const Ran ran = Finwait(hunt);
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("  origin   failing-send. "));
  EXPECT_THAT(ran.out, HasSubstr("1 cause, 0 new "));
  EXPECT_THAT(ran.out, HasSubstr(", another of a known origin: failing-send\n"));
  const nlohmann::json json = Json(hunt + " --json");
  EXPECT_EQ(json[0]["violations"][0]["known"], true);
  EXPECT_EQ(json[0]["violations"][0]["origins"][0]["behaviour"], "failing-send");
}

TEST(Cli, HuntHoldsOnTheNewKernel) {
  const Ran ran = Finwait("hunt --kernel linux-6.12 --schedules 20000");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("HELD      43 of 44 properties applied, 20,000 schedules"));
}

TEST(Cli, AVacuousHuntIsNotGreen) {
  const std::string one = "hunt --kernel linux-6.12 --schedules 1 --property one-fin-one-number";
  EXPECT_EQ(Finwait(one).exit_code, 1);
  EXPECT_THAT(Finwait(one).out, HasSubstr("never applied"));
  EXPECT_EQ(Finwait(one + " --allow-vacuous").exit_code, 0);
}

TEST(Cli, AHuntInWhichNothingAppliesIsNotGreenEither) {
  HuntOptions hunt;
  hunt.setup = PairOf(*FindProfile("linux-6.12"), *FindProfile("linux-6.12"));
  hunt.small_windows = true;
  hunt.schedules_max = 1;
  const auto applies = [&] {
    const HuntResult result = Hunt(hunt);
    return std::any_of(result.applied.begin(), result.applied.end(),
                       [](uint64_t count) { return count > 0; });
  };
  while (applies()) ASSERT_LT(++hunt.seed, 10'000U) << "no seed whose first schedule says nothing";
  const std::string nothing =
      "hunt --kernel linux-6.12 --schedules 1 --seed " + std::to_string(hunt.seed);
  EXPECT_EQ(Finwait(nothing).exit_code, 1);
  EXPECT_EQ(Finwait(nothing + " --allow-vacuous").exit_code, 0);
}

TEST(Cli, ADefaultCorpusThatCannotBeReadIsAnError) {
  const TemporaryFolder folder;
  folder.File("broken.sched", "finwait 1\nnonsense\n");
  const std::string hunt = "hunt --kernel linux-6.12 --schedules 100";
  setenv("FINWAIT_CORPUS", folder.path().c_str(), 1);
  const Ran broken = Finwait(hunt);
  setenv("FINWAIT_CORPUS", (folder.path() + "/none").c_str(), 1);
  const Ran missing = Finwait(hunt);
  unsetenv("FINWAIT_CORPUS");
  EXPECT_EQ(broken.exit_code, 2);
  EXPECT_THAT(broken.out, HasSubstr("broken.sched:2:1: unknown word 'nonsense'"));
  EXPECT_EQ(missing.exit_code, 0) << "no corpus knows no cause";
}

TEST(Cli, ReplayJudgesAndExpectsWhatTheFileSays) {
  const Ran ran = Finwait("replay " + kDisorder);
  EXPECT_EQ(ran.exit_code, 0) << "violated, as expected";
  EXPECT_THAT(ran.out, HasSubstr("DISCARDED: ack 753 < SND.UNA 754"));
  EXPECT_THAT(ran.out, HasSubstr("14913"));
  EXPECT_THAT(ran.out, HasSubstr("795a7dfbc3d9"));
  EXPECT_EQ(Finwait("replay " + kDisorder + " --kernel linux-6.12").exit_code, 0);
  const std::string line = "'A.shutdown WR; B.shutdown WR; deliver A1 B2 B1'";
  EXPECT_EQ(Finwait("replay --kernel linux-5.10 -e " + line).exit_code, 1);
  EXPECT_EQ(Finwait("replay --kernel linux-6.12 -e " + line).exit_code, 0);
  EXPECT_EQ(Finwait("replay corpus").exit_code, 0);
  EXPECT_THAT(Finwait("replay --ascii " + kDisorder).out, Not(HasSubstr("─")));
  EXPECT_THAT(Finwait("replay " + kDisorder).out, Not(HasSubstr("\x1b[")))
      << "no colours in a pipe";
}

TEST(Cli, TheMatrixNamesEveryModeWithItsReason) {
  const nlohmann::json matrix = Json("replay --matrix --json " + kDisorder);
  EXPECT_EQ(matrix["property"], "fin-not-silently-dropped");
  EXPECT_EQ(matrix["varied_end"], "A");
  size_t kernels = 0;
  for (const nlohmann::json& row : matrix["rows"]) {
    EXPECT_FALSE(row["why"].get<std::string>().empty());
    for (const std::string kernel : row["kernels"]) {
      ++kernels;
      const bool old_kernel = kernel == "linux-5.10" || kernel == "linux-6.6";
      const bool new_kernel = kernel == "linux-6.12" || kernel == "linux-7.2";
      if (!old_kernel && !new_kernel) continue;
      const std::string mode = row["mode"];
      const bool late = mode == "linger-n" && row["wake_up"] == "late";
      const bool lost = old_kernel && (mode.starts_with("shutdown") || late);
      EXPECT_EQ(row["verdict"], mode == "linger-0" ? "vacuous"
                                : lost             ? "violated"
                                                   : "holds")
          << kernel << ", " << mode;
    }
  }
  EXPECT_EQ(kernels, 66U) << "eleven profiles in five modes, one with two orders of wake-up";
}

TEST(Cli, BadFilesGetOneLineAndExitTwo) {
  const TemporaryFolder folder;
  std::ifstream in(kDisorder);
  const std::string whole((std::istreambuf_iterator<char>(in)), {});
  std::string noise(size_t{3} << 20, '\0');
  for (size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * 2654435761U >> 13);
  std::filesystem::create_directory(folder.path() + "/none");
  const std::pair<std::string, std::string> bad[] = {
      {folder.File("cut.sched", whole.substr(0, whole.size() - 4)), "cut short"},
      {folder.File("unknown.sched", "finwait 1\nA.dance\nend\n"), ":2:1: unknown call 'A.dance'"},
      {folder.File("range.sched", "finwait 1\nA.send 999\nend\n"), "out of range 1 to 255"},
      {folder.File("empty.sched", ""), "empty"},
      {folder.File("noise.sched", noise), "larger than 1 MiB"},
      {folder.path() + "/none", "no .sched file"},
      {folder.path() + "/missing.sched", "no such file"},
  };
  for (const auto& [path, reason] : bad) {
    const Ran ran = Finwait("replay " + path);
    EXPECT_EQ(ran.exit_code, 2) << path;
    EXPECT_THAT(ran.out, HasSubstr(reason));
    EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 1) << ran.out;
  }
}

TEST(Cli, ShrinkWritesAScheduleThatReplays) {
  const TemporaryFolder folder;
  const std::string to = folder.path() + "/small.sched";
  const std::string found =
      "'kernel linux-5.10; B.send 10; deliver B1; A.shutdown WR; A.recv; "
      "B.shutdown WR; duplicate A1; deliver A2 B3 B2'";
  const Ran ran = Finwait("shrink -e " + found + " -o " + to);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("proven minimal"));
  EXPECT_EQ(Finwait("replay " + to).exit_code, 0) << "it carries what is expected of it";
  EXPECT_EQ(Finwait("shrink -e 'A.close'").exit_code, 2) << "nothing to shrink";
}

TEST(Cli, ListsAreReadByPeopleAndPrograms) {
  EXPECT_EQ(Json("list rules --json").size(), Json("hunt --kernel linux-6.12 --schedules 10 --json "
                                                   "--allow-vacuous")[0]["rules_hit"]
                                                  .size());
  EXPECT_EQ(Json("list properties --json").size(), 45U);
  EXPECT_EQ(Json("list kernels --json").size(), 11U);
  EXPECT_THAT(Finwait("list targets").out, HasSubstr("host"));
  EXPECT_THAT(Finwait("list kernels").out, HasSubstr("read, not run"));
  EXPECT_THAT(Finwait("list kernels").out, HasSubstr("every other release from 5.10.0 to 7.3.4"));
  EXPECT_EQ(Finwait("list rules no.such.rule").exit_code, 2);
}

}  // namespace
}  // namespace finwait
