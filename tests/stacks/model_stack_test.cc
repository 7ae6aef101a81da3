// SPDX-License-Identifier: Apache-2.0
#include "stacks/model_stack.h"

#include <gtest/gtest.h>

#include <chrono>

#include "model/world/notation.h"
#include "stacks/compare.h"
#include "stacks/driver.h"
#include "tests/stacks/segments.h"

namespace finwait {
namespace {

class ModelStackTest : public ::testing::Test {
 protected:
  void SetUp() override { Establish(Passive()); }

  static Connection Passive() {
    return Connection{
        .next = SeqNum{1}, .peer_next = SeqNum{1}, .peer_window = 29200, .peer_mss = 1000};
  }
  void Establish(const Connection& connection) { ASSERT_TRUE(model_.Establish(connection).ok()); }
  std::string Sent() { return SegmentsText(*model_.Collect()); }
  std::string In(const Segment& segment) {
    const absl::Status status = model_.Inject(segment);
    return status.ok() ? Sent() : status.ToString();
  }
  std::string Call(const Event& call) {
    const auto result = model_.Invoke(call);
    return result.ok() ? ResultText(*result) : result.status().ToString();
  }
  uint16_t PollBits() { return model_.ObserveUser()->poll; }

  ModelStack model_{Host{*FindProfile("linux-6.12"), Environment{}}};
};

TEST_F(ModelStackTest, IsNamedByItsKernel) { EXPECT_EQ(model_.Name(), "model:linux-6.12"); }

TEST_F(ModelStackTest, RunsTheIncident) {
  EXPECT_EQ(Call(Shuts(How::kWr)), "returns 0");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_EQ(In(Seg(".", 2, 2)), "nothing");
  EXPECT_EQ(*model_.ObserveState(), State::kFinWait2);
  EXPECT_EQ(In(Seg("F.", 1, 1)), ". 2:2(0) ack 2");
  EXPECT_EQ(*model_.ObserveState(), State::kTimeWait);
  EXPECT_EQ(model_.ObserveUser()->state, State::kClosed);
}

TEST_F(ModelStackTest, FiresTimersAtTheirTime) {
  EXPECT_EQ(Call(Shuts(How::kWr)), "returns 0");
  EXPECT_EQ(model_.AdvanceTo(Ms(1000)), absl::OkStatus());
  const auto sent = *model_.Collect();
  ASSERT_EQ(sent.size(), 3U);  // The FIN, after one time-out, after two more.
  EXPECT_GT(sent[1].at, Ms(150));
  EXPECT_LT(sent[1].at, Ms(250));
  EXPECT_EQ(sent[2].at - sent[1].at, 2 * (sent[1].at - sent[0].at));
}

TEST_F(ModelStackTest, SegmentsAtThePeersMss) {
  EXPECT_EQ(Call(Sends(1500)), "returns 1500");
  EXPECT_EQ(Sent(), "P. 1:1001(1000) ack 1; P. 1001:1501(500) ack 1");
}

TEST_F(ModelStackTest, PollsAndTakesErrors) {
  EXPECT_EQ(PollBits(), kPollOut);
  In(Seg("P.", 1, 1, 10));
  EXPECT_EQ(PollBits(), kPollIn | kPollOut);
  Call(Reads());
  In(Seg("R", 11));
  EXPECT_EQ(PollBits(), kPollIn | kPollOut | kPollErr | kPollHup | kPollRdHup);
  EXPECT_EQ(*model_.TakeError(), Errno::kConnReset);
  EXPECT_EQ(*model_.TakeError(), Errno::kNone);
  EXPECT_EQ(PollBits(), kPollIn | kPollOut | kPollHup | kPollRdHup);
}

TEST_F(ModelStackTest, SaysWhenCloseReturns) {
  ASSERT_EQ(model_.SetOption({.name = OptionName::kLinger, .on = true, .value = 2}),
            absl::OkStatus());
  EXPECT_EQ(Call(Closes()), "sleeps");
  EXPECT_EQ(model_.ObserveUser()->closed_at, std::nullopt);
  ASSERT_EQ(model_.AdvanceTo(Ms(100)), absl::OkStatus());
  In(Seg(".", 1, 2));
  EXPECT_EQ(model_.ObserveUser()->closed_at, Ms(100));

  Establish(Passive());
  ASSERT_EQ(model_.SetOption({.name = OptionName::kLinger, .on = true, .value = 2}),
            absl::OkStatus());
  EXPECT_EQ(Call(Closes()), "sleeps");
  ASSERT_EQ(model_.AdvanceTo(Ms(5000)), absl::OkStatus());
  EXPECT_EQ(model_.ObserveUser()->closed_at, Ms(2000));
}

TEST_F(ModelStackTest, RefusesWhatItCannotPlay) {
  EXPECT_TRUE(absl::IsUnimplemented(
      model_.SetOption({.name = OptionName::kReceiveBuffer, .on = true, .value = 4096})));
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_TRUE(absl::IsFailedPrecondition(model_.Invoke(Closes()).status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(model_.SetOption({})));
  EXPECT_TRUE(absl::IsFailedPrecondition(model_.TakeError().status()));
  EXPECT_EQ(model_.Release(), absl::OkStatus());
  EXPECT_TRUE(absl::IsFailedPrecondition(model_.Inject(Seg(".", 1, 1))));
  EXPECT_TRUE(absl::IsFailedPrecondition(model_.AdvanceTo(Ms(1))));
  EXPECT_EQ(*model_.ObserveState(), State::kClosed);
}

}  // namespace
}  // namespace finwait
