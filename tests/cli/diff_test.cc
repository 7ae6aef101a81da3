// SPDX-License-Identifier: Apache-2.0
//
// diff and probe as their users run them, and the JSON that others read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> KeysOf(const nlohmann::json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;  // In the order of the alphabet.
}

const std::string kLateFin =
    "-e 'open passively; shutdown(SHUT_WR); < . 1:1(0) ack 2 win 64240; "
    "< F. 1:1(0) ack 1 win 64240'";

TEST(DiffCommand, HasTheJsonThatOthersRead) {
  const Ran ran =
      Finwait("diff model:linux-5.10 model:linux-6.12 --schedules 500 --json", "2>/dev/null");
  EXPECT_EQ(ran.exit_code, 1);
  const nlohmann::json json = nlohmann::json::parse(ran.out);
  EXPECT_THAT(KeysOf(json),
              ElementsAre("counters", "divergences", "events", "events_compared", "not_compared",
                          "release", "rules_hit", "schedules", "timing", "x", "y"));
  EXPECT_TRUE(json["counters"].is_null());
  EXPECT_EQ(json["x"], "model:linux-5.10");
  EXPECT_EQ(json["y"], "model:linux-6.12");
  EXPECT_EQ(json["schedules"], 500);
  EXPECT_GT(json["rules_hit"]["segment.fin.advances"], 0);
  EXPECT_GE(json["not_compared"].size(), 5U);
  EXPECT_THAT(KeysOf(json["timing"]), ElementsAre("rate_vs_bare_loop", "seconds"));
  EXPECT_TRUE(json["timing"]["rate_vs_bare_loop"].is_null());
  ASSERT_FALSE(json["divergences"].empty());
  const nlohmann::json& first = json["divergences"][0];
  EXPECT_THAT(KeysOf(first), ElementsAre("counter", "rule", "schedule", "step", "x", "y"));
  EXPECT_TRUE(first["counter"].is_null());
  const Ran again = Finwait("diff model:linux-5.10 model:linux-6.12 -e '" +
                            first["schedule"].get<std::string>() + "'");
  EXPECT_EQ(again.exit_code, 1) << again.out;
}

TEST(DiffCommand, NamesTheBehaviourAndTheCommandThatRepeatsIt) {
  const Ran ran = Finwait("diff model:linux-5.10 model:linux-6.12 " + kLateFin);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, HasSubstr("old-ack-while-closing"));
  EXPECT_THAT(ran.out, HasSubstr("795a7dfbc3d9, in 6.9, 6.6.130, 6.1.167; not in 5.10.262"));
  EXPECT_THAT(ran.out, HasSubstr("again  finwait diff model:linux-5.10 model:linux-6.12 -e 'open"));
}

TEST(DiffCommand, TakesAReleaseForAKernel) {
  const Ran ran = Finwait("diff model:6.1.166 model:linux-6.1.167 " + kLateFin);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, HasSubstr("old-ack-while-closing"));
  EXPECT_EQ(Finwait("diff model:6.1.167 model:6.1.176 --schedules 200").exit_code, 0);
  const Ran older = Finwait("diff model:4.19.124 model:6.1.176");
  EXPECT_EQ(older.exit_code, 2);
  EXPECT_THAT(older.out, HasSubstr("unknown kernel '4.19.124'; older than 5.10.0"));
}

TEST(DiffCommand, TakesSettingsOfTheHost) {
  const std::string models = "diff model:linux-6.12 model:linux-6.12 ";
  const std::string command =
      models +
      "--json -e 'open passively; shutdown(SHUT_WR); < F. 1:1(0) ack 2 win 64240; "
      "< R 2:2(0)' --sysctl ";
  const auto hits = [&](const std::string& setting) {
    const Ran ran = Finwait(command + setting);
    EXPECT_EQ(ran.exit_code, 0) << ran.out;
    return nlohmann::json::parse(ran.out)["rules_hit"]["time_wait.rst_refused"].get<int>();
  };
  EXPECT_EQ(hits("tcp_rfc1337=1"), 1);
  EXPECT_EQ(hits("net.ipv4.tcp_rfc1337=0"), 0);
  for (const auto& [setting, reason] :
       {std::pair("tcp_rfc1337=7", "takes 0 to 1"), std::pair("tcp_rfc1337", "takes 0 to 1"),
        std::pair("tcp_nothing=1", "not known: the setting tcp_nothing=1")}) {
    const Ran ran = Finwait(command + setting);
    EXPECT_EQ(ran.exit_code, 2);
    EXPECT_THAT(ran.out, HasSubstr(reason));
  }
}

