// SPDX-License-Identifier: Apache-2.0
//
// Every script of corpus/packetdrill on the running kernel: the verdicts of the model.
#include <gtest/gtest.h>

#include <memory>

#include "stacks/linux_host.h"
#include "tests/packetdrill/corpus_scripts.h"

namespace finwait::pkt {
namespace {

// Timers of the kernel may be late, and so may this program: what fails is run again.
constexpr int kTriesMax = 5;

TEST(PacketdrillCorpus, HoldsOnTheHost) {
  for (const CorpusScript& script : CorpusScripts()) {
    const absl::StatusOr<std::unique_ptr<LinuxHost>> host =
        LinuxHost::Open(script.plan.settings.environment);
    if (absl::IsUnavailable(host.status())) {
      GTEST_SKIP() << "the live kernel cannot be tested here: " << host.status().message();
    }
    ASSERT_TRUE(host.ok()) << host.status();
    std::string verdict;
    for (int tries = 0; tries < kTriesMax && verdict != "held"; ++tries) {
      verdict = Verdict(RunFile(script.file, script.plan, **host));
    }
    EXPECT_EQ(verdict, "held") << script.path << " on Linux " << KernelRelease();
  }
}

}  // namespace
}  // namespace finwait::pkt
