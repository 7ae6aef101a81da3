// SPDX-License-Identifier: Apache-2.0
//
// LinuxHost as a Stack: numbers, bytes, time, sleeping calls, and cleaning up after itself.
#include "stacks/linux_host.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>

#include "model/world/notation.h"
#include "tests/stacks/host_test.h"
#include "tests/stacks/segments.h"

namespace finwait {
namespace {

using LinuxHostTest = HostTest;

TEST_F(LinuxHostTest, NamesTheKernel) {
  EXPECT_EQ(Host().Name(), "host linux " + KernelRelease());
  EXPECT_NE(KernelRelease(), "unknown");
}

TEST_F(LinuxHostTest, ReadsTheCountersOfItsNamespace) {
  Establish(Scenario());
  const absl::StatusOr<Counts> before = Host().ReadCounters();
  ASSERT_TRUE(before.ok()) << before.status();
  EXPECT_NE(In(Seg("R", 5, 0)), "nothing");
  const absl::StatusOr<Counts> after = Host().ReadCounters();
  ASSERT_TRUE(after.ok()) << after.status();
  const Counts moved = after->Since(*before);
  EXPECT_EQ(moved[Counter::kTcpChallengeAck], 1U);
  EXPECT_EQ(moved[Counter::kOutSegs], 1U);
  EXPECT_EQ(moved[Counter::kOutRsts], 0U);
}

TEST_F(LinuxHostTest, SpeaksInTheNumbersOfTheSchedule) {
  for (const Opener opener : {Opener::kPassive, Opener::kActive}) {
    Connection connection = Scenario();
    connection.opener = opener;
    connection.next = SeqNum{0xfffffffe};
    connection.peer_next = SeqNum{4416};
    Establish(connection);
    EXPECT_EQ(Call(Sends(4)), "returns 4");
    EXPECT_EQ(Sent(), ". 4294967294:2(4) ack 4416");
    EXPECT_EQ(In(Seg(".", 4416, 2)), "nothing");
    EXPECT_EQ(Call(Shuts(How::kWr)), "returns 0");
    EXPECT_EQ(Sent(), "F. 2:2(0) ack 4416");
  }
}

TEST_F(LinuxHostTest, CarriesBytesBothWays) {
  EXPECT_EQ(Call(Sends(50)), "returns 50");
  EXPECT_EQ(Sent(), ". 1:51(50) ack 1");
  EXPECT_EQ(Call(Reads()), "fails with EAGAIN");
  EXPECT_EQ(In(Seg("P.", 1, 51, 300)), ". 51:51(0) ack 301");
  EXPECT_EQ(Call(Reads(100)), "returns 100");
  EXPECT_EQ(In(Seg("P.", 301, 51, 300)), ". 51:51(0) ack 601");
  EXPECT_EQ(Call(Reads()), "returns 500");
}

TEST_F(LinuxHostTest, RefusesCallsAfterClose) {
  EXPECT_EQ(Call(Closes()), "returns 0");
  for (const Event& call : {Sends(1), Reads(), Shuts(How::kWr), Closes()}) {
    EXPECT_TRUE(absl::IsFailedPrecondition(Host().Invoke(call).status()));
  }
}

TEST_F(LinuxHostTest, RefusesEverythingWithoutAConnection) {
  ASSERT_EQ(Host().Release(), absl::OkStatus());
  EXPECT_TRUE(absl::IsFailedPrecondition(Host().Inject(Seg(".", 1, 1))));
  EXPECT_TRUE(absl::IsFailedPrecondition(Host().Invoke(Reads()).status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(Host().Collect().status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(Host().AdvanceTo(Time{})));
  EXPECT_EQ(StateNow(), "CLOSED");
}

TEST_F(LinuxHostTest, RefusesASegmentThatFitsNoPacket) {
  EXPECT_TRUE(absl::IsInvalidArgument(Host().Inject(Seg(".", 1, 1, 65535))));
}

// What our FIN's first retransmission is, and that it left `after_ms` after the handshake or later:
// a kernel's timer never fires early, and on a busy machine nothing is certain but that.
class RetransmissionTest : public HostTest {
 protected:
  void Check(int after_ms) {
    EXPECT_EQ(Call(Shuts(How::kWr)), "returns 0");
    EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
    Wait(after_ms + 100);
    const auto sent = Host().Collect();
    ASSERT_TRUE(sent.ok()) << sent.status();
    ASSERT_FALSE(sent->empty());
    EXPECT_EQ(SegmentText(sent->front().segment), "F. 1:1(0) ack 1");
    EXPECT_GE(sent->front().at, At(std::chrono::milliseconds(after_ms)));
  }
};

// With a handshake of no duration the time-out is 200 ms and some ticks.
TEST_F(RetransmissionTest, ComesWhileTimePasses) { Check(200); }

// A handshake of 100 ms gives a time-out of 300 ms and some ticks.
TEST_F(RetransmissionTest, ComesLaterAfterASlowHandshake) {
  for (const Opener opener : {Opener::kPassive, Opener::kActive}) {
    Connection connection = Scenario();
    connection.opener = opener;
    connection.rtt = std::chrono::milliseconds(100);
    Establish(connection);
    Check(300);
  }
}

class LingeringCloseTest : public HostTest {
 protected:
  void SetUp() override {
    HostTest::SetUp();
    if (IsSkipped()) return;
    Connection connection = Scenario();
    connection.linger_on = true;
    connection.linger_s = 60;
    Establish(connection);
  }
};

TEST_F(LingeringCloseTest, SleepsUntilOurFinIsAcknowledged) {
  EXPECT_EQ(Call(Closes()), "sleeps");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_EQ(StateNow(), "FIN-WAIT-1");
  EXPECT_EQ(In(Seg("F.", 1, 1)), ". 2:2(0) ack 2");
  EXPECT_EQ(StateNow(), "CLOSING");
  EXPECT_EQ(In(Seg(".", 2, 2)), "nothing");
  EXPECT_EQ(StateNow(), "TIME-WAIT");
}

TEST_F(LingeringCloseTest, LeavesATimewaitSocketWhenItWakesInFinWait2) {
  EXPECT_EQ(Call(Closes()), "sleeps");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_EQ(In(Seg(".", 1, 2)), "nothing");
  EXPECT_EQ(StateNow(), "FIN-WAIT-2");
  // A timewait socket answers data with a reset; a socket whose user still slept would do so too,
  // but it would not take a FIN with an old acknowledgement on every kernel.
  EXPECT_EQ(In(Seg("F.", 1, 1)), ". 2:2(0) ack 2");
  EXPECT_EQ(StateNow(), "TIME-WAIT");
}

TEST_F(LingeringCloseTest, DoesNotSleepWhenThereIsNothingToWaitFor) {
  EXPECT_EQ(In(Seg("P.", 1, 1, 10)), ". 1:1(0) ack 11");
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_EQ(Sent(), "R. 1:1(0) ack 11");
}

// Were the sleeper still closing when the reset arrives, the reset would wait for the socket's lock
// and be lost on it, and the timewait socket would stay.
TEST_F(LingeringCloseTest, HasRunBeforeTheNextEvent) {
  Connection connection = Scenario();
  connection.linger_on = true;
  connection.linger_s = 60;
  for (int i = 0; i < 300; ++i) {
    Establish(connection);
    ASSERT_EQ(Call(Closes()), "sleeps") << i;
    ASSERT_EQ(Sent(), "F. 1:1(0) ack 1") << i;
    ASSERT_EQ(In(Seg(".", 1, 2)), "nothing") << i;
    ASSERT_EQ(In(Seg("R", 1)), "nothing") << i;
    ASSERT_EQ(StateNow(), "CLOSED") << i;
  }
}

// Were the sleeper not killed, this would take a minute each.
TEST_F(LingeringCloseTest, IsEndedByRelease) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(Call(Closes()), "sleeps");
    Connection connection = Scenario();
    connection.linger_on = true;
    connection.linger_s = 60;
    Establish(connection);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

// The incident, and closing in each way, many times over in one namespace.
TEST_F(LinuxHostTest, HundredsOfConnectionsInARow) {
  for (int i = 0; i < 200; ++i) {
    Connection connection = Scenario();
    connection.opener = i % 2 == 0 ? Opener::kPassive : Opener::kActive;
    Establish(connection);
    ASSERT_EQ(Call(i % 3 == 0 ? Closes() : Shuts(How::kWr)), "returns 0") << i;
    ASSERT_EQ(Sent(), "F. 1:1(0) ack 1") << i;
    ASSERT_EQ(In(Seg(".", 2, 2)), "nothing") << i;
    ASSERT_EQ(StateNow(), "FIN-WAIT-2") << i;
    ASSERT_EQ(In(Seg("F.", 1, 2)), ". 2:2(0) ack 2") << i;
    ASSERT_EQ(StateNow(), "TIME-WAIT") << i;
  }
}

// Time for the kernel to send its SYN or SYN-ACK again.
TEST_F(LinuxHostTest, AHandshakeThatWasHeldUpIsNone) {
  for (const Opener opener : {Opener::kPassive, Opener::kActive}) {
    Connection late = Scenario();
    late.opener = opener;
    late.rtt = std::chrono::milliseconds(1200);
    const absl::Status status = Host().Establish(late).status();
    EXPECT_TRUE(absl::IsAborted(status)) << status;
    late.rtt = Duration{};
    Establish(late);
    EXPECT_EQ(Call(Shuts(How::kWr)), "returns 0");
    EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  }
}

size_t OpenDescriptors() {
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    count += entry.path().empty() ? 0U : 1U;
  }
  return count;
}

TEST_F(LinuxHostTest, LeavesTheProcessWhereItWas) {
  const std::filesystem::path here = "/proc/thread-self/ns/net";
  const auto before = std::filesystem::read_symlink(here);
  const size_t descriptors = OpenDescriptors();
  for (int i = 0; i < 3; ++i) {
    auto another = LinuxHost::Open();
    ASSERT_TRUE(another.ok()) << another.status();
    ASSERT_EQ((*another)->Establish(Scenario()).status(), absl::OkStatus());
  }
  EXPECT_EQ(std::filesystem::read_symlink(here), before);
  EXPECT_EQ(OpenDescriptors(), descriptors);
}

TEST_F(LinuxHostTest, ReleaseLeavesNothingBehind) {
  Connection active = Scenario();
  active.opener = Opener::kActive;  // Without a listener, what is gone answers with a reset.
  for (const bool closes : {false, true}) {
    Establish(active);
    EXPECT_EQ(Call(closes ? Closes() : Shuts(How::kWr)), "returns 0");
    EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
    EXPECT_EQ(In(Seg("F.", 1, 2)), ". 2:2(0) ack 2");
    EXPECT_EQ(StateNow(), "TIME-WAIT");
    EXPECT_EQ(In(Seg("R", 2)), "nothing");  // What Release does.
    EXPECT_EQ(StateNow(), "CLOSED");
  }
}

}  // namespace
}  // namespace finwait
