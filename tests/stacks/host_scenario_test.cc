// SPDX-License-Identifier: Apache-2.0
//
// How kernels end connections, seen on the one that runs this test. What differs between kernels is
// decided by the answer, not by the release.
#include <gtest/gtest.h>

#include "tests/stacks/host_test.h"
#include "tests/stacks/segments.h"

namespace finwait {
namespace {

using HostScenario = HostTest;

TEST_F(HostScenario, ActiveCloseByShutdown) {
  EXPECT_EQ(StateNow(), "ESTABLISHED");
  EXPECT_EQ(Call(Shuts(How::kWr)), "returns 0");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_EQ(StateNow(), "FIN-WAIT-1");
  EXPECT_EQ(In(Seg(".", 1, 2)), "nothing");
  EXPECT_EQ(StateNow(), "FIN-WAIT-2");
  EXPECT_EQ(In(Seg("F.", 1, 2)), ". 2:2(0) ack 2");
  EXPECT_EQ(StateNow(), "TIME-WAIT");
  EXPECT_EQ(Call(Reads()), "returns 0");
  EXPECT_EQ(Call(Sends(1)), "fails with EPIPE");
  EXPECT_EQ(Call(Shuts(How::kWr)), "fails with ENOTCONN");
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_EQ(Sent(), "nothing");
  EXPECT_EQ(StateNow(), "TIME-WAIT");
}

TEST_F(HostScenario, ActiveCloseByClose) {
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_EQ(StateNow(), "FIN-WAIT-1");
  EXPECT_EQ(In(Seg(".", 1, 2)), "nothing");
  EXPECT_EQ(StateNow(), "FIN-WAIT-2");
  EXPECT_EQ(In(Seg("F.", 1, 2)), ". 2:2(0) ack 2");
  EXPECT_EQ(StateNow(), "TIME-WAIT");
}

TEST_F(HostScenario, PassiveClose) {
  ASSERT_EQ(Host().Inject(Seg("F.", 1, 1)), absl::OkStatus());
  EXPECT_EQ(StateNow(), "CLOSE-WAIT");
  Wait(100);  // The acknowledgement leaves at the next tick.
  EXPECT_EQ(Sent(), ". 1:1(0) ack 2");
  EXPECT_EQ(Call(Reads()), "returns 0");
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 2");
  EXPECT_EQ(StateNow(), "LAST-ACK");
  EXPECT_EQ(In(Seg(".", 2, 2)), "nothing");
  EXPECT_EQ(StateNow(), "CLOSED");
}

TEST_F(HostScenario, SimultaneousClose) {
  EXPECT_EQ(Call(Shuts(How::kWr)), "returns 0");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_EQ(In(Seg("F.", 1, 1)), ". 2:2(0) ack 2");
  EXPECT_EQ(StateNow(), "CLOSING");
  EXPECT_EQ(In(Seg(".", 2, 2)), "nothing");
  EXPECT_EQ(StateNow(), "TIME-WAIT");
}

// The incident: the acknowledgement of our FIN overtakes the peer's older FIN.
class OldFinInFinWait2 : public HostTest {
 protected:
  void Check() {
    EXPECT_EQ(Call(Shuts(How::kWr)), "returns 0");
    EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
    EXPECT_EQ(In(Seg(".", 2, 2)), "nothing");
    EXPECT_EQ(StateNow(), "FIN-WAIT-2");
    const std::string answer = In(Seg("F.", 1, 1));
    const std::string state = StateNow();
    if (answer == ". 2:2(0) ack 1") {  // Discarded with a challenge ACK; the FIN is not taken.
      EXPECT_EQ(state, "FIN-WAIT-2");
    } else {  // Taken.
      EXPECT_EQ(answer, ". 2:2(0) ack 2");
      EXPECT_EQ(state, "TIME-WAIT");
    }
    // The peer's retransmission acknowledges our FIN: every kernel takes it.
    EXPECT_EQ(In(Seg("F.", 1, 2)), ". 2:2(0) ack 2");
    EXPECT_EQ(StateNow(), "TIME-WAIT");
  }
};

TEST_F(OldFinInFinWait2, IsTakenOrDiscardedAfterAPassiveOpen) { Check(); }

TEST_F(OldFinInFinWait2, IsTakenOrDiscardedAfterAnActiveOpen) {
  Connection connection = Scenario();
  connection.opener = Opener::kActive;
  Establish(connection);
  Check();
}

TEST_F(OldFinInFinWait2, IsTakenByATimewaitSocketOnEveryKernel) {
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_EQ(In(Seg(".", 2, 2)), "nothing");
  EXPECT_EQ(In(Seg("F.", 1, 1)), ". 2:2(0) ack 2");
  EXPECT_EQ(StateNow(), "TIME-WAIT");
}

TEST_F(HostScenario, ResetOnlyAtTheExactNumber) {
  EXPECT_EQ(In(Seg("R", 5)), ". 1:1(0) ack 1");
  EXPECT_EQ(In(Seg("R", 5)), "nothing");  // Challenge ACKs are limited.
  EXPECT_EQ(In(Seg("R", 0)), "nothing");
  EXPECT_EQ(In(Seg("R", 70000)), "nothing");
  EXPECT_EQ(StateNow(), "ESTABLISHED");
  EXPECT_EQ(In(Seg("R", 1)), "nothing");
  EXPECT_EQ(StateNow(), "CLOSED");
  EXPECT_EQ(Call(Reads()), "fails with ECONNRESET");
  EXPECT_EQ(Call(Reads()), "returns 0");
  EXPECT_EQ(Call(Sends(1)), "fails with EPIPE");
}

TEST_F(HostScenario, CloseWithUnreadDataResets) {
  EXPECT_EQ(In(Seg("P.", 1, 1, 10)), ". 1:1(0) ack 11");
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_EQ(Sent(), "R. 1:1(0) ack 11");
  EXPECT_EQ(StateNow(), "CLOSED");
  EXPECT_EQ(In(Seg(".", 11, 1)), "R 1:1(0)");
}

TEST_F(HostScenario, AResetInReplyToASegmentWithoutAckHasNumberZero) {
  EXPECT_EQ(In(Seg("R", 1)), "nothing");
  EXPECT_EQ(Call(Closes()), "returns 0");
  Connection active = Scenario();
  active.opener = Opener::kActive;  // No listener that would take the SYN.
  Establish(active);
  EXPECT_EQ(In(Seg("R", 1)), "nothing");
  EXPECT_EQ(In(Seg("S", 100)), "R. 0:0(0) ack 101");
}

TEST_F(HostScenario, LingerZeroResets) {
  Connection connection = Scenario();
  connection.linger_on = true;
  Establish(connection);
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_EQ(Sent(), "R. 1:1(0) ack 1");
  EXPECT_EQ(StateNow(), "CLOSED");
}

TEST_F(HostScenario, LingerZeroInClosingIsSilent) {
  Connection connection = Scenario();
  connection.linger_on = true;
  Establish(connection);
  EXPECT_EQ(Call(Shuts(How::kWr)), "returns 0");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_EQ(In(Seg("F.", 1, 1)), ". 2:2(0) ack 2");
  EXPECT_EQ(Call(Closes()), "returns 0");
  EXPECT_EQ(Sent(), "nothing");
  EXPECT_EQ(StateNow(), "CLOSED");
}

TEST_F(HostScenario, DataAfterShutdownOfBothSidesResets) {
  EXPECT_EQ(Call(Shuts(How::kRdwr)), "returns 0");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_EQ(In(Seg("P.", 1, 1, 10)), "R 1:1(0)");
  EXPECT_EQ(StateNow(), "CLOSED");
  EXPECT_EQ(Call(Reads()), "fails with ECONNRESET");
}

TEST_F(HostScenario, DataAfterShutdownOfBothSidesResetsInFinWait2) {
  EXPECT_EQ(Call(Shuts(How::kRdwr)), "returns 0");
  EXPECT_EQ(Sent(), "F. 1:1(0) ack 1");
  EXPECT_EQ(In(Seg("P.", 1, 2, 10)), "R 2:2(0)");
  EXPECT_EQ(StateNow(), "CLOSED");
}

}  // namespace
}  // namespace finwait
