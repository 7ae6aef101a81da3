// SPDX-License-Identifier: Apache-2.0
//
// Every transcript of a running kernel is explained by the model of that kernel, and together they
// show every rule.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "diff/rules_page.h"
#include "stacks/file_bytes.h"

namespace finwait {
namespace {

using ::testing::IsEmpty;

constexpr const char* kFolder = "corpus/kernels";
constexpr const char* kPage = "docs/rules.md";
constexpr uintmax_t kBytesMax = 4U << 20U;

std::string NameOf(const ::testing::TestParamInfo<std::string>& info) {
  const std::filesystem::path path(info.param);
  std::string name = path.parent_path().filename().string() + "_" + path.stem().string();
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

class KernelCorpus : public ::testing::TestWithParam<std::string> {};

TEST_P(KernelCorpus, IsExplainedByTheModel) {
  const absl::StatusOr<TranscriptFile> file = ReadTranscripts(GetParam());
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_FALSE(file->kernel.release.empty());
  EXPECT_GE(file->transcripts.size(), 50U);
  RuleSightings sightings;
  const absl::Status status = AddSightings(*file, sightings);
  EXPECT_TRUE(status.ok()) << status;
}

INSTANTIATE_TEST_SUITE_P(Corpus, KernelCorpus, ::testing::ValuesIn(TranscriptPaths(kFolder)),
                         NameOf);

TEST(KernelCorpusSet, IsSmall) {
  uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  EXPECT_LE(bytes, kBytesMax);
}

// At most one rule in twenty is read and not run, each with its reason.
TEST(KernelCorpusSet, ShowsEveryRule) {
  RuleSightings sightings;
  for (const std::string& path : TranscriptPaths(kFolder)) {
    const absl::StatusOr<TranscriptFile> file = ReadTranscripts(path);
    ASSERT_TRUE(file.ok()) << file.status();
    ASSERT_TRUE(AddSightings(*file, sightings).ok());
  }
  std::vector<std::string_view> unseen, needlessly_excused;
  for (const Rule& rule : Rules()) {
    const bool excused =
        std::ranges::find(UnshownRules(), rule.id, &Unshown::rule) != UnshownRules().end();
    const bool seen = sightings.contains(rule.id);
    if (!seen && !excused) unseen.push_back(rule.name);
    if (seen && excused) needlessly_excused.push_back(rule.name);
  }
  EXPECT_THAT(unseen, IsEmpty());
  EXPECT_THAT(needlessly_excused, IsEmpty());
  // Not more than one in twenty.
  EXPECT_LE(UnshownRules().size() * 20, Rules().size());
}

TEST(KernelCorpusSet, IsWhatTheRulesPageSays) {
  const absl::StatusOr<std::string> page = RulesPage(kFolder);
  ASSERT_TRUE(page.ok()) << page.status();
  if (std::getenv("FINWAIT_UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(WriteBytes(kPage, *page).ok());
    return;
  }
  const absl::StatusOr<std::string> written = ReadBytes(kPage);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(*written, *page) << "finwait list rules --markdown writes it anew";
}

}  // namespace
}  // namespace finwait
