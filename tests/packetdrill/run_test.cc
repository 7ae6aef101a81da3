// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "stacks/model_stack.h"
#include "tests/packetdrill/pkt_texts.h"
#include "tests/stacks/fake_stack.h"
#include "tests/stacks/segments.h"

namespace finwait::pkt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Time Ms(int ms) { return At(std::chrono::milliseconds(ms)); }

Departure Left(int ms, const Segment& segment) { return {.at = Ms(ms), .segment = segment}; }

// What is reported of the line that fails, or of the last.
std::string Told(const absl::StatusOr<Ran>& ran) {
  if (!ran.ok()) return std::string(ran.status().message());
  const LineResult* const failed = ran->Failed();
  const LineResult& line = failed != nullptr ? *failed : ran->lines.back();
  return (failed != nullptr ? "FAILED " : "held ") + std::to_string(line.line) + ": " +
         line.expected + " | " + line.came;
}

// The script behind the handshake of kAccepts, on a stack that has sent these segments.
std::string RunOn(const std::string& lines, std::vector<Departure> sent,
                  CallResult result = {.returned = true}) {
  FakeStack stack;
  stack.will_send = {{}, std::move(sent)};
  stack.result = result;
  return Told(RunText(kAccepts + lines, stack));
}

TEST(Run, AsksTheStackInOrderAndInItsTime) {
  FakeStack stack;
  const auto ran = RunText(kAccepts +
                               "+.1 < F. 1:1(0) ack 1 win 257\n"
                               "+.05 shutdown(4, SHUT_WR) = 0\n"
                               "+0 %{ assert tcpi_state == 1 }%\n",
                           stack);
  ASSERT_TRUE(ran.ok()) << ran.status();
  EXPECT_EQ(ran->Failed(), nullptr);
  EXPECT_EQ(ran->target, "fake");
  EXPECT_THAT(stack.asked,
              ElementsAre("establish", "advance to 0", "advance to 0", "advance to 100",
                          "inject F. 1:1(0) ack 1", "advance to 150", "shutdown(SHUT_WR)",
                          "advance to 150", "observe user", "release"));
  EXPECT_EQ(stack.connection.peer_mss, 1000);
}

TEST(Run, ExpectsSegments) {
  const Segment fin = Seg("F.", 1, 1);
  EXPECT_EQ(RunOn("+0 > F. 1:1(0) ack 1\n", {Left(0, fin)}),
            "held 9: F. 1:1(0) ack 1 at 10.0 ms | F. 1:1(0) ack 1 at 10.0 ms");
  EXPECT_EQ(RunOn("+0 > F. 1:1(0) ack 2\n", {Left(0, fin)}),
            "FAILED 9: F. 1:1(0) ack 2 at 10.0 ms | F. 1:1(0) ack 1 at 10.0 ms");
  EXPECT_EQ(RunOn("+0 > F. 1:1(0) ack 1 win 5\n", {Left(0, fin)}),
            "FAILED 9: F. 1:1(0) ack 1 win 5 at 10.0 ms | F. 1:1(0) ack 1 win 29200 at 10.0 ms");
  EXPECT_EQ(RunOn("+.05 > F. 1:1(0) ack 1\n", {Left(40, fin)}),
            "FAILED 9: F. 1:1(0) ack 1 at 60.0 ms | F. 1:1(0) ack 1 at 50.0 ms");
  EXPECT_EQ(RunOn("+0 > F. 1:1(0) ack 1\n", {}),
            "FAILED 9: F. 1:1(0) ack 1 at 10.0 ms | nothing until 14.0 ms");
  EXPECT_THAT(RunOn("+.02~+.05 > F. 1:1(0) ack 1\n", {Left(53, fin)}), HasSubstr("held"));
  EXPECT_THAT(RunOn("+.02~+.05 > F. 1:1(0) ack 1\n", {Left(55, fin)}), HasSubstr("FAILED"));
  EXPECT_THAT(RunOn("* > F. 1:1(0) ack 1\n", {Left(700, fin)}), HasSubstr("held"));
}

