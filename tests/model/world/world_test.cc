// SPDX-License-Identifier: Apache-2.0
#include "model/world/world.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "model/world/fingerprint.h"
#include "model/world/trace.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using testing::AnyChoices;
using testing::Pair;
using testing::RunWhole;

TEST(World, SegmentsTakeTheLatencyAndNoLess) {
  const PairSetup setup = Pair("linux-6.12");
  const Choices choices = {ShutdownBy(Side::kA, How::kWr), Deliver(Side::kA, 0)};
  const Trace trace = RunWhole(setup, choices);
  ASSERT_GE(trace.size(), 2U);
  EXPECT_EQ(trace[1].kind, StepKind::kArrival);
  EXPECT_EQ(trace[1].at, At(setup.latency));
}

TEST(World, ADelayedSegmentArrivesAtOnceWhenDelivered) {
  const PairSetup setup = Pair("linux-6.12");
  // A's FIN is held back until its retransmission timer has fired.
  const Choices choices = {ShutdownBy(Side::kA, How::kWr), Wait(), Deliver(Side::kA, 0)};
  const Trace trace = RunWhole(setup, choices);
  ASSERT_GE(trace.size(), 3U);
  EXPECT_EQ(trace[1].kind, StepKind::kTimer);
  EXPECT_EQ(trace[2].kind, StepKind::kArrival);
  EXPECT_EQ(trace[2].at, trace[1].at);
}

TEST(World, TimersDueOnTheWayFireFirst) {
  // B owes A's FIN an acknowledgement at the next tick, 8 ms; A's second segment arrives at 10 ms.
  const Choices choices = {SendBy(Side::kB, 10), ShutdownBy(Side::kA, How::kWr),
                           Deliver(Side::kA, 0), Deliver(Side::kB, 0), Deliver(Side::kA, 0)};
  const Trace trace = RunWhole(Pair("linux-6.12"), choices);
  ASSERT_GE(trace.size(), 6U);
  EXPECT_EQ(trace[4].kind, StepKind::kTimer);
  EXPECT_EQ(trace[4].at, At(std::chrono::milliseconds(8)));
  EXPECT_EQ(trace[4].effects.rule, RuleId::kTimerDelayedAck);
  EXPECT_EQ(trace[4].choice_index, 4U) << "it belongs to the choice that moved the clock";
  EXPECT_EQ(trace[5].kind, StepKind::kArrival);
  EXPECT_EQ(trace[5].at, At(std::chrono::milliseconds(10)));
}

TEST(World, SettlingDeliversEverythingAndEndsBothConnections) {
  const PairSetup setup = Pair("linux-6.12");
  World world = Start(setup);
  Recorder recorder;
  Runner runner(setup, world, recorder);
  runner.Apply(CloseBy(Side::kA));
  runner.Apply(CloseBy(Side::kB));
  EXPECT_TRUE(runner.Settle());
  EXPECT_TRUE(world.From(Side::kA).Empty());
  EXPECT_TRUE(world.From(Side::kB).Empty());
  EXPECT_EQ(StateOf(world[Side::kA]), State::kClosed);
  EXPECT_EQ(StateOf(world[Side::kB]), State::kClosed);
}

TEST(World, AFullWireEndsTheRunAsBound) {
  const PairSetup setup = Pair("linux-6.12");
  World world = Start(setup);
  Recorder recorder;
  Runner runner(setup, world, recorder);
  runner.Apply(ShutdownBy(Side::kA, How::kWr));
  for (int i = 0; i < 40 && !world.bound; ++i) runner.Apply(Duplicate(Side::kA, 0));
  EXPECT_TRUE(world.bound);
  EXPECT_FALSE(runner.Apply(Deliver(Side::kA, 0))) << "nothing is believed past the bound";
}

// B awaits text far past what A ever sent. Each answers the other by an acknowledgement that is
// wrong there; only their limiters end that.
TEST(World, EndsThatAnswerEachOtherForEverEndTheRunAsBound) {
  for (const bool limited : {true, false}) {
    PairSetup setup = Pair("linux-6.12");
    for (EndSetup& end : setup.ends) {
      if (!limited) end.host.environment.tcp_invalid_ratelimit = Duration(0);
    }
    World world = Start(setup);
    Tcb& ahead = world[Side::kB].socket;
    ahead.rcv_nxt = ahead.rcv_wup = ahead.copied_seq = ahead.rcv_nxt + 100'000U;
    Recorder recorder;
    Runner runner(setup, world, recorder);
    runner.Apply(ShutdownBy(Side::kA, How::kWr));
    EXPECT_EQ(runner.Settle(), limited);
    EXPECT_EQ(world.bound, !limited);
  }
}

TEST(World, AChoiceWithNothingToActOnIsSkipped) {
  const PairSetup setup = Pair("linux-6.12");
  World world = Start(setup);
  Recorder recorder;
  Runner runner(setup, world, recorder);
  EXPECT_FALSE(runner.Apply(Deliver(Side::kA, 0)));
  EXPECT_FALSE(runner.Apply(WakeOf(Side::kB)));
  EXPECT_FALSE(runner.Apply(Wait()));
  EXPECT_TRUE(runner.Apply(CloseBy(Side::kA)));
  EXPECT_FALSE(runner.Apply(CloseBy(Side::kA))) << "the descriptor is closed";
  EXPECT_EQ(runner.choices(), 1U);
}

TEST(World, TheLostAndTheCopiedAreTold) {
  const PairSetup setup = Pair("linux-6.12");
  const Choices choices = {ShutdownBy(Side::kA, How::kWr), Duplicate(Side::kA, 0),
                           Drop(Side::kA, 0)};
  const Trace trace = RunWhole(setup, choices);
  ASSERT_GE(trace.size(), 4U);
  EXPECT_EQ(trace[1].kind, StepKind::kCopied);
  EXPECT_EQ(trace[2].kind, StepKind::kLost);
  EXPECT_EQ(trace[3].segment.serial, 1U) << "the copy keeps its name";
}

