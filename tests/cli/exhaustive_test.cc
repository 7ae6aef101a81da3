// SPDX-License-Identifier: Apache-2.0
//
// finwait hunt --exhaustive as its users run it: in shards, with too little memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ExhaustiveCli : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = std::filesystem::temp_directory_path() / "finwait-exhaustive-XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string In(const std::string& name) const { return folder_ + "/" + name; }

  std::string folder_;
};

TEST_F(ExhaustiveCli, TooLittleMemoryIsSaidAndHasItsExitCode) {
  const Ran ran = Finwait(
      "hunt --exhaustive --a linux-6.12,shutdown-wr --b linux-6.12,shutdown-wr --reads 0 "
      "--in-flight 2 --losses 0 --retransmissions 1 --property fin-not-silently-dropped --jobs 2 "
      "--memory 4M");
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.out, HasSubstr("the memory limit of 4 MB was reached"));
  EXPECT_THAT(ran.out, HasSubstr("unfinished"));
  EXPECT_THAT(ran.out, Not(HasSubstr(", holds")));
}

TEST_F(ExhaustiveCli, ShardsAreJoined) {
  const std::string region =
      "hunt --exhaustive --kernel linux-5.10 --reads 0 --in-flight 2 --losses 0 "
      "--retransmissions 0 --allow-vacuous --findings " +
      In("findings");
  std::string files;
  for (const std::string number : {"1", "2"}) {
    const std::string file = In("part-" + number + ".json");
    EXPECT_EQ(Finwait(region + " --shard " + number + "/2 --result " + file).exit_code, 1);
    files += " " + file;
  }
  const Ran joined = Finwait("hunt --join" + files);
  EXPECT_EQ(joined.exit_code, 1);
  EXPECT_THAT(joined.out, HasSubstr("A.shutdown WR; B.shutdown WR; deliver A1 B2 B1"));
  EXPECT_EQ(Finwait("hunt --join " + In("part-1.json")).exit_code, 2);
  EXPECT_THAT(Finwait("hunt --join " + In("part-1.json")).out, HasSubstr("2/2 is missing"));

  const std::string merge = "corpus merge --to " + In("corpus");
  const Ran half = Finwait(merge + " " + In("part-2.json"));
  EXPECT_EQ(half.exit_code, 2);
  EXPECT_THAT(half.out, HasSubstr("1/2 is missing"));
  EXPECT_FALSE(std::filesystem::exists(In("corpus"))) << "a half set must leave nothing";
  const Ran merged = Finwait(merge + files);
  EXPECT_EQ(merged.exit_code, 0) << merged.out;
  EXPECT_THAT(merged.out, HasSubstr(" 0 without a cause"));
  EXPECT_EQ(Finwait("corpus check " + In("corpus")).exit_code, 0);
  EXPECT_THAT(Finwait(merge + files).out, HasSubstr("; 0 written, 0 removed"));
}

TEST_F(ExhaustiveCli, BadInputIsAUsageError) {
  for (const char* const wrong : {"--memory lots", "--memory 0G", "--shard 3/2", "--shard 0/2",
                                  "--shard 1", "--losses 99", "--shard 1/2", "--mode slam"}) {
    EXPECT_EQ(Finwait(std::string("hunt --exhaustive ") + wrong).exit_code, 2) << wrong;
  }
  EXPECT_EQ(Finwait("hunt --join nowhere.json").exit_code, 2);
}

}  // namespace
}  // namespace finwait
