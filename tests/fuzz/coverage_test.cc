// SPDX-License-Identifier: Apache-2.0
//
// What the corpus covers: a property whose premise no schedule brings about is not tested by it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "fuzz/corpus.h"

namespace finwait {
namespace {

// The schedules of the corpus: its .sched files, and the upper halves of its transcripts.
std::vector<NamedSchedule> CorpusSchedules() {
  absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadSchedules("corpus");
  EXPECT_TRUE(schedules.ok()) << schedules.status();
  if (!schedules.ok()) return {};
  for (const auto& entry : std::filesystem::directory_iterator("corpus/golden")) {
    if (entry.path().extension() != ".trace") continue;
    const std::string path = entry.path().string();
    const absl::StatusOr<std::string> text = ReadFile(path);
    EXPECT_TRUE(text.ok()) << text.status();
    if (!text.ok()) continue;
    const std::string commands = text->substr(0, text->find("----\n"));
    absl::StatusOr<ScheduleFile> file =
        ParseSchedule(commands, TextSource{path, /*whole_file=*/false});
    EXPECT_TRUE(file.ok()) << file.status();
    if (file.ok()) schedules->push_back(NamedSchedule{path, *std::move(file)});
  }
  return *std::move(schedules);
}

TEST(CorpusCoverage, NoPropertyIsVacuousEverywhere) {
  const std::vector<NamedSchedule> schedules = CorpusSchedules();
  ASSERT_GE(schedules.size(), 15U);
  std::array<size_t, kPropertyCount> applied{};
  for (const NamedSchedule& named : schedules) {
    for (const KernelProfile& kernel : Profiles()) {
      const Schedule schedule = WithKernel(named.file.schedule, kernel);
      const Judgement judgement = Judge(schedule.setup, schedule.choices, EveryProperty());
      EXPECT_FALSE(judgement.bound) << named.path << " on " << kernel.name;
      for (size_t i = 0; i < kPropertyCount; ++i) {
        applied[i] += std::holds_alternative<Vacuous>(judgement.verdicts[i]) ? 0U : 1U;
      }
    }
  }
  for (size_t i = 0; i < kPropertyCount; ++i) {
    EXPECT_GT(applied[i], 0U) << kProperties[i].name << " applies to no schedule of the corpus, on "
                              << "no kernel: add one in which its premise comes true";
  }
}

}  // namespace
}  // namespace finwait