TEST(Run, GivesTheStackTheTimeItWasLateItself) {
  const std::string lines = "+.1 < F. 1:1(0) ack 1 win 257\n+0 > . 1:1(0) ack 2\n";
  const auto run = [&lines](int left_at) {
    FakeStack stack;
    stack.late = std::chrono::milliseconds(20);
    stack.will_send = {{}, {}, {}, {}, {}, {Left(left_at, Seg(".", 1, 2))}};
    return Told(RunText(kAccepts + lines, stack));
  };
  EXPECT_EQ(run(123),
            "held 10: . 1:1(0) ack 2 at 110.0 ms | . 1:1(0) ack 2 at 133.0 ms "
            "(finwait itself 20.0 ms late)");
  EXPECT_THAT(run(125), HasSubstr("FAILED 10"));
}

TEST(Run, ComparesOptionsAndPassesOverPush) {
  Segment ack = Seg(".", 1, 1);
  EXPECT_THAT(RunOn("+0 > P. 1:11(10) ack 1\n", {Left(0, Seg(".", 1, 1, 10))}), HasSubstr("held"));
  ack.timestamps = true;
  ack.tsval = 900;
  ack.tsecr = 7;
  EXPECT_THAT(RunOn("+0 > . 1:1(0) ack 1\n", {Left(0, ack)}), HasSubstr("FAILED"));
  EXPECT_THAT(RunOn("+0 > . 1:1(0) ack 1 <...>\n", {Left(0, ack)}), HasSubstr("held"));
  EXPECT_THAT(RunOn("+0 > . 1:1(0) ack 1 <nop,nop,TS val 1 ecr 7>\n", {Left(0, ack)}),
              HasSubstr("held"));
  EXPECT_THAT(RunOn("+0 > . 1:1(0) ack 1 <nop,nop,TS val 1 ecr 8>\n", {Left(0, ack)}),
              HasSubstr("FAILED"));
  EXPECT_THAT(RunOn("+0 > . 1:1(0) ack 1 <nop,nop,sack 5:6>\n", {Left(0, Seg(".", 1, 1))}),
              HasSubstr("FAILED"));
}

TEST(Run, ComparesResults) {
  const CallResult pipe{.returned = true, .error = Errno::kPipe};
  EXPECT_EQ(RunOn("+0 send(4, ..., 5, 0) = 5\n", {}, pipe),
            "FAILED 9: returns 5 | fails with EPIPE");
  EXPECT_EQ(RunOn("+0 send(4, ..., 5, 0) = -1 EPIPE (Broken pipe)\n", {}, pipe),
            "held 9: fails with EPIPE | fails with EPIPE");
  EXPECT_EQ(RunOn("+0 send(4, ..., 5, 0) = ?\n", {}, pipe), "held 9: returns | fails with EPIPE");
  const CallResult again{.returned = true, .error = Errno::kAgain};
  EXPECT_EQ(
      RunOn("+0 fcntl(4, F_SETFL, O_RDWR) = 0\n+0 recv(4, ..., 5, 0) = -1 EAGAIN (x)\n", {}, again),
      "FAILED 10: fails with EAGAIN | would block: O_NONBLOCK is not set");
  EXPECT_EQ(RunOn("+0 poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, 0) = 1\n", {}),
            "FAILED 9: returns 1: POLLIN | returns 0: 0");
  EXPECT_EQ(RunOn("+0 getsockopt(4, SOL_SOCKET, SO_ERROR, [EPIPE], [4]) = 0\n", {}),
            "FAILED 9: SO_ERROR EPIPE | SO_ERROR 0");
  EXPECT_EQ(RunOn("+0 %{ assert tcpi_state == 5 }%\n", {}),
            "FAILED 9: tcpi_state TCP_FIN_WAIT2 | tcpi_state TCP_ESTABLISHED");
}

