// SPDX-License-Identifier: Apache-2.0
//
// State changes: lines of the trace, and the model's own, without root.
#include "stacks/state_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stacks/model_stack.h"
#include "tests/stacks/segments.h"

namespace finwait {
namespace {

using ::testing::ElementsAre;

constexpr char kLine[] =
    "finwait-7 [001] ..s1. 12.5: inet_sock_set_state: family=AF_INET protocol=IPPROTO_TCP "
    "sport=7531 dport=1024 saddr=192.0.2.1 daddr=198.51.100.1 saddrv6=::ffff:192.0.2.1 "
    "daddrv6=::ffff:198.51.100.1 oldstate=TCP_FIN_WAIT1 newstate=TCP_FIN_WAIT2";

TEST(StateTrace, ReadsALineAboutItsSocket) {
  EXPECT_EQ(StateSetIn(kLine, {.local = 7531, .peer = 1024}), State::kFinWait2);
  EXPECT_EQ(StateSetIn(kLine, {.local = 7531, .peer = 102}), std::nullopt);
  EXPECT_EQ(StateSetIn(kLine, {.local = 753, .peer = 1024}), std::nullopt);
  EXPECT_EQ(StateSetIn("", {}), std::nullopt);
}

class StateChanges : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(stack_.Establish(Connection{}).ok()); }
  void Call(EventKind kind) { ASSERT_TRUE(stack_.Invoke({.kind = kind}).ok()); }
  void Arrives(const char* flags, uint32_t seq, uint32_t ack) {
    ASSERT_TRUE(stack_.Inject(Seg(flags, seq, ack)).ok());
  }

  ModelStack stack_{Host{.kernel = *FindProfile("linux-6.18"), .environment = {}}};
};

// A bucket in FIN-WAIT-2 or TIME-WAIT is no socket: the socket goes to CLOSED.
TEST_F(StateChanges, OfAnActiveClose) {
  const Connection c;
  Call(EventKind::kShutdown);
  Arrives(".", c.peer_next.raw, c.next.raw + 1);
  EXPECT_THAT(*stack_.StateChanges(), ElementsAre(State::kFinWait1, State::kFinWait2));
  Call(EventKind::kClose);  // close() sets the state that it finds, too.
  EXPECT_THAT(*stack_.StateChanges(), ElementsAre(State::kFinWait2, State::kClosed));
  Arrives("F.", c.peer_next.raw, c.next.raw + 1);
  EXPECT_THAT(*stack_.StateChanges(), ElementsAre());
}

TEST_F(StateChanges, OfAPassiveClose) {
  const Connection c;
  Arrives("F.", c.peer_next.raw, c.next.raw);
  Call(EventKind::kClose);
  Arrives(".", c.peer_next.raw + 1, c.next.raw + 1);
  EXPECT_THAT(*stack_.StateChanges(),
              ElementsAre(State::kCloseWait, State::kLastAck, State::kClosed));
}

}  // namespace
}  // namespace finwait