RC_GTEST_PROP(WorldLaws, AnyChoicesRunAndEndWithinTheBounds, ()) {
  const PairSetup setup = Pair(*rc::gen::element("linux-5.10", "linux-6.12"));
  const Choices choices = *AnyChoices();
  World world = Start(setup);
  Recorder recorder;
  Runner runner(setup, world, recorder);
  for (const Choice& choice : choices) runner.Apply(choice);
  const Time before = world.now;
  const bool settled = runner.Settle();
  RC_ASSERT(settled != world.bound);
  RC_ASSERT(world.now >= before);
  if (settled) RC_ASSERT(world.From(Side::kA).Empty() && world.From(Side::kB).Empty());
}

RC_GTEST_PROP(WorldLaws, TheSameChoicesGiveTheSameRun, ()) {
  const PairSetup setup = Pair("linux-5.10");
  const Choices choices = *AnyChoices();
  RC_ASSERT(testing::SameRun(RunWhole(setup, choices), RunWhole(setup, choices), 0, 0));
}

// Only differences of sequence numbers matter, also where they wrap.
RC_GTEST_PROP(WorldLaws, ShiftingBothInitialNumbersChangesNothing, ()) {
  const auto by_a = *rc::gen::oneOf(rc::gen::arbitrary<uint32_t>(),
                                    rc::gen::inRange<uint32_t>(0xFFFFFFFFU - 800, 0xFFFFFFFFU));
  const auto by_b = *rc::gen::oneOf(rc::gen::arbitrary<uint32_t>(),
                                    rc::gen::inRange<uint32_t>(0xFFFFFFFFU - 4500, 0xFFFFFFFFU));
  const PairSetup setup = Pair(*rc::gen::element("linux-5.10", "linux-6.12"));
  PairSetup shifted = setup;
  shifted[Side::kA].next = setup[Side::kA].next + by_a;
  shifted[Side::kB].next = setup[Side::kB].next + by_b;
  const Choices choices = *AnyChoices();
  RC_ASSERT(testing::SameRun(RunWhole(setup, choices), RunWhole(shifted, choices), by_a, by_b));
}

uint64_t Fingerprint(const World& world, const PairSetup& setup) {
  Hasher hasher;
  Mix(hasher, world, setup);
  return hasher.Value();
}

TEST(Fingerprint, DoesNotDependOnTheOrderOfIndependentCalls) {
  const PairSetup setup = Pair("linux-5.10");
  World one = Start(setup);
  World other = one;
  Recorder recorder;
  Runner first(setup, one, recorder);
  first.Apply(ShutdownBy(Side::kA, How::kWr));
  first.Apply(CloseBy(Side::kB));
  Runner second(setup, other, recorder);
  second.Apply(CloseBy(Side::kB));
  second.Apply(ShutdownBy(Side::kA, How::kWr));
  EXPECT_EQ(Fingerprint(one, setup), Fingerprint(other, setup));
}

TEST(Fingerprint, TellsWorldsApartThatDifferInOneSegmentInFlight) {
  const PairSetup setup = Pair("linux-5.10");
  World one = Start(setup);
  Recorder recorder;
  Runner runner(setup, one, recorder);
  runner.Apply(ShutdownBy(Side::kA, How::kWr));
  World other = one;
  other.wires[0].items[0].segment.seq = other.wires[0].items[0].segment.seq + 1U;
  EXPECT_NE(Fingerprint(one, setup), Fingerprint(other, setup));
}

// Worlds that differ in nothing but what a SACK option or a loss probe would say.
TEST(Fingerprint, TellsWhatSackReportsApartWhereItIsAgreed) {
  using Change = void (*)(Tcb&);
  static constexpr SackBlock kBlock{SeqNum{5000}, SeqNum{5010}};
  const Change changes[] = {
      [](Tcb& tcb) { tcb.sack.blocks.PushBack(kBlock); },
      [](Tcb& tcb) { tcb.sack.dsack.PushBack(kBlock); },
      [](Tcb& tcb) { tcb.tlp_out = true; },
      [](Tcb& tcb) { tcb.tlp_retransmitted = true; },
      [](Tcb& tcb) { tcb.tlp_high_seq = tcb.tlp_high_seq + 1U; },
      [](Tcb& tcb) { tcb.sent[0].last_sent += Duration(1); },
  };
  const PairSetup setup = Pair("linux-6.12");
  for (const bool agreed : {false, true}) {
    World one = Start(setup);
    Recorder recorder;
    Runner runner(setup, one, recorder);
    runner.Apply(SendBy(Side::kA, 10));
    one[Side::kA].socket.options.sack = agreed;
    for (size_t i = 0; i < std::size(changes); ++i) {
      World other = one;
      changes[i](other[Side::kA].socket);
      EXPECT_EQ(Fingerprint(one, setup) != Fingerprint(other, setup), agreed) << "change " << i;
    }
  }
}

// Our own hash: this value must be the same with every compiler and on every machine.
TEST(Fingerprint, IsPinned) {
  const PairSetup setup = Pair("linux-5.10");
  World world = Start(setup);
  Recorder recorder;
  Runner runner(setup, world, recorder);
  runner.Apply(ShutdownBy(Side::kA, How::kWr));
  runner.Apply(Deliver(Side::kA, 0));
  EXPECT_EQ(Fingerprint(world, setup), 5497357331820166618U);
}

}  // namespace
}  // namespace finwait