TEST(Run, EndsAtTheFirstLineThatFails) {
  FakeStack stack;
  const auto ran = RunText(kAccepts + "+0 > F. 1:1(0) ack 1\n+0 close(4) = 0\n", stack);
  ASSERT_TRUE(ran.ok()) << ran.status();
  ASSERT_EQ(ran->lines.size(), 10U);
  EXPECT_EQ(ran->lines[0].outcome, Outcome::kSetUp);
  EXPECT_EQ(ran->lines[6].outcome, Outcome::kHeld);
  EXPECT_EQ(ran->lines[8].outcome, Outcome::kFailed);
  EXPECT_EQ(ran->lines[9].outcome, Outcome::kNotRun);
  EXPECT_EQ(stack.asked.back(), "release");
}

TEST(Run, TellsWhatNobodyAskedFor) {
  FakeStack stack;
  stack.will_send = {{}, {}, {Left(5, Seg("R", 1))}};
  const auto ran = RunText(kAccepts + "+.01 close(4) = 0\n", stack);
  ASSERT_TRUE(ran.ok()) << ran.status();
  EXPECT_EQ(ran->Failed(), nullptr);
  EXPECT_THAT(ran->unasked, ElementsAre("R 1:1(0) at 15.0 ms"));
}

TEST(Run, SaysWhatAScriptMayNotDo) {
  EXPECT_EQ(RunOn("+0 close(5) = 0\n", {}), "x.pkt:9:1: descriptor 5 is not open");
  EXPECT_EQ(RunOn("+0 close(4) = 0\n+0 close(4) = 0\n", {}),
            "x.pkt:10:1: descriptor 4 is not open");
  EXPECT_EQ(RunOn("0.001 close(4) = 0\n", {}), "x.pkt:9:1: earlier than the line before");
  EXPECT_EQ(RunOn("+0...+1 recv(4, ..., 5, 0) = 0\n", {}),
            "x.pkt:9:1: not supported: a call that blocks, other than close()");
  EXPECT_EQ(RunOn("+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 5\n", {}),
            "x.pkt:9:1: not supported: a second connection");
}

// ---- On the model -------------------------------------------------------------------------------

ModelStack Model() { return ModelStack(Host{*FindProfile("linux-6.12"), Environment{}}); }

TEST(RunOnModel, SaysWhatTheModelDoesNotSupport) {
  ModelStack model = Model();
  const auto ran =
      RunText(kAccepts + "+0 setsockopt(4, SOL_SOCKET, SO_RCVBUF, [4096], 4) = 0\n", model);
  EXPECT_TRUE(absl::IsInvalidArgument(ran.status()));
  EXPECT_EQ(Told(ran), "x.pkt:9:1: not supported by model:linux-6.12: SO_RCVBUF");
}

TEST(RunOnModel, HoldsTheTermsAgainstTheSyn) {
  ModelStack model = Model();
  std::string text = kAccepts;
  text.replace(text.find("<...>"), 5, "<mss 1400>");
  EXPECT_EQ(Told(RunText(text, model)), "FAILED 5: mss 1400 | mss 1460");
}

TEST(RunOnModel, WaitsForACloseThatSleeps) {
  const std::string lines =
      "+0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=1}, 8) = 0\n"
      "0.01...1.01 close(4) = 0\n"
      "+0 > F. 1:1(0) ack 1\n";
  ModelStack model = Model();
  const auto ran = RunText(kAccepts + lines, model);
  ASSERT_TRUE(ran.ok()) << ran.status();
  EXPECT_EQ(ran->lines[9].came, "returns at 1010.0 ms");
  EXPECT_EQ(ran->Failed(), nullptr);
  EXPECT_THAT(Told(RunText(kAccepts + lines + "+.1 < . 1:1(0) ack 2 win 257\n", model)),
              HasSubstr("FAILED 10: returns at 1010.0 ms | returns at 110.0 ms"));
}

TEST(RunOnModel, OpensActively) {
  ModelStack model = Model();
  const auto ran = RunText(kConnects + "+0 close(3) = 0\n+0 > F. 1:1(0) ack 1\n", model);
  ASSERT_TRUE(ran.ok()) << ran.status();
  EXPECT_EQ(ran->Failed(), nullptr) << Told(ran);
  EXPECT_THAT(ran->unasked, IsEmpty());
}

}  // namespace
}  // namespace finwait::pkt
