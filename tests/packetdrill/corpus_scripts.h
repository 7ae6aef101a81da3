// SPDX-License-Identifier: Apache-2.0
//
// The scripts of corpus/packetdrill.
#ifndef FINWAIT_TESTS_PACKETDRILL_CORPUS_SCRIPTS_H_
#define FINWAIT_TESTS_PACKETDRILL_CORPUS_SCRIPTS_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "fuzz/corpus.h"
#include "packetdrill/file.h"
#include "packetdrill/plan.h"
#include "packetdrill/run.h"

namespace finwait::pkt {

struct CorpusScript {
  std::string path, text;
  File file;
  Plan plan;
};

// All of them, in the order of their paths; a test fails for one that cannot be read.
inline std::vector<CorpusScript> CorpusScripts() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator("corpus/packetdrill")) {
    if (entry.path().extension() == ".pkt") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<CorpusScript> scripts;
  for (const std::string& path : paths) {
    CorpusScript script{.path = path, .text = ReadFile(path).value(), .file = {}, .plan = {}};
    absl::StatusOr<File> file = ParseFile(path, script.text);
    EXPECT_TRUE(file.ok()) << file.status();
    if (!file.ok()) continue;
    absl::StatusOr<Plan> plan = PlanOf(*file);
    EXPECT_TRUE(plan.ok()) << plan.status();
    if (!plan.ok()) continue;
    script.file = *std::move(file);
    script.plan = *std::move(plan);
    scripts.push_back(std::move(script));
  }
  return scripts;
}

// "line 20: expected | came" of the line that failed, or "held".
inline std::string Verdict(const absl::StatusOr<Ran>& ran) {
  if (!ran.ok()) return ran.status().ToString();
  const LineResult* const failed = ran->Failed();
  if (failed == nullptr) return "held";
  return "line " + std::to_string(failed->line) + ": " + failed->expected + " | " + failed->came;
}

}  // namespace finwait::pkt

#endif  // FINWAIT_TESTS_PACKETDRILL_CORPUS_SCRIPTS_H_
