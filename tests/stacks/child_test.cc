// SPDX-License-Identifier: Apache-2.0
#include "stacks/child.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "stacks/processor.h"
#include "tests/stacks/guest_folder.h"

namespace finwait {
namespace {

using std::chrono::seconds;

struct Heard {
  std::string out, err;
  absl::Status status;
};

Heard Listen(Child& child, seconds limit) {
  Heard heard;
  heard.status = child.Listen({.out =
                                   [&](std::string_view bytes) {
                                     heard.out.append(bytes);
                                     return absl::OkStatus();
                                   },
                               .err = [&](std::string_view bytes) { heard.err.append(bytes); },
                               .done = [] { return false; }},
                              std::chrono::steady_clock::now() + limit);
  return heard;
}

class ChildOf : public ::testing::TestWithParam<Child::Output> {
 protected:
  static absl::StatusOr<Child> Shell(const std::string& text) {
    return Child::Start({"sh", "-c", text}, GetParam());
  }
};

TEST_P(ChildOf, WhatItHasSaidWhenItDiesIsHeard) {
  absl::StatusOr<Child> child = Shell("echo said; echo complained >&2; kill -9 $$");
  ASSERT_TRUE(child.ok()) << child.status();
  const Heard heard = Listen(*child, seconds(30));
  EXPECT_TRUE(heard.status.ok()) << heard.status;
  EXPECT_EQ(heard.out, "said\n");
  EXPECT_EQ(heard.err, "complained\n");
}

TEST_P(ChildOf, IsListenedToForAWhileAndAgain) {
  absl::StatusOr<Child> child = Shell("echo first; sleep 1.5; echo second");
  ASSERT_TRUE(child.ok()) << child.status();
  const Heard first = Listen(*child, seconds(1));
  EXPECT_TRUE(absl::IsDeadlineExceeded(first.status)) << first.status;
  const Heard second = Listen(*child, seconds(30));
  EXPECT_TRUE(second.status.ok()) << second.status;
  EXPECT_EQ(first.out + second.out, "first\nsecond\n");
}

INSTANTIATE_TEST_SUITE_P(Outputs, ChildOf,
                         ::testing::Values(Child::Output::kPipes, Child::Output::kFiles),
                         [](const ::testing::TestParamInfo<Child::Output>& output) {
                           return output.param == Child::Output::kPipes ? "Pipes" : "Files";
                         });

// Not that of any emulator that runs beside this test.
std::string Use() { return "test-" + std::to_string(getpid()); }

TEST(ChildOnOneProcessor, MayNotLeaveIt) {
  const std::optional<Processor> processor = Processor::Claim(Use());
  ASSERT_TRUE(processor.has_value());
  absl::StatusOr<Child> child =
      Child::Start({"sh", "-c", "grep Cpus_allowed_list /proc/self/status | cut -f2"},
                   Child::Output::kPipes, processor->number());
  ASSERT_TRUE(child.ok()) << child.status();
  EXPECT_EQ(Listen(*child, seconds(30)).out, std::to_string(processor->number()) + "\n");
}

TEST(Processor, IsClaimedOnceAtATime) {
  std::set<int> numbers;
  std::vector<Processor> all;
  while (std::optional<Processor> next = Processor::Claim(Use())) {
    EXPECT_TRUE(numbers.insert(next->number()).second) << next->number();
    all.push_back(*std::move(next));
  }
  ASSERT_FALSE(all.empty());
  const int given_back = all.back().number();
  all.pop_back();
  const std::optional<Processor> again = Processor::Claim(Use());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->number(), given_back);
}

// An emulator that finds its output full tries again later, and what runs in it sees that.
TEST(ChildThatWritesFiles, GoesOnWhileNobodyListens) {
  const GuestTestFolder folder;
  const std::string done = folder.path() + "/done";
  absl::StatusOr<Child> child = Child::Start(
      {"sh", "-c", "head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2; touch " + done},
      Child::Output::kFiles);
  ASSERT_TRUE(child.ok()) << child.status();
  for (int tries = 0; tries < 3000 && !std::filesystem::exists(done); ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_TRUE(std::filesystem::exists(done)) << "it waits to be listened to";
  const Heard heard = Listen(*child, seconds(30));
  EXPECT_EQ(heard.out.size(), 3'000'000U);
  EXPECT_EQ(heard.err.size(), 2'000'000U);
}

TEST(ChildThatWritesFiles, MayOpenItsOutputOnceMore) {
  absl::StatusOr<Child> child = Child::Start(
      {"sh", "-c", "echo one; echo two >>/dev/stdout; echo three"}, Child::Output::kFiles);
  ASSERT_TRUE(child.ok()) << child.status();
  EXPECT_EQ(Listen(*child, seconds(30)).out, "one\ntwo\nthree\n");
}

}  // namespace
}  // namespace finwait
