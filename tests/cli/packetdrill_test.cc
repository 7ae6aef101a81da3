// SPDX-License-Identifier: Apache-2.0
//
// replay of .pkt files and convert, as their users run them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// A file that goes with the test.
class Temporary {
 public:
  explicit Temporary(const std::string& text) {
    std::string name = std::filesystem::temp_directory_path() / "finwait-pkt-XXXXXX";
    folder_ = mkdtemp(name.data());
    path_ = folder_ + "/x.pkt";
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~Temporary() { std::filesystem::remove_all(folder_); }
  const std::string& path() const { return path_; }
  std::string Text() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

 private:
  std::string folder_, path_;
};

const std::string kIncident = "corpus/packetdrill/old-ack-fin-in-fin-wait-2.pkt";

TEST(CliPacketdrill, ReplaySaysOfEachLineWhatCame) {
  const Ran held = Finwait("replay " + kIncident + " --on model:linux-6.12");
  EXPECT_EQ(held.exit_code, 0);
  EXPECT_THAT(held.out, HasSubstr("F. 1:1(0) ack 1 at 10.0 ms"));
  EXPECT_THAT(held.out, HasSubstr("HELD"));
  const Ran failed = Finwait("replay " + kIncident + " --on model:linux-5.10");
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_THAT(failed.out, HasSubstr("expected  . 2:2(0) ack 2 at 60.0 ms\n"
                                    "                came      . 2:2(0) ack 1 at 60.0 ms\n"));
  EXPECT_THAT(failed.out, HasSubstr("not run"));
}

TEST(CliPacketdrill, ReplayTakesADirectory) {
  const Ran ran = Finwait("replay corpus/packetdrill");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("scripts held\n"));
}

TEST(CliPacketdrill, ReplayReportsInKtapAndJson) {
  const Ran ktap = Finwait("replay " + kIncident + " --on model:linux-5.10 --ktap");
  EXPECT_EQ(ktap.exit_code, 1);
  EXPECT_THAT(ktap.out, StartsWith("KTAP version 1\n1..1\n  KTAP version 1\n"));
  EXPECT_THAT(ktap.out, HasSubstr("\nnot ok 1 " + kIncident + " on model:linux-5.10\n"));
  const Ran json = Finwait("replay " + kIncident + " --on model:linux-5.10 --json");
  EXPECT_EQ(json.exit_code, 1);
  const auto parsed = nlohmann::json::parse(json.out);
  EXPECT_EQ(parsed[0]["held"], false);
  EXPECT_EQ(parsed[0]["target"], "model:linux-5.10");
  EXPECT_EQ(Finwait("replay " + kDisorder + " --ktap").exit_code, 2);
}

TEST(CliPacketdrill, WhatIsNotSupportedIsSaidWithItsLine) {
  const Temporary shell("\n`./set_up_the_moon.sh`\n");
  const Ran ran = Finwait("replay " + shell.path());
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("x.pkt:2:1: not supported: the command './set_up_the_moon.sh'"));
  EXPECT_EQ(Finwait("replay no-such.pkt").exit_code, 2);
  EXPECT_EQ(Finwait("replay " + kIncident + " --on moon").exit_code, 2);
  EXPECT_EQ(Finwait("replay " + kIncident + " --on model:linux-1.0").exit_code, 2);
  EXPECT_EQ(Finwait("replay " + kIncident + " --matrix").exit_code, 2);
}

TEST(CliPacketdrill, ConvertWritesWhatAFixedKernelDoes) {
  const Temporary out("");
  const Ran converted = Finwait("convert " + kDisorder + " --side A -o " + out.path());
  EXPECT_EQ(converted.exit_code, 0) << converted.out;
  EXPECT_THAT(out.Text(),
              HasSubstr("// 795a7dfbc3d9 (\"net: tcp: accept old ack during closing\")\n"));
  EXPECT_EQ(Finwait("replay " + out.path() + " --on model:linux-6.12").exit_code, 0);
  EXPECT_EQ(Finwait("replay " + out.path() + " --on model:linux-5.10").exit_code, 1);
}

TEST(CliPacketdrill, ConvertWritesWhatWasObserved) {
  const Temporary out("");
  const Ran converted =
      Finwait("convert " + kDisorder + " --side A --expect observed --kselftest -o " + out.path());
  EXPECT_EQ(converted.exit_code, 0) << converted.out;
  EXPECT_THAT(out.Text(), HasSubstr("\n`./defaults.sh`\n"));
  EXPECT_THAT(out.Text(), Not(HasSubstr("795a7dfbc3d9")));
  EXPECT_EQ(Finwait("replay " + out.path() + " --on model:linux-6.12").exit_code, 1);
  EXPECT_EQ(Finwait("replay " + out.path() + " --on model:linux-5.10").exit_code, 0);
}

TEST(CliPacketdrill, ConvertSaysWhenTheFixMakesNoDifference) {
  const Ran converted = Finwait("convert " + kDisorder + " --side B");
  EXPECT_EQ(converted.exit_code, 0);
  EXPECT_THAT(converted.out, HasSubstr("end B answers the same whether or not a FIN that arrives"));
  EXPECT_EQ(Finwait("convert " + kDisorder).exit_code, 2);
  EXPECT_EQ(Finwait("convert " + kDisorder + " --side A -o x.svg").exit_code, 2);
  EXPECT_THAT(Finwait("convert --help").out, HasSubstr("Examples"));
}

}  // namespace
}  // namespace finwait
