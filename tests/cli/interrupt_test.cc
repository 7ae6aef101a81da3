// SPDX-License-Identifier: Apache-2.0
//
// Ctrl-C and SIGTERM at some moment of a long search: what was found until then is told and kept,
// and the exit code names the signal. And findings that cannot be kept are shown all the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <random>
#include <string>

#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

using ::testing::HasSubstr;

struct Search {
  const char* name;
  const char* arguments;
  const char* account;  // Part of what is printed however early it ends.
};

constexpr Search kSearches[] = {
    {"hunt", "hunt --kernel linux-6.12 --schedules 1000000000", "STOPPED"},
    {"exhaustive", "hunt --exhaustive --kernel linux-6.12 --sends 2 --memory 8G", "UNFINISHED"},
    {"check", "check --schedules 10000000", "interrupted: what follows was not run"},
    {"diff", "diff model:linux-6.12 model:linux-6.12 --schedules 1000000000", " schedules, "},
};

// The program is sent the signal after so many seconds.
Ran After(const std::string& seconds, const std::string& signal, const std::string& arguments) {
  return RunCommand("timeout --preserve-status -s " + signal + " " + seconds + " " +
                    FINWAIT_BINARY + " " + arguments);
}

class Interrupted : public ::testing::TestWithParam<Search> {};

TEST_P(Interrupted, TellsItsAccountAndTheSignal) {
  std::random_device random;
  for (const auto& [signal, code] : {std::pair("INT", 130), std::pair("TERM", 143)}) {
    const TemporaryFolder folder;
    const bool keeps = std::string(GetParam().name) != "diff";
    const std::string after = std::to_string(0.4 + 0.1 * static_cast<double>(random() % 12));
    const Ran ran =
        After(after, signal,
              std::string(GetParam().arguments) + (keeps ? " --findings " + folder.path() : ""));
    EXPECT_EQ(ran.exit_code, code) << "after " << after << " s\n" << ran.out;
    EXPECT_THAT(ran.out, HasSubstr(GetParam().account)) << "after " << after << " s";
    EXPECT_THAT(ran.out, HasSubstr(std::string("interrupted by SIG") + signal));
  }
}

INSTANTIATE_TEST_SUITE_P(Searches, Interrupted, ::testing::ValuesIn(kSearches),
                         [](const auto& search) { return std::string(search.param.name); });

TEST(InterruptedHunt, HasKeptWhatItFound) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() + "/known");
  std::filesystem::copy("corpus/incident/in-order.sched", folder.path() + "/known");
  const Ran ran = After("3", "INT",
                        "hunt --kernel linux-5.10 --keep-going --schedules 1000000000 --known " +
                            folder.path() + "/known --findings " + folder.path() + "/findings");
  EXPECT_EQ(ran.exit_code, 130) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("VIOLATED  fin-not-silently-dropped"));
  EXPECT_THAT(ran.out, HasSubstr("found    C-1329b1 fin-not-silently-dropped, kept: "));
  EXPECT_TRUE(std::filesystem::exists(folder.path() + "/findings/C-1329b1.sched"));
}

// The violation was never shown.
TEST(Findings, ThatCannotBeKeptAreShownFirst) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() + "/known");
  std::filesystem::copy("corpus/incident/in-order.sched", folder.path() + "/known");
  const std::string to = " --known " + folder.path() + "/known --findings " +
                         folder.File("file", "not a folder") + "/findings";
  for (const char* const how : {"", " --exhaustive --losses 0 --retransmissions 0"}) {
    const Ran ran =
        Finwait("hunt --kernel linux-5.10 --property fin-not-silently-dropped" + to + how);
    EXPECT_EQ(ran.exit_code, 3) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("DISCARDED: ack 753 < SND.UNA 754"));
  }
}

// The bound held for the search of the region, not for that of the shortest case in it.
TEST(Memory, BoundsTheSearchForTheShortestCaseToo) {
  const TemporaryFolder folder;
  const Ran ran = Finwait(
      "hunt --exhaustive --kernel linux-5.10 --property text-not-silently-dropped --mode linger-0 "
      "--memory 60M --retransmissions 1 --json --findings " +
      folder.path());
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  const size_t at = ran.out.find("\"bytes_peak\": ");
  ASSERT_NE(at, std::string::npos);
  EXPECT_LT(std::stoull(ran.out.substr(at + 14)), 70'000'000U) << "62.9 MB and a growing vector";
  EXPECT_THAT(ran.out, HasSubstr("\"verdict\": \"violated\""));
}

}  // namespace
}  // namespace finwait
