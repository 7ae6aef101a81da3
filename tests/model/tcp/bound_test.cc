// SPDX-License-Identifier: Apache-2.0
//
// A queue of the model that is full is reported, never passed over.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "model/tcp/step.h"

namespace finwait {
namespace {

constexpr uint32_t kQueuedMax = 6;  // Tcb::out_of_order.

class BoundTest : public ::testing::Test {
 protected:
  const Effects& Do(const Event& event) {
    Step(endpoint_, event, Time{}, host_, out_);
    return out_;
  }

  // One byte, `n` past the next one expected.
  static Event ByteAt(uint32_t n) {
    return {EventKind::kSegment, 0,
            Segment{.seq = SeqNum{1} + n, .ack = {1}, .len = 1, .wnd = 1000, .flags = kAck}};
  }

  Host host_{*FindProfile("linux-6.12"), Environment{}};
  Endpoint endpoint_ = Established({.snd_nxt = {1}, .rcv_nxt = {1}, .peer_window = 100}, host_);
  Effects out_;
};

TEST_F(BoundTest, SendingIntoTheWindowIsNoBound) {
  EXPECT_FALSE(Do({EventKind::kSend, 100}).bound);
  EXPECT_EQ(out_.sent.count, 1);
}

// The window lets nothing of it pass: a probe will tell when it opens.
TEST_F(BoundTest, SendingPastTheWindowIsNoBound) {
  EXPECT_FALSE(Do({EventKind::kSend, 101}).bound);
  EXPECT_EQ(out_.sent.count, 0);
  EXPECT_NE(NextTimer(endpoint_), kNever);
}

// Each segment beyond the MSS leaves by itself, the last one is more than the queue holds.
TEST_F(BoundTest, AFullRetransmissionQueueIs) {
  endpoint_.socket.snd_wnd = 64240;
  endpoint_.socket.snd_mss = 10;
  EXPECT_FALSE(Do({EventKind::kSend, 40}).bound);
  EXPECT_FALSE(Do({EventKind::kSend, 40}).bound);
  EXPECT_TRUE(Do({EventKind::kSend, 10}).bound);
  EXPECT_EQ(out_.sent.count, 0);
}

TEST_F(BoundTest, MoreSegmentsThanAStepTellsAre) {
  endpoint_.socket.snd_wnd = 64240;
  endpoint_.socket.snd_mss = 10;
  EXPECT_TRUE(Do({EventKind::kSend, 70}).bound);
  EXPECT_EQ(out_.sent.count, 6);
}

TEST_F(BoundTest, MoreCountersThanAStepTellsAre) {
  while (!out_.counted.Full()) out_.Count(Counter::kTcpChallengeAck);
  EXPECT_FALSE(out_.bound);
  out_.Count(Counter::kTcpSynChallenge);
  EXPECT_TRUE(out_.bound);
  EXPECT_EQ(std::ranges::count(out_.counted, Counter::kTcpSynChallenge), 0);
}

TEST_F(BoundTest, AFullOutOfOrderQueueIs) {
  for (uint32_t i = 1; i <= kQueuedMax; ++i) EXPECT_FALSE(Do(ByteAt(2 * i)).bound);
  EXPECT_FALSE(Do(ByteAt(2)).bound);  // Queued already.
  EXPECT_TRUE(Do(ByteAt(2 * kQueuedMax + 2)).bound);
}

TEST_F(BoundTest, TheNextStepStartsClean) {
  endpoint_.socket.snd_wnd = 64240;
  endpoint_.socket.snd_mss = 10;
  ASSERT_TRUE(Do({EventKind::kSend, 90}).bound);
  Do({EventKind::kRecv, 0});
  EXPECT_FALSE(out_.bound);
  EXPECT_EQ(out_.sent.count, 0);
  EXPECT_EQ(out_.fired.count, 1);
  EXPECT_EQ(out_.result, (CallResult{.returned = true, .error = Errno::kAgain}));
}

}  // namespace
}  // namespace finwait
