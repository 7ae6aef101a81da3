// SPDX-License-Identifier: Apache-2.0
//
// Boots the guests that are in the cache; run by ./x test --guests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "stacks/file_bytes.h"
#include "stacks/guest.h"
#include "tests/stacks/busy_emulator.h"

namespace finwait {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kDisorder[] = "corpus/incident/disorder.sched";

class GuestBoot : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const char* const program = std::getenv("FINWAIT_STATIC");
    if (program == nullptr) GTEST_SKIP() << "guests are booted by: ./x test --guests";
    const absl::StatusOr<GuestKernel> kernel = FindGuest(GetParam());
    if (!kernel.ok()) GTEST_SKIP() << kernel.status().message();
    kernel_ = *kernel;
    const absl::StatusOr<std::string> bytes = ReadBytes(program);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    job_.program = *bytes;
    job_.files = {{.path = kDisorder, .bytes = *ReadBytes(kDisorder)}};
    options_.err = [this](std::string_view text) { err_.append(text); };
  }

  absl::StatusOr<GuestResult> Run(const std::vector<std::string>& arguments) {
    job_.arguments = arguments;
    return RunInGuest(kernel_, job_, options_);
  }

  bool DiscardsLateFins() const { return kernel_.release.starts_with("5.10."); }

  GuestKernel kernel_;
  GuestJob job_;
  GuestOptions options_;
  std::string err_;
};

TEST_P(GuestBoot, AnswersTheIncidentAsItsKernelDoes) {
  const absl::StatusOr<GuestResult> result = Run({"replay", kDisorder, "--on", "host"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->exit_code, 0) << result->out << err_;
  EXPECT_THAT(result->out, HasSubstr("host     Linux " + kernel_.release));
  EXPECT_THAT(result->out, HasSubstr(DiscardsLateFins() ? "with: linux-5.10.46, linux-5.10.112"
                                                        : "with: linux-6.1.176, linux-6.1"));
}

// Segments, results, MIB counters and traced state changes of S-01 to S-20. Not of S-19: the judge
// does not follow a close() that sleeps.
TEST_P(GuestBoot, CountsAndTracesAsItsModel) {
  if (std::string_view(GetParam()).starts_with("uml-")) GTEST_SKIP() << "has no tracefs";
  const std::string folder = "corpus/kernels/scenarios";
  std::vector<std::string> arguments = {"record",      "host", "--kernel",   GetParam(),
                                        "--schedules", "0",    "--counters", "--events"};
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("S-19")) continue;
    if (!name.starts_with("S-0") && !name.starts_with("S-1") && !name.starts_with("S-20")) continue;
    arguments.push_back(folder + "/" + name);
    job_.files.push_back({.path = arguments.back(), .bytes = *ReadBytes(arguments.back())});
  }
  ASSERT_GE(arguments.size(), 8U + 20U);
  const absl::StatusOr<GuestResult> result = Run(arguments);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->exit_code, 0) << err_;
  EXPECT_THAT(err_, HasSubstr("; 0 disagree"));
  EXPECT_THAT(err_, Not(HasSubstr("not run")));
}

// What fails PAWS in TIME-WAIT is answered; in a kernel's first second it passes.
TEST_P(GuestBoot, RemembersTimestampsFromTheFirstSchedule) {
  if (kernel_.kind == GuestKind::kUml) GTEST_SKIP() << "takes longer to boot";
  const absl::StatusOr<GuestResult> result =
      Run({"diff", absl::StrCat("model:", GetParam()), "host", "-e",
           "open passively win 64240 mss 1460 TS val 100000; shutdown(SHUT_WR); "
           "< F. 1:1(0) ack 1 TS val 100001 ecr 0 win 64240; "
           "< . 2:2(0) ack 2 TS val 100001 ecr 0 win 64240; "
           "< . 2:2(0) ack 2 TS val 99851 ecr 0 win 64240"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->exit_code, 0) << result->out;
}

TEST_P(GuestBoot, PassesOnExitCodeAndBothStreams) {
  const absl::StatusOr<GuestResult> result = Run({"replay", "no such file"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->exit_code, 2);
  EXPECT_EQ(result->out, "");
  EXPECT_THAT(err_, HasSubstr("no such file"));
}

TEST_P(GuestBoot, GivesTheSameBytesWhereTimeIsVirtual) {
  if (kernel_.kind == GuestKind::kUml) {
    GTEST_SKIP() << "Debian's User Mode Linux has no virtual time";
  }
  std::string console[2];
  std::string out[2];
  for (int i = 0; i < 2; ++i) {
    options_.console = [&](std::string_view text) { console[i].append(text); };
    const absl::StatusOr<GuestResult> result = Run({"replay", kDisorder, "--on", "host", "--json"});
    ASSERT_TRUE(result.ok()) << result.status();
    out[i] = result->out;
  }
  EXPECT_EQ(out[0], out[1]);
  EXPECT_EQ(console[0], console[1]);
}

// To the nanosecond, which the time of a diff tells: an emulator's main loop that comes round at
// any moment, as on a machine with other work, must not move the guest's clock.
TEST_P(GuestBoot, GivesTheSameBytesHoweverBusyTheEmulatorIs) {
  if (kernel_.kind == GuestKind::kUml) GTEST_SKIP() << "is no emulator";
  const std::vector<std::string> diff = {"diff",  absl::StrCat("model:", GetParam()),
                                         "host",  "--schedules",
                                         "1000",  "--waits",
                                         "90",    "--wait-max",
                                         "70000", "--json"};
  const absl::StatusOr<GuestResult> quiet = Run(diff);
  ASSERT_TRUE(quiet.ok()) << quiet.status();
  const BusyEmulator busy;
  const absl::StatusOr<GuestResult> disturbed = Run(diff);
  ASSERT_TRUE(disturbed.ok()) << disturbed.status();
  EXPECT_GT(busy.disturbed(), 1000U);
  EXPECT_EQ(quiet->out, disturbed->out);
}

TEST_P(GuestBoot, SaysWhatTheKernelLacks) {
  if (kernel_.modules.empty()) GTEST_SKIP() << "what it needs is built in";
  kernel_.modules.clear();
  const absl::StatusOr<GuestResult> result = Run({"list", "kernels"});
  EXPECT_TRUE(absl::IsUnavailable(result.status())) << result.status();
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("CONFIG_TUN"));
}

TEST_P(GuestBoot, IsGivenUpAfterItsTime) {
  options_.limit = std::chrono::seconds(0);
  const absl::StatusOr<GuestResult> result = Run({"list", "kernels"});
  EXPECT_TRUE(absl::IsUnavailable(result.status())) << result.status();
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("was not done after 0 s"));
}

INSTANTIATE_TEST_SUITE_P(Debian, GuestBoot,
                         ::testing::Values("linux-5.10", "linux-6.1", "linux-6.12", "linux-7.2",
                                           "uml-5.10", "uml-6.1"),
                         [](const ::testing::TestParamInfo<const char*>& guest) {
                           std::string name = guest.param;
                           for (char& c : name) c = c == '-' || c == '.' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace finwait
