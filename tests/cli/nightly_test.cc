// SPDX-License-Identifier: Apache-2.0
//
// A night's search that is killed again and again ends as one that was left alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <string>

#include "fuzz/corpus.h"
#include "fuzz/random.h"
#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class Nightly : public ::testing::Test {
 protected:
  Nightly() {
    fs::remove_all(root_);
    fs::create_directories(root_ + "/known");
    fs::copy("corpus/incident/in-order.sched", root_ + "/known");
    setenv("FINWAIT_CORPUS", (root_ + "/known").c_str(), 1);
    setenv("FINWAIT_BINARY", FINWAIT_BINARY, 1);
  }
  ~Nightly() override {
    unsetenv("FINWAIT_CORPUS");
    unsetenv("FINWAIT_BINARY");
    fs::remove_all(root_);
  }

  std::string Out(const std::string& name) const { return root_ + "/" + name; }
  static std::string Command(const std::string& out) {
    return "exec scripts/nightly --minutes 1 --seed 5 --schedules 20000 --only random,merge "
           "--out " +
           out;
  }

  // Starts a night and kills it, and all it has started, after that long. Whether it still ran.
  static bool Killed(const std::string& out, useconds_t wait_us) {
    const pid_t child = fork();
    if (child == 0) {
      setpgid(0, 0);
      const std::string quiet = Command(out) + " >/dev/null 2>&1";
      execl("/bin/bash", "bash", "-c", quiet.c_str(), nullptr);
      _exit(127);
    }
    setpgid(child, child);
    usleep(wait_us);
    kill(-child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status);
  }

  static std::map<std::string, std::string> Cases(const std::string& out) {
    std::map<std::string, std::string> cases;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(out + "/corpus", error)) {
      if (entry.path().extension() != ".sched") continue;
      cases[entry.path().filename().string()] = *ReadFile(entry.path().string());
    }
    return cases;
  }

 private:
  const std::string root_ =
      ::testing::TempDir() + "nightly-" + std::to_string(static_cast<int>(getpid()));
};

TEST_F(Nightly, KilledAtAnyMomentItGoesOnAndLosesNothing) {
  const Ran whole = RunCommand(Command(Out("whole")));
  ASSERT_EQ(whole.exit_code, 1) << whole.out;
  const auto cases = Cases(Out("whole"));
  ASSERT_GT(cases.size(), 3U);
  Random random(1);
  int killed = 0;
  for (int i = 0; i < 8; ++i) {
    killed += Killed(Out("killed"), 20'000 + random.Below(400'000)) ? 1 : 0;
    for (const auto& [name, text] : Cases(Out("killed"))) {
      EXPECT_TRUE(ParseSchedule(text, TextSource{name}).ok()) << "torn";
    }
  }
  EXPECT_GT(killed, 2) << "hardly any was killed while it ran";
  const Ran resumed = RunCommand(Command(Out("killed")));
  EXPECT_EQ(resumed.exit_code, 1) << resumed.out;
  EXPECT_EQ(Cases(Out("killed")), cases);
}

TEST_F(Nightly, ReportsWithLinksThatWorkAndFindingsThatReplay) {
  ASSERT_EQ(RunCommand(Command(Out("night"))).exit_code, 1);
  const absl::StatusOr<std::string> report = ReadFile(Out("night/report.md"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(*report, HasSubstr("replays. Again:"));
  EXPECT_THAT(*report, Not(HasSubstr("DOES NOT REPLAY")));
  EXPECT_THAT(*report, HasSubstr("| fuzz | skipped |"));
  size_t links = 0;
  for (size_t at = report->find("]("); at != std::string::npos; at = report->find("](", at + 1)) {
    const std::string to = report->substr(at + 2, report->find(')', at) - at - 2);
    EXPECT_TRUE(fs::exists(Out("night/" + to))) << to;
    ++links;
  }
  EXPECT_GT(links, 8U);
}

TEST_F(Nightly, RefusesNonsense) {
  EXPECT_EQ(RunCommand("scripts/nightly --minutes 0 --out " + Out("x")).exit_code, 2);
  EXPECT_EQ(RunCommand("scripts/nightly --minutes 5").exit_code, 2);
}

}  // namespace
}  // namespace finwait
