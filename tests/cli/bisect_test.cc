// SPDX-License-Identifier: Apache-2.0
//
// git bisect run over kernels: a repository whose commits each name the guest to boot stands in for
// a kernel's. Run by ./x test --guests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

constexpr const char* kGuests[] = {"linux-5.10", "uml-5.10", "uml-6.1", "linux-6.12"};

// A FIN whose acknowledgement number is old, after shutdown(), held against a kernel that loses it.
constexpr const char* kDiff =
    " diff --skip-exit 125 model:linux-5.10 guest:$(cat guest) -e 'open passively; "
    "shutdown(SHUT_WR); < . 1:1(0) ack 2 win 64240; < F. 1:1(0) ack 1 win 64240'";

class Bisect : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::getenv("FINWAIT_STATIC") == nullptr) {
      GTEST_SKIP() << "guests are booted by: ./x test --guests";
    }
    const std::string there = Finwait("list targets").out;
    for (const std::string guest : kGuests) {
      if (there.find("guest:" + guest + " ") == std::string::npos) {
        GTEST_SKIP() << "no guest " << guest << "; fetch it: ./x guests";
      }
    }
    std::string folder = ::testing::TempDir() + "finwait-bisect-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    if (Shell("git init -q").exit_code != 0) GTEST_SKIP() << "no git";
    Write("finwait.sh", std::string("#!/bin/sh\nexec ") + FINWAIT_BINARY + kDiff + "\n");
    Write("no-kernel", "not a kernel");
  }

  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  void Write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_ / file) << text;
  }

  Ran Shell(const std::string& command) const {
    return RunCommand("cd " + folder_.string() + " && { " + command + "; }");
  }

  void Commit(const std::string& guest, const std::string& subject) const {
    Write("guest", guest + "\n");
    const Ran ran = Shell(
        "git add -A && git -c user.name=finwait -c user.email=finwait@example.org "
        "-c commit.gpgsign=false commit --allow-empty -q -m '" +
        subject + "'");
    ASSERT_EQ(ran.exit_code, 0) << ran.out;
  }

  std::filesystem::path folder_;
};

TEST_F(Bisect, EndsAtTheCommitThatChangedTheBehaviour) {
  Commit("linux-5.10", "first");
  Commit("uml-5.10", "second");
  Commit("linux-5.10", "third");
  Commit("./no-kernel", "does not boot");  // In the middle: git asks for it first.
  Commit("uml-5.10", "fifth");
  Commit("uml-6.1", "takes the late FIN");
  Commit("linux-6.12", "last");
  const Ran start = Shell(
      "git bisect start --term-old=discards --term-new=takes && git bisect takes HEAD && "
      "git bisect discards HEAD~6");
  ASSERT_EQ(start.exit_code, 0) << start.out;
  const Ran ran = Shell("git bisect run sh ./finwait.sh");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("the guest ./no-kernel"));
  const Ran log = Shell("git bisect log");
  EXPECT_THAT(log.out, AllOf(ContainsRegex("skip: .* does not boot"),
                             ContainsRegex("first takes commit: .* takes the late FIN")));
}

TEST_F(Bisect, WhatIsNoVerdictIsSkipped) {
  const std::string skip = "in --skip-exit 125 guest:uml-6.1 ";
  EXPECT_EQ(Finwait(skip + "list kernels").exit_code, 0);
  EXPECT_EQ(Finwait(skip + "diff model:linux-5.10 model:linux-6.12 --schedules 100").exit_code, 1);
  const Ran refused = Finwait(skip + "replay no-such-file");
  EXPECT_EQ(refused.exit_code, 125);
  EXPECT_THAT(refused.out, HasSubstr("exit code 2 in the guest is no verdict; skipped"));
  EXPECT_EQ(Finwait("in guest:uml-6.1 replay no-such-file").exit_code, 2);
}

TEST_F(Bisect, AKernelGivenByPathSaysWhatItLacks) {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  const std::string folder = cache != nullptr && *cache != '\0'
                                 ? std::string(cache)
                                 : std::string(std::getenv("HOME")) + "/.cache";
  const std::string image = folder + "/finwait/guests/linux-5.10/kernel";
  const std::string replay = "replay corpus/incident/disorder.sched --skip-exit 125 --on guest:";
  const Ran beside = Finwait(replay + image);
  EXPECT_EQ(beside.exit_code, 0) << beside.out;
  EXPECT_THAT(beside.out, HasSubstr("segment by segment with: linux-5.10.46, linux-5.10.112"));
  std::filesystem::copy_file(image, folder_ / "bzImage");  // Without its modules.
  const Ran alone = Finwait(replay + (folder_ / "bzImage").string());
  EXPECT_EQ(alone.exit_code, 125);
  EXPECT_THAT(alone.out, AllOf(HasSubstr("CONFIG_TUN"), HasSubstr("CONFIG_INET_TCP_DIAG")));
}

}  // namespace
}  // namespace finwait
