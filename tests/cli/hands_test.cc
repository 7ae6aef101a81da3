// SPDX-License-Identifier: Apache-2.0
//
// What a slip of the hand gets: a sentence, a suggestion, and an exit code that is not that of a
// violation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "cli/kernel_name.h"
#include "cli/nearest.h"
#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

using ::testing::HasSubstr;

struct Slip {
  const char* arguments;
  const char* says;
};

constexpr Slip kSlips[] = {
    // Something like it is known.
    {"hnt", "no word 'hnt'; did you mean 'hunt'?"},
    {"list rule", "did you mean 'rules'?"},
    {"hunt --kernal linux-5.10", "did you mean '--kernel'?"},
    {"hunt --property fin-not-silently-droped", "did you mean 'fin-not-silently-dropped'?"},
    {"replay --property one-fin-one-numbr -e 'A.close'", "did you mean 'one-fin-one-number'?"},
    {"hunt --kernel linux-5.01", "did you mean 'linux-5.10'?"},
    {"hunt --mode clos", "did you mean 'close'?"},
    {"hunt --b linux-6.12,peer=never-fin", "did you mean 'never-fins'?"},
    {"replay corpus/incident/disorder.sched --on hots", "did you mean 'host'?"},
    // It would have no effect.
    {"hunt --shard 1/4", "--shard requires --exhaustive"},
    {"hunt --memory 1M --resume D", "requires --exhaustive"},
    {"hunt --losses 3", "--losses requires --exhaustive"},
    {"hunt --exhaustive --schedules 5", "--schedules excludes --exhaustive"},
    {"hunt --exhaustive --keep-going", "--keep-going excludes --exhaustive"},
    {"replay --matrix --on host corpus/incident/disorder.sched", "--matrix excludes --on"},
    {"replay --matrix --kernel linux-6.6 corpus/incident/disorder.sched", "excludes --kernel"},
    // It is not what it has to be.
    {"hunt --join README.md", "README.md: not JSON"},
    {"hunt --known no/such/corpus", "no/such/corpus: no such file"},
    {"check --corpus no/such/corpus", "no/such/corpus: no such file"},
    {"corpus merge", "nothing to merge"},
    {"convert corpus/incident/disorder.sched --side A --expect failing-send=taken",
     "failing-send has no value 'taken'; it has 'is removed and never leaves' and 'is kept'"},
    {"convert -e 'kernel linux-6.12; A.close; deliver A1' --side A", "use --expect observed"},
    {"hunt --kernel 4.15.0-20-generic", "is a distribution's number of a package"},
    // A thing that is not in flight is explained by the timer that holds it.
    {"replay -e 'kernel linux-6.12; A.shutdown WR; deliver A1; deliver B1'",
     "an acknowledgement of B's waits for its delayed-ACK timer"},
    {"replay -e 'kernel linux-6.12; A.close; drop A1; deliver A2'",
     "A may send when its retransmission timer fires, 212 ms from here"},
};

class Slips : public ::testing::TestWithParam<Slip> {};

TEST_P(Slips, GetASentenceAndExitTwo) {
  const Ran ran = Finwait(GetParam().arguments);
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(Hands, Slips, ::testing::ValuesIn(kSlips));

// On a full disk success would be a lie.
TEST(FullDisk, IsExitThreeForEveryWordThatPrints) {
  for (const char* const arguments :
       {"list rules", "list kernels --json", "replay corpus/incident/disorder.sched", "hunt --help",
        "replay --matrix corpus/incident/disorder.sched", "corpus stats corpus/incident",
        "hunt --kernel linux-6.12 --schedules 100 --allow-vacuous"}) {
    const Ran ran = Finwait(arguments, "2>&1 >/dev/full");
    EXPECT_EQ(ran.exit_code, 3) << arguments;
    EXPECT_THAT(ran.out, HasSubstr("standard output cannot be written")) << arguments;
  }
}

TEST(EmptyCorpus, KnowsNothing) {
  const TemporaryFolder folder;
  const Ran hunt =
      Finwait("hunt --kernel linux-6.12 --schedules 200 --allow-vacuous --known " + folder.path());
  EXPECT_EQ(hunt.exit_code, 0) << hunt.out;
  const Ran check = Finwait("check --no-region --schedules 10 --corpus " + folder.path() +
                            " --findings " + folder.path() + "/findings");
  EXPECT_LE(check.exit_code, 1) << check.out;
  EXPECT_THAT(check.out, HasSubstr(" passed, "));
}

TEST(NearestWord, AllowsAThirdOfTheLettersToBeWrong) {
  EXPECT_EQ(Nearest("hnut", {"hunt", "list"}), "hunt");
  EXPECT_EQ(Nearest("moon", {"hunt", "host"}), "");
  EXPECT_EQ(DidYouMean("moon", {"host"}), "");
}

TEST(KernelName, IsAReleaseOnlyWhereTheMachineSaysSo) {
  const RunningKernel debian{
      "6.1.0-57-amd64",
      "Linux version 6.1.0-57-amd64 (debian-kernel@lists.debian.org) (gcc-12) #1 SMP Debian "
      "6.1.192-1 (2026-11-01)",
      ""};
  const RunningKernel ubuntu{"5.15.0-100-generic", "Linux version 5.15.0-100-generic (buildd@lcy)",
                             "Ubuntu 5.15.0-100.110-generic 5.15.143"};
  EXPECT_EQ(ReleaseOf("6.1.0-57-amd64", debian).value(), "6.1.192");
  EXPECT_EQ(ReleaseOf("5.15.0-100-generic", ubuntu).value(), "5.15.143");
  // Of another machine, or where it does not say.
  EXPECT_FALSE(ReleaseOf("6.1.0-57-amd64", ubuntu).ok());
  EXPECT_FALSE(ReleaseOf("5.14.0-362.el9.x86_64", {"5.14.0-362.el9.x86_64", "Linux", ""}).ok());
  // Numbers that are a release, whatever follows.
  EXPECT_EQ(ReleaseOf("6.18.44-arch1-1", {}).value(), "6.18.44");
  EXPECT_EQ(ReleaseOf("6.5.6-300.fc39.x86_64", {}).value(), "6.5.6");
  EXPECT_EQ(ReleaseOf("6.9.0-rc4", {}).value(), "6.9.0");
  // No kernel's name.
  EXPECT_EQ(ReleaseOf("linux-6.12", {}).value(), "linux-6.12");
  EXPECT_EQ(ReleaseOf("moon", {}).value(), "moon");
}

}  // namespace
}  // namespace finwait
