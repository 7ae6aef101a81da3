// SPDX-License-Identifier: Apache-2.0
//
// finwait hunt --exhaustive, killed and started again.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

// About half a second of search.
const std::string kRegion =
    "hunt --exhaustive --a linux-6.12,shutdown-wr --b linux-6.12,shutdown-wr --reads 0 "
    "--in-flight 2 --losses 0 --retransmissions 1 --property fin-not-silently-dropped --jobs 2";

nlohmann::json JsonOf(const Ran& ran) { return nlohmann::json::parse(ran.out).at(0); }

// Twenty kills in all: each search is killed until one of its runs comes to its end.
TEST(ExhaustiveKilled, AfterAnyNumberOfKillsTheCountsAreTheSame) {
  std::string folder = std::filesystem::temp_directory_path() / "finwait-killed-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const auto started = std::chrono::steady_clock::now();
  const nlohmann::json whole = JsonOf(Finwait(kRegion + " --json", "2>/dev/null"));
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - started);
  std::minstd_rand random(std::random_device{}());
  bool went_on = false;
  int killed = 0;
  for (int search = 0; killed < 20; ++search) {
    ASSERT_LT(search, 100) << "hardly any was killed while it ran";
    const std::string resumable =
        kRegion + " --json --resume " + folder + "/" + std::to_string(search);
    const std::string command = FINWAIT_BINARY " " + resumable;
    while (killed < 20 && KilledAfter(command, took * (1 + random() % 100) / 100)) ++killed;
    const nlohmann::json resumed = JsonOf(Finwait(resumable, "2>/dev/null"));
    went_on |= resumed.at("timing").at("resumed").get<bool>();
    EXPECT_EQ(resumed.at("states"), whole.at("states"));
    EXPECT_EQ(resumed.at("edges"), whole.at("edges"));
    EXPECT_EQ(resumed.at("levels"), whole.at("levels"));
    EXPECT_EQ(resumed.at("properties"), whole.at("properties"));
  }
  EXPECT_TRUE(went_on);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace finwait
