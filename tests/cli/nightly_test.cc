// SPDX-License-Identifier: Apache-2.0
//
// A night's search that is killed again and again ends as one that was left alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "fuzz/corpus.h"
#include "fuzz/random.h"
#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

// As a target of libFuzzer does: an input now and then, and in the end a finding.
constexpr char kTarget[] = R"(#!/bin/bash
merge=no folders=()
for word; do case $word in -merge=1) merge=yes ;; -*) ;; *) folders+=("$word") ;; esac; done
if [[ $merge == yes ]]; then cp -- "${folders[1]}"/* "${folders[0]}"; exit; fi
for i in 1 2 3 4 5 6; do echo "$i" >"${folders[0]}/$i"; sleep 0.04; done
cp -- "$FINWAIT_KNOWN/disorder.sched" "$FINWAIT_FINDINGS/draft"
mv -- "$FINWAIT_FINDINGS/draft" "$FINWAIT_FINDINGS/of-a-target.sched"
exit 1
)";

// One that would run for long, and dies of a signal as targets do.
constexpr char kLongTarget[] = R"(#!/bin/bash
for word; do [[ $word != -merge=1 ]] || exit 0; done
echo "$$" >"$FINWAIT_FINDINGS/pid"
cp -- "$FINWAIT_KNOWN/disorder.sched" "$FINWAIT_FINDINGS/draft"
mv -- "$FINWAIT_FINDINGS/draft" "$FINWAIT_FINDINGS/of-a-target.sched"
exec sleep 60
)";

// finwait itself, but that a region is a small one.
constexpr char kProgram[] = R"(#!/bin/sh
[ "$1 $2" != "hunt --exhaustive" ] ||
  set -- "$@" --reads 0 --in-flight 2 --losses 0 --retransmissions 0 \
    --property fin-not-silently-dropped
exec )" FINWAIT_BINARY R"( "$@"
)";

// A tree of its own, with the scripts as they are and targets that take no time.
class Nightly : public ::testing::Test {
 protected:
  Nightly() {
    fs::remove_all(root_);
    for (const char* const folder : {"known", "tree/corpus", "tree/scripts"}) {
      fs::create_directories(root_ + "/" + folder);
    }
    fs::copy("corpus/incident/in-order.sched", root_ + "/known");
    fs::copy("corpus/incident/disorder.sched", root_ + "/tree/corpus");
    fs::copy("scripts/nightly", root_ + "/tree/scripts");
    fs::copy("scripts/fuzz", root_ + "/tree/scripts");
    const std::string targets = root_ + "/tree/build/fuzz/fuzz/targets/";
    Program(targets + "pair_fuzzer", kTarget);
    Program(targets + "finwait_seeds", "#!/bin/sh\nmkdir -p \"$2/pair_fuzzer\"\n");
    Program(root_ + "/finwait", kProgram);
    setenv("FINWAIT_CORPUS", (root_ + "/known").c_str(), 1);
    setenv("FINWAIT_BINARY", (root_ + "/finwait").c_str(), 1);
  }
  ~Nightly() override {
    unsetenv("FINWAIT_CORPUS");
    unsetenv("FINWAIT_BINARY");
    fs::remove_all(root_);
  }

  // Puts a program of the night's own there.
  static void Program(const std::string& path, const std::string& text) {
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path) << text;
    fs::permissions(path, fs::perms::owner_all);
  }
  Ran Interrupted(int signal, const std::string& out);
  std::string Out(const std::string& name) const { return root_ + "/" + name; }
  std::string Command(const std::string& out) const {
    return root_ + "/tree/scripts/nightly --minutes 1 --seed 13 --schedules 4000 " +
           "--only fuzz,random,exhaustive,merge --out " + out;
  }

  // By name, of those that end so.
  static std::map<std::string, std::string> Files(const std::string& folder,
                                                  const std::string& ending) {
    std::map<std::string, std::string> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(ending)) files[name] = *ReadFile(entry.path().string());
    }
    return files;
  }
  static std::map<std::string, std::string> Cases(const std::string& out) {
    return Files(out + "/corpus", ".sched");
  }

  // Which may go away while this looks.
  static size_t StagesDone(const std::string& out) {
    size_t done = 0;
    std::error_code error;
    for (fs::directory_iterator at(out + "/stages", error), end; at != end; at.increment(error)) {
      done += at->path().extension() == ".status" ? 1U : 0U;
    }
    return done;
  }

  const std::string root_ =
      ::testing::TempDir() + "nightly-" + std::to_string(static_cast<int>(getpid()));
};

// Twenty kills in all, at any moment after the first, second ... stage has ended, so that slow
// stages do not take them all: each night is killed until one of its runs comes to its end. What a
// killed night has started may still run for a while, which it must stand, too.
TEST_F(Nightly, KilledAtAnyMomentItGoesOnAndLosesNothing) {
  const auto started = std::chrono::steady_clock::now();
  const Ran whole = RunCommand(Command(Out("whole")));
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - started);
  ASSERT_EQ(whole.exit_code, 1) << whole.out;
  const auto cases = Cases(Out("whole"));
  ASSERT_GT(cases.size(), 1U);
  const auto inputs = Files(Out("whole/fuzz/corpus/pair_fuzzer"), "");
  ASSERT_EQ(inputs.size(), 6U);
  Random random(1);
  constexpr size_t kStages = 5;  // fuzz, random, exhaustive, host, merge.
  std::set<size_t> stages_done;
  int killed = 0;
  for (int night = 0; killed < 20; ++night) {
    ASSERT_LT(night, 100) << "hardly any was killed while it ran";
    const std::string out = Out("killed-" + std::to_string(night));
    const auto killed_once = [&] {
      const size_t after = static_cast<size_t>(killed) % kStages;
      const auto wait = after == 0 ? took * random.Below(100) / 100 : took * random.Below(5) / 100;
      return KilledAfter(Command(out), wait, [&] { return StagesDone(out) >= after; });
    };
    while (killed < 20 && killed_once()) {
      ++killed;
      stages_done.insert(StagesDone(out));
      for (const std::string folder : {"/corpus", "/findings"}) {
        for (const auto& [name, text] : Files(out + folder, ".sched")) {
          EXPECT_TRUE(ParseSchedule(text, TextSource{name}).ok()) << "torn: " << name;
        }
      }
    }
    if (!fs::exists(out + "/report.md")) RunCommand(Command(out));
    ASSERT_TRUE(fs::exists(out + "/report.md"));
    EXPECT_EQ(Cases(out), cases);
    EXPECT_EQ(Files(out + "/fuzz/corpus/pair_fuzzer", ""), inputs);
  }
  EXPECT_GE(stages_done.size(), 3U) << "not killed all over the night";
}

TEST_F(Nightly, ReportsWithLinksThatWorkAndFindingsThatReplay) {
  ASSERT_EQ(RunCommand(Command(Out("night"))).exit_code, 1);
  const absl::StatusOr<std::string> report = ReadFile(Out("night/report.md"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(*report, HasSubstr("replays. Again:"));
  EXPECT_THAT(*report, Not(HasSubstr("DOES NOT REPLAY")));
  EXPECT_THAT(*report, HasSubstr("| fuzz | FOUND |"));
  EXPECT_THAT(*report, HasSubstr("| exhaustive | held |")) << "all that is there is known by now";
  EXPECT_THAT(*report, HasSubstr("| host | skipped |"));
  size_t links = 0;
  for (size_t at = report->find("]("); at != std::string::npos; at = report->find("](", at + 1)) {
    const std::string to = report->substr(at + 2, report->find(')', at) - at - 2);
    EXPECT_TRUE(fs::exists(Out("night/" + to))) << to;
    ++links;
  }
  EXPECT_GT(links, 8U);
  const std::string again = "`./x replay ";
  for (size_t at = report->find(again); at != std::string::npos; at = report->find(again, at + 1)) {
    const size_t from = at + again.size();
    const Ran ran = Finwait("replay " + report->substr(from, report->find('`', from) - from));
    EXPECT_EQ(ran.exit_code, 0) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("so it is"));
  }
}

// The findings of a stage that was killed after it had kept them are new, although it keeps none
// when it goes on.
TEST_F(Nightly, AnExhaustiveStageThatGoesOnHasFoundWhatItHadFound) {
  ASSERT_EQ(RunCommand(Command(Out("night"))).exit_code, 1);
  std::ofstream(Out("night/stages/seed")) << "13\n";
  for (const char* const stage : {"fuzz", "random", "host", "merge"}) {
    std::ofstream(Out("night/stages/") + stage + ".status") << "0 0\n";
  }
  std::ofstream(Out("night/stages/exhaustive.before")) << "1\n";
  EXPECT_EQ(RunCommand(Command(Out("night"))).exit_code, 1);
  EXPECT_THAT(*ReadFile(Out("night/report.md")), HasSubstr("| exhaustive | FOUND |"));
}

// On a busy machine random search may not come to its end: what it found by then is kept.
TEST_F(Nightly, WhatIsNotDoneInTimeIsNoFailure) {
  Program(root_ + "/finwait", "#!/bin/sh\nexit 124\n");
  const std::string night = root_ + "/tree/scripts/nightly --minutes 1 --seed 13 --only random";
  EXPECT_EQ(RunCommand(night + " --out " + Out("night")).exit_code, 0);
  EXPECT_THAT(*ReadFile(Out("night/report.md")), HasSubstr("random: not completed in 72 s"));
}

// Killed while it put its notes away, it had ended: the next start is another night.
TEST_F(Nightly, ANightThatHasReportedIsNotGoneOnWith) {
  fs::create_directories(Out("night/stages"));
  std::ofstream(Out("night/stages/random.status")) << "0 0\n";
  ASSERT_EQ(RunCommand(Command(Out("night"))).exit_code, 1);
  EXPECT_THAT(*ReadFile(Out("night/report.md")), HasSubstr("| random | FOUND |"));
}

// Runs the night, sends it the signal once its target has found something, and waits for it.
Ran Nightly::Interrupted(int signal, const std::string& out) {
  const std::string log = root_ + "/log";
  const pid_t night = fork();
  if (night == 0) {
    const std::string quiet = "exec " + Command(out) + " >" + log + " 2>&1";
    execl("/bin/sh", "sh", "-c", quiet.c_str(), nullptr);
    _exit(127);
  }
  constexpr useconds_t kLook = 10'000;
  constexpr int kLooks = 3'000;
  for (int i = 0; i < kLooks && !fs::exists(out + "/findings/of-a-target.sched"); ++i) {
    usleep(kLook);
  }
  kill(night, signal);
  int status = 0;
  waitpid(night, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), *ReadFile(log)};
}

// A target that dies of the signal has not failed; what runs is ended; what was found is kept.
TEST_F(Nightly, InterruptedItReportsWhatItHasAndEndsWhatItRuns) {
  Program(root_ + "/tree/build/fuzz/fuzz/targets/pair_fuzzer", kLongTarget);
  for (const auto& [signal, code] : {std::pair(SIGINT, 130), {SIGTERM, 143}}) {
    const std::string out = Out("night-" + std::to_string(code));
    const Ran ran = Interrupted(signal, out);
    EXPECT_EQ(ran.exit_code, code) << ran.out;
    const std::string report = *ReadFile(out + "/report.md");
    EXPECT_THAT(report, HasSubstr("**Interrupted**"));
    EXPECT_THAT(report, HasSubstr("| fuzz | interrupted |"));
    EXPECT_THAT(report, HasSubstr("| random | not begun |"));
    EXPECT_THAT(report, Not(HasSubstr("FOUND")));
    EXPECT_THAT(report, HasSubstr("replays. Again:"));
    EXPECT_EQ(Cases(out).size(), 1U);
    const int target = std::stoi(*ReadFile(out + "/findings/pid"));
    EXPECT_NE(kill(target, 0), 0) << "the target still runs";
  }
}

TEST_F(Nightly, RefusesNonsense) {
  const Ran bogus = RunCommand("scripts/nightly --minutes 1 --only bogus --out " + Out("x"));
  EXPECT_EQ(bogus.exit_code, 2);
  EXPECT_THAT(bogus.out, HasSubstr("no stage 'bogus'; there are: fuzz random"));
  EXPECT_FALSE(fs::exists(Out("x")));
  EXPECT_EQ(RunCommand("scripts/nightly --minutes 1 --only , --out " + Out("x")).exit_code, 2);
  EXPECT_EQ(RunCommand("scripts/nightly --minutes 0 --out " + Out("x")).exit_code, 2);
  EXPECT_EQ(RunCommand("scripts/nightly --minutes 5").exit_code, 2);
}

}  // namespace
}  // namespace finwait
