// SPDX-License-Identifier: Apache-2.0
//
// What the user of a socket of the running kernel sets and asks besides its calls.
#include <gtest/gtest.h>

#include "tests/stacks/host_test.h"

namespace finwait {
namespace {

uint16_t PollBits(LinuxHost& host) { return host.ObserveUser().value().poll; }

TEST_F(HostTest, PollsAndTakesErrors) {
  EXPECT_EQ(PollBits(Host()), kPollOut);
  In(Seg("P.", 1, 1, 10));
  EXPECT_EQ(PollBits(Host()), kPollIn | kPollOut);
  EXPECT_EQ(Call(Reads()), "returns 10");
  In(Seg("R", 11));
  EXPECT_EQ(PollBits(Host()), kPollIn | kPollOut | kPollErr | kPollHup | kPollRdHup);
  EXPECT_EQ(*Host().TakeError(), Errno::kConnReset);
  EXPECT_EQ(*Host().TakeError(), Errno::kNone);
  EXPECT_EQ(Host().ObserveUser()->state, State::kClosed);
}

TEST_F(HostTest, SetsAndClearsLinger) {
  ASSERT_EQ(Host().SetOption({.name = OptionName::kLinger, .on = true, .value = 0}),
            absl::OkStatus());
  ASSERT_EQ(Host().SetOption({.name = OptionName::kLinger, .on = false}), absl::OkStatus());
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_TRUE(Host().ObserveUser()->closed_at.has_value());
  EXPECT_TRUE(absl::IsFailedPrecondition(Host().SetOption({})));
}

TEST_F(HostTest, SaysWhenASleepingCloseReturns) {
  ASSERT_EQ(Host().SetOption({.name = OptionName::kLinger, .on = true, .value = 5}),
            absl::OkStatus());
  EXPECT_EQ(Call(Closes()), "sleeps");
  EXPECT_EQ(Host().ObserveUser()->closed_at, std::nullopt);
  Wait(50);
  In(Seg(".", 1, 2));
  const std::optional<Time> closed_at = Host().ObserveUser()->closed_at;
  ASSERT_TRUE(closed_at.has_value());
  EXPECT_GE(*closed_at, At(std::chrono::milliseconds(50)));
  EXPECT_LT(*closed_at, At(std::chrono::milliseconds(1000)));
}

TEST_F(HostTest, SetsLinger2AndReceiveBuffer) {
  ASSERT_EQ(Host().SetOption({.name = OptionName::kReceiveBuffer, .on = true, .value = 8192}),
            absl::OkStatus());
  ASSERT_EQ(Host().SetOption({.name = OptionName::kLinger2, .on = true, .value = -1}),
            absl::OkStatus());
  Call(Shuts(How::kWr));
  In(Seg(".", 1, 2));
  Sent();
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_EQ(Sent(), "R. 2:2(0) ack 1");
}

}  // namespace
}  // namespace finwait
