// SPDX-License-Identifier: Apache-2.0
#include "fuzz/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "fuzz/hunt.h"
#include "fuzz/keep.h"
#include "fuzz/whole_file.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;
using testing::Pair;

// Violating schedules as a hunt finds them, some shrunk, several of a cause.
const std::vector<ScheduleFile>& Cases() {
  static const std::vector<ScheduleFile> cases = [] {
    HuntOptions options;
    options.setup = Pair("linux-5.10");
    std::vector<ScheduleFile> made;
    for (uint64_t i = 0; made.size() < 60 && i < 200'000; ++i) {
      const Schedule schedule = RandomSchedule(options, i);
      const std::optional<Cause> cause = OwnCause(schedule);
      if (cause.has_value()) made.push_back(FileOf(schedule, *cause));
    }
    return made;
  }();
  return cases;
}

class Merging : public ::testing::Test {
 protected:
  Merging() { fs::remove_all(root_); }
  ~Merging() override { fs::remove_all(root_); }

  // Writes the cases of these numbers; gives the directory.
  std::string Put(const std::string& name, const std::vector<size_t>& which) {
    for (const size_t i : which) {
      const std::string path = Path(name) + "/" + std::to_string(i) + ".sched";
      EXPECT_TRUE(WriteWhole(path, FormatSchedule(Cases()[i])).ok());
    }
    return Path(name);
  }
  std::string Path(const std::string& name) const { return (root_ / name).string(); }

  static std::map<std::string, std::string> Content(const std::string& directory) {
    std::map<std::string, std::string> content;
    for (const auto& entry : fs::directory_iterator(directory)) {
      content[entry.path().filename().string()] = *ReadFile(entry.path().string());
    }
    return content;
  }

 private:
  const fs::path root_ =
      fs::path(::testing::TempDir()) /
      (std::string("merge-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

std::vector<size_t> Range(size_t from, size_t to) {
  std::vector<size_t> all;
  for (size_t i = from; i < to; ++i) all.push_back(i);
  return all;
}

TEST_F(Merging, KeepsOneCaseACauseNamedByWhatHappens) {
  ASSERT_EQ(Cases().size(), 60U);
  const std::string from = Put("from", Range(0, 60));
  const absl::StatusOr<Merged> merged = MergeInto(Path("to"), {from});
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_LT(merged->cases, 60U) << "some causes were met twice";
  EXPECT_GT(merged->cases, 3U);
  std::set<std::string> names;
  const absl::StatusOr<std::vector<NamedSchedule>> kept = ReadSchedules(Path("to"));
  ASSERT_TRUE(kept.ok()) << kept.status();
  for (const NamedSchedule& named : *kept) {
    const std::string name = fs::path(named.path).stem().string();
    bool shows = false;
    for (const Cause& one : CausesOf(named.file.schedule)) shows |= name == WhatHappens(one);
    EXPECT_TRUE(shows) << name;
    EXPECT_TRUE(names.insert(name).second);
  }
  EXPECT_EQ(names.size(), merged->cases);
}

TEST_F(Merging, LosesNoCause) {
  const std::string from = Put("from", Range(0, 60));
  ASSERT_TRUE(MergeInto(Path("to"), {from}).ok());
  const auto causes = [](const std::string& directory) {
    std::set<std::string> all;
    const absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadSchedules(directory);
    EXPECT_TRUE(schedules.ok()) << schedules.status();
    for (const NamedSchedule& named : *schedules) {
      for (const Cause& cause : CausesOf(named.file.schedule)) all.insert(cause.Id());
    }
    return all;
  };
  EXPECT_EQ(causes(Path("to")), causes(from));
}

TEST_F(Merging, IsIdempotent) {
  const std::string from = Put("from", Range(0, 30));
  ASSERT_TRUE(MergeInto(Path("to"), {from}).ok());
  const auto once = Content(Path("to"));
  const absl::StatusOr<Merged> again = MergeInto(Path("to"), {from});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->written, 0U);
  EXPECT_EQ(again->removed, 0U);
  EXPECT_EQ(Content(Path("to")), once);
}

TEST_F(Merging, DoesNotDependOnTheOrder) {
  const std::string a = Put("a", Range(0, 25)), b = Put("b", Range(20, 45)),
                    c = Put("c", Range(40, 60));
  ASSERT_TRUE(MergeInto(Path("one"), {a, b, c}).ok());
  for (const std::string& from : {c, a, b}) ASSERT_TRUE(MergeInto(Path("other"), {from}).ok());
  EXPECT_EQ(Content(Path("one")), Content(Path("other")));
}

TEST_F(Merging, KeepsTheSmallest) {
  const Schedule& large = Cases()[0].schedule;
  const std::optional<Cause> cause = OwnCause(large);
  ScheduleFile longer = Cases()[0];
  longer.schedule.choices.push_back(Wait());
  ASSERT_EQ(OwnCause(longer.schedule), cause);
  ASSERT_TRUE(WriteWhole(Path("from/longer.sched"), FormatSchedule(longer)).ok());
  ASSERT_TRUE(MergeInto(Path("to"), {Path("from")}).ok());
  ASSERT_TRUE(MergeInto(Path("to"), {Put("shorter", {0})}).ok());
  const std::string name = WhatHappens(*cause) + ".sched";
  EXPECT_EQ(Content(Path("to")).at(name), FormatSchedule(Cases()[0]));
}

TEST_F(Merging, LeavesWhatHasNoCauseWhereItIs) {
  fs::create_directories(Path("to"));
  fs::copy("corpus/incident/in-order.sched", Path("to"));
  const absl::StatusOr<Merged> merged = MergeInto(Path("to"), {Put("from", {0})});
  ASSERT_TRUE(merged.ok());
  EXPECT_EQ(merged->without, 1U);
  EXPECT_TRUE(Content(Path("to")).contains("in-order.sched"));
}

TEST(WholeFile, RemovesDraftsOnlyOnceTheyAreOld) {
  const fs::path directory = fs::path(::testing::TempDir()) / "drafts";
  fs::create_directories(directory);
  for (const char* name : {"old.sched.draft-1", "new.sched.draft-1", "old.sched"}) {
    ASSERT_TRUE(WriteWhole((directory / name).string(), "x").ok());
  }
  const auto before = fs::file_time_type::clock::now() - std::chrono::hours(2);
  fs::last_write_time(directory / "old.sched.draft-1", before);
  fs::last_write_time(directory / "old.sched", before);
  RemoveDrafts(directory.string());
  EXPECT_FALSE(fs::exists(directory / "old.sched.draft-1"));
  EXPECT_TRUE(fs::exists(directory / "new.sched.draft-1"));
  EXPECT_TRUE(fs::exists(directory / "old.sched"));
  fs::remove_all(directory);
}

TEST(WholeFile, SaysWhenItCannotBeWritten) {
  const absl::Status status = WriteWhole("/proc/no/such.sched", "x");
  EXPECT_TRUE(absl::IsUnavailable(status));
}

}  // namespace
}  // namespace finwait