TEST(DiffCommand, RunsTheMatrix) {
  const Ran ran = Finwait("diff model:linux-6.18 model:linux-6.18 --matrix --json");
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(nlohmann::json::parse(ran.out)["schedules"], 146'850);
  EXPECT_EQ(Finwait("diff model:linux-6.18 host --matrix --schedules 5").exit_code, 2);
}

TEST(DiffCommand, ComparesCounters) {
  const std::string command =
      "diff model:linux-6.12 model:linux-6.18 --counters -e 'open passively TS val 100000; "
      "shutdown(SHUT_RDWR); < F. 1:1(0) ack 2 win 64240 TS val 100000 ecr 0; "
      "< F. 2:2(0) ack 2 win 64240 TS val 99000 ecr 0'";
  const Ran ran = Finwait(command);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, HasSubstr("counts PAWSEstab 1, PAWSTimewait 0"));
  EXPECT_THAT(ran.out, HasSubstr("again  finwait diff model:linux-6.12 model:linux-6.18 --count"));
  EXPECT_THAT(ran.out, HasSubstr("not compared: CurrEstab: a gauge"));
  const nlohmann::json json = nlohmann::json::parse(Finwait(command + " --json").out);
  EXPECT_EQ(json["divergences"][0]["counter"], "PAWSEstab");
  EXPECT_GE(json["counters"].size(), 30U);
}

TEST(DiffCommand, AgreesWithItself) {
  const Ran ran = Finwait("diff model:linux-6.1 model:linux-6.1 --schedules 500 --waits 20");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("AGREE"));
}

TEST(DiffCommand, HoldsALingeringCloseAgainstTheModel) {
  const Ran ran =
      Finwait("diff model:linux-5.10 model:linux-5.10 --linger --schedules 300 --waits 30 --json",
              "2>/dev/null");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  const nlohmann::json json = nlohmann::json::parse(ran.out);
  EXPECT_GT(json["rules_hit"]["close.lingers"], 0);
  EXPECT_GT(json["rules_hit"]["linger.returns"], 0);
}

TEST(DiffCommand, RefusesWhatItCannotRun) {
  EXPECT_EQ(Finwait("diff model:linux-5.10").exit_code, 2);
  EXPECT_EQ(Finwait("diff host model:linux-5.10").exit_code, 2);
  EXPECT_EQ(Finwait("diff model:linux-5.10 moon").exit_code, 2);
  EXPECT_EQ(Finwait("diff model:linux-1.0 host").exit_code, 2);
  EXPECT_EQ(Finwait("diff model:linux-5.10 model:linux-6.1 -e 'close()'").exit_code, 2);
  EXPECT_EQ(Finwait("diff model:linux-5.10 model:linux-6.1 missing.solo").exit_code, 2);
  EXPECT_EQ(Finwait("diff model:linux-5.10 guest:nowhere").exit_code, 3);
  EXPECT_THAT(Finwait("diff --help").out, HasSubstr("Examples"));
  EXPECT_THAT(Finwait("diff --help").out, Not(HasSubstr("shown-as")));
}

TEST(ProbeCommand, AsksForEveryBehaviour) {
  const Ran ran = Finwait("probe --json", "2>/dev/null");
  if (ran.exit_code == 3) GTEST_SKIP() << "the live kernel cannot be asked here";
  ASSERT_EQ(ran.exit_code, 0);
  const nlohmann::json json = nlohmann::json::parse(ran.out);
  ASSERT_FALSE(json["fields"].empty());
  EXPECT_TRUE(json["fields"][0].contains("releases"));
  EXPECT_FALSE(json["nearest"].empty());
  EXPECT_GE(json["answers"], 10);
  EXPECT_EQ(Finwait("probe --on moon").exit_code, 2);
}

// Of a kernel where each schedule costs much, none but those named.
TEST(RecordCommand, TakesNoMoreThanWhatIsNamed) {
  const Ran ran = Finwait(
      "record host --kernel linux-6.18 --schedules 0 corpus/kernels/scenarios/S-11-late-fin.solo");
  if (ran.exit_code == 3) GTEST_SKIP() << "the live kernel cannot be asked here";
  EXPECT_THAT(ran.out, HasSubstr("0 cells of the matrix and 0 of 0 random schedules kept"));
}

}  // namespace
}  // namespace finwait
