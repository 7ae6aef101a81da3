// SPDX-License-Identifier: Apache-2.0
//
// Golden transcripts: each corpus/golden/*.trace is a schedule, a line of dashes, and the exact
// run.
// `./x golden` writes the runs anew; the difference is then reviewed like code.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "fuzz/corpus.h"
#include "report/trace_text.h"

namespace finwait {
namespace {

constexpr const char* kDashes = "----\n";

std::vector<std::string> GoldenFiles() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator("corpus/golden")) {
    if (entry.path().extension() == ".trace") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, RunsAsWritten) {
  const absl::StatusOr<std::string> text = ReadFile(GetParam());
  ASSERT_TRUE(text.ok()) << text.status();
  const size_t dashes = text->find(kDashes);
  ASSERT_NE(dashes, std::string::npos) << "a line of four dashes ends the schedule";
  const std::string commands = text->substr(0, dashes);
  const absl::StatusOr<ScheduleFile> file =
      ParseSchedule(commands, TextSource{GetParam(), /*whole_file=*/false});
  ASSERT_TRUE(file.ok()) << file.status();
  const Recorded recorded = Record(file->schedule.setup, file->schedule.choices);
  ASSERT_FALSE(recorded.bound);
  const std::string written = commands + kDashes + TraceText(recorded.trace);
  if (std::getenv("FINWAIT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(GetParam()) << written;
    return;
  }
  EXPECT_EQ(*text, written) << "./x golden writes it anew; review the difference";
}

INSTANTIATE_TEST_SUITE_P(Corpus, Golden, ::testing::ValuesIn(GoldenFiles()),
                         [](const ::testing::TestParamInfo<std::string>& file) {
                           std::string name = std::filesystem::path(file.param).stem().string();
                           for (char& c : name)
                             c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
                           return name;
                         });

TEST(GoldenSet, HasTheTwelveTeardownsThatMatterMost) { EXPECT_GE(GoldenFiles().size(), 12U); }

}  // namespace
}  // namespace finwait
