// SPDX-License-Identifier: Apache-2.0
#include "stacks/script.h"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "stacks/compare.h"
#include "tests/stacks/segments.h"

namespace finwait {
namespace {

StepRecord Step(StepKind kind, Side actor, Time at, State after) {
  StepRecord step;
  step.kind = kind;
  step.actor = actor;
  step.at = at;
  step.after.state = after;
  return step;
}

StepRecord CallOf(Side actor, Time at, const Choice& choice, State after) {
  StepRecord step = Step(StepKind::kCall, actor, at, after);
  step.choice = choice;
  step.effects.result.returned = true;
  return step;
}

StepRecord ArrivalOf(Side actor, Time at, InFlight segment, State after) {
  StepRecord step = Step(StepKind::kArrival, actor, at, after);
  step.segment = segment;
  return step;
}

PairSetup Numbers() {
  PairSetup setup;
  setup[Side::kA].next = SeqNum{753};
  setup[Side::kB].next = SeqNum{4416};
  return setup;
}

// A's side of the incident, as a model's run records it.
std::vector<StepRecord> Incident() {
  std::vector<StepRecord> steps;
  steps.push_back(CallOf(Side::kA, Ms(0), ShutdownBy(Side::kA, How::kWr), State::kFinWait1));
  steps.back().effects.Send(Seg("F.", 753, 4416));
  steps.push_back(CallOf(Side::kB, Ms(0), ShutdownBy(Side::kB, How::kWr), State::kFinWait1));
  steps.back().effects.Send(Seg("F.", 4416, 753));
  steps.push_back(Step(StepKind::kLost, Side::kA, Ms(1), State::kFinWait1));
  steps.push_back(
      ArrivalOf(Side::kA, Ms(10), {.segment = Seg(".", 4417, 754), .serial = 2}, State::kFinWait2));
  steps.push_back(ArrivalOf(Side::kA, Ms(10), {.segment = Seg("F.", 4416, 753), .serial = 1},
                            State::kFinWait2));
  steps.back().effects.Send(Seg(".", 754, 4416));
  steps.push_back(Step(StepKind::kTimer, Side::kA, Ms(212), State::kFinWait2));
  steps.back().effects.Send(Seg("F.", 753, 4416));
  steps.push_back(Step(StepKind::kTimer, Side::kB, Ms(300), State::kFinWait1));
  steps.back().effects.Send(Seg("F.", 4416, 754));
  return steps;
}

TEST(ScriptFor, KeepsTheCallsAndArrivalsOfOneSide) {
  const Script script = ScriptFor(Side::kA, Numbers(), Incident());
  ASSERT_EQ(script.events.size(), 3U);
  EXPECT_EQ(script.side, Side::kA);
  EXPECT_EQ(script.events[0].event.kind, EventKind::kShutdown);
  EXPECT_EQ(script.events[0].event.amount, static_cast<uint16_t>(How::kWr));
  EXPECT_EQ(script.events[1].event.segment, Seg(".", 4417, 754));
  EXPECT_EQ(script.events[2].event.segment, Seg("F.", 4416, 753));
  EXPECT_EQ(script.events[0].label, "shutdown(SHUT_WR)");
  EXPECT_EQ(script.events[1].label, "B2");
  EXPECT_EQ(script.events[2].label, "B1");
  EXPECT_EQ(script.events[1].at, Ms(10));
  EXPECT_EQ(script.ends_at, Ms(300));
}

TEST(ScriptFor, RecordsWhatTheModelDid) {
  const Script script = ScriptFor(Side::kA, Numbers(), Incident());
  ASSERT_EQ(script.events.size(), 3U);
  const Expected& shut = *script.events[0].expected;
  EXPECT_EQ(SegmentsText(shut.sent), "F. 753:753(0) ack 4416");
  EXPECT_TRUE(shut.result.returned);
  EXPECT_EQ(shut.state, State::kFinWait1);
  EXPECT_TRUE(script.events[1].expected->sent.empty());
  EXPECT_EQ(script.events[1].expected->state, State::kFinWait2);
}

TEST(ScriptFor, GivesWhatATimerSentToTheEventBefore) {
  const Script script = ScriptFor(Side::kA, Numbers(), Incident());
  ASSERT_EQ(script.events.size(), 3U);
  const Expected& late_fin = *script.events[2].expected;
  EXPECT_EQ(SegmentsText(late_fin.sent), ". 754:754(0) ack 4416; F. 753:753(0) ack 4416");
  EXPECT_EQ(late_fin.sent[0].at, Ms(10));
  EXPECT_EQ(late_fin.sent[1].at, Ms(212));
  EXPECT_EQ(late_fin.state, State::kFinWait2);
}

TEST(ScriptFor, OfTheOtherSide) {
  const Script script = ScriptFor(Side::kB, Numbers(), Incident());
  ASSERT_EQ(script.events.size(), 1U);
  EXPECT_EQ(script.connection.next, SeqNum{4416});
  EXPECT_EQ(script.connection.peer_next, SeqNum{753});
  EXPECT_EQ(SegmentsText(script.events[0].expected->sent),
            "F. 4416:4416(0) ack 753; F. 4416:4416(0) ack 754");
}

TEST(ScriptFor, NamesEveryCall) {
  std::vector<StepRecord> steps;
  const Side a = Side::kA;
  for (const Choice& choice : {SendBy(a, 10), RecvBy(a, 0), RecvBy(a, 4), ShutdownBy(a, How::kRd),
                               ShutdownBy(a, How::kRdwr), CloseBy(a)}) {
    steps.push_back(CallOf(a, Ms(1), choice, State::kEstablished));
  }
  const Script script = ScriptFor(a, Numbers(), steps);
  ASSERT_EQ(script.events.size(), 6U);
  EXPECT_EQ(script.events[0].label, "send(10)");
  EXPECT_EQ(script.events[1].label, "recv()");
  EXPECT_EQ(script.events[2].label, "recv(4)");
  EXPECT_EQ(script.events[3].label, "shutdown(SHUT_RD)");
  EXPECT_EQ(script.events[4].label, "shutdown(SHUT_RDWR)");
  EXPECT_EQ(script.events[5].label, "close()");
  EXPECT_EQ(script.events[5].event.kind, EventKind::kClose);
  EXPECT_EQ(script.events[2].event.amount, 4);
}

TEST(ScriptFor, AnIdleRunIsEmpty) {
  const std::vector<StepRecord> timer = {
      Step(StepKind::kTimer, Side::kA, Ms(5), State::kEstablished)};
  const Script script = ScriptFor(Side::kA, Numbers(), timer);
  EXPECT_TRUE(script.events.empty());
  EXPECT_EQ(script.ends_at, Ms(5));
}

TEST(ConnectionOf, TakesTheOptionsOfItsSide) {
  PairSetup setup = Numbers();
  setup.opener = Side::kB;
  setup[Side::kA].linger_on = true;
  setup[Side::kA].linger_s = 3;
  setup[Side::kB].host.environment.rcv_buffer = 5000;
  const Connection a = ConnectionOf(Side::kA, setup);
  EXPECT_EQ(a.opener, Opener::kPassive);
  EXPECT_TRUE(a.linger_on);
  EXPECT_EQ(a.linger_s, 3);
  EXPECT_EQ(a.peer_window, 5000);
  EXPECT_EQ(a.rtt, std::chrono::milliseconds(10));
  const Connection b = ConnectionOf(Side::kB, setup);
  EXPECT_EQ(b.opener, Opener::kActive);
  EXPECT_FALSE(b.linger_on);
}

}  // namespace
}  // namespace finwait
