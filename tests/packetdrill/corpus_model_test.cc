// SPDX-License-Identifier: Apache-2.0
//
// Every script of corpus/packetdrill on the model, and what each must look like.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fuzz/random.h"
#include "stacks/model_stack.h"
#include "tests/packetdrill/corpus_scripts.h"

namespace finwait::pkt {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kCommit = "795a7dfbc3d9 (\"net: tcp: accept old ack during closing\")";

std::string OnModel(const CorpusScript& script, std::string_view kernel) {
  ModelStack model(Host{*FindProfile(kernel), script.plan.settings.environment});
  return Verdict(RunFile(script.file, script.plan, model));
}

TEST(PacketdrillCorpus, HoldsOnTheModel) {
  const std::vector<CorpusScript> scripts = CorpusScripts();
  EXPECT_GE(scripts.size(), 30U);
  for (const CorpusScript& script : scripts) {
    EXPECT_EQ(OnModel(script, "linux-6.12"), "held") << script.path;
  }
}

// Those that name the fix fail without it, and only those.
TEST(PacketdrillCorpus, FailsWithoutTheFixWhereItNamesIt) {
  for (const CorpusScript& script : CorpusScripts()) {
    const bool names_fix = script.text.find(kCommit) != std::string::npos;
    EXPECT_EQ(OnModel(script, "linux-5.10") != "held", names_fix) << script.path;
  }
}

// A script with a few bytes changed is read or refused, and runs or fails: never more than that.
TEST(PacketdrillCorpus, DamagedScriptsDoNoHarm) {
  constexpr std::string_view kBytes = "0123456789.,:;()<>[]{}+-*=|~`%#/ \nSFRPackwin\0";
  Random random(1);
  size_t ran = 0;
  for (const CorpusScript& script : CorpusScripts()) {
    for (int i = 0; i < 100; ++i) {
      std::string text = script.text;
      for (uint64_t n = 1 + random.Below(3); n > 0; --n) {
        text[random.Below(static_cast<uint32_t>(text.size()))] =
            kBytes[random.Below(static_cast<uint32_t>(kBytes.size()))];
      }
      const absl::StatusOr<File> file = ParseFile("x.pkt", text);
      if (!file.ok()) continue;
      const absl::StatusOr<Plan> plan = PlanOf(*file);
      if (!plan.ok()) continue;
      ModelStack model(Host{*FindProfile("linux-6.12"), plan->settings.environment});
      ran += RunFile(*file, *plan, model).ok() ? 1 : 0;
    }
  }
  EXPECT_GT(ran, 500U);
}

TEST(PacketdrillCorpus, NamesLicenceAndIntent) {
  for (const CorpusScript& script : CorpusScripts()) {
    EXPECT_THAT(script.text, StartsWith("// SPDX-License-Identifier: Apache-2.0\n// "))
        << script.path;
  }
}

}  // namespace
}  // namespace finwait::pkt
