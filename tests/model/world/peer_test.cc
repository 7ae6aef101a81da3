// SPDX-License-Identifier: Apache-2.0
//
// Each peer that is not Linux does the one thing that it is for.
#include "model/world/peer.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::Pair;
using ::finwait::testing::RunWhole;

constexpr Choice kShutA = ShutdownBy(Side::kA, How::kWr);
constexpr Choice kShutB = ShutdownBy(Side::kB, How::kWr);

Trace RunAgainst(const char* peer, const Choices& choices) {
  PairSetup setup = Pair("linux-6.12");
  setup[Side::kB].quirk = FindPeer(peer);
  EXPECT_NE(setup[Side::kB].quirk, nullptr) << peer;
  return RunWhole(setup, choices);
}

// What B put on the wire.
std::vector<Segment> SentByB(const Trace& trace) {
  std::vector<Segment> sent;
  for (const StepRecord& step : trace) {
    if (step.actor != Side::kB) continue;
    EXPECT_TRUE(step.foreign) << "properties would judge it";
    sent.insert(sent.end(), step.effects.sent.begin(), step.effects.sent.end());
  }
  return sent;
}

size_t Fins(const std::vector<Segment>& segments) {
  size_t fins = 0;
  for (const Segment& segment : segments) fins += segment.Has(kFin) ? 1 : 0;
  return fins;
}

TEST(Peer, RepeatsOldAck) {
  // A's FIN arrives between B's FIN, which is lost, and its copy.
  const Choices choices = {kShutB, Drop(Side::kB, 0), kShutA, Deliver(Side::kA, 0), Wait(), Wait()};
  const std::vector<Segment> sent = SentByB(RunAgainst("repeats-old-ack", choices));
  ASSERT_GE(Fins(sent), 2U);
  for (const Segment& segment : sent) {
    if (!segment.Has(kFin)) continue;
    EXPECT_EQ(segment.ack, kNextOfA);
  }
}

TEST(Peer, NeverFins) {
  const std::vector<Segment> sent =
      SentByB(RunAgainst("never-fins", {kShutB, kShutA, CloseBy(Side::kB), Deliver(Side::kA, 0)}));
  EXPECT_EQ(Fins(sent), 0U);
  ASSERT_FALSE(sent.empty());
  EXPECT_EQ(sent.back().ack, kNextOfA + 1U) << "it acknowledges A's FIN all the same";
}

TEST(Peer, IgnoresChallengeAcks) {
  const Trace trace = RunAgainst("ignores-challenge-acks", {kShutA, kShutB, Deliver(Side::kA, 0)});
  size_t looked_at = 0;
  for (const StepRecord& step : trace) {
    if (step.actor == Side::kB && step.kind == StepKind::kArrival) {
      looked_at += step.effects.fired.Empty() ? 0 : 1;
    }
  }
  EXPECT_GE(looked_at, 1U) << "what brings news it takes";
}

TEST(Peer, ClosesWindow) {
  const std::vector<Segment> sent =
      SentByB(RunAgainst("closes-window", {SendBy(Side::kA, 10), Deliver(Side::kA, 0), kShutB}));
  ASSERT_FALSE(sent.empty());
  for (const Segment& segment : sent) EXPECT_EQ(segment.wnd, 0U);
}

TEST(Peer, FinWithText) {
  const std::vector<Segment> sent = SentByB(RunAgainst("fin-with-text", {kShutB}));
  ASSERT_EQ(Fins(sent), 1U);
  EXPECT_TRUE(sent[0].Has(kFin));
  EXPECT_GT(sent[0].len, 0U);
}

TEST(Peer, ResetsLate) {
  const std::vector<Segment> sent =
      SentByB(RunAgainst("resets-late", {CloseBy(Side::kB), kShutA, Deliver(Side::kA, 0)}));
  ASSERT_FALSE(sent.empty());
  EXPECT_TRUE(sent.back().Has(kRst));
}

TEST(Peer, FinsPastWindow) {
  PairSetup setup = Pair("linux-6.12");
  setup[Side::kA].host.environment.rcv_buffer = 10;
  const Choices choices = {SendBy(Side::kB, 10), Deliver(Side::kB, 0), kShutB};
  const auto sends_fin_at_once = [&] {
    for (const StepRecord& step : RunWhole(setup, choices)) {
      if (step.kind != StepKind::kCall || step.choice.op != Op::kShutdown) continue;
      return Fins({step.effects.sent.begin(), step.effects.sent.end()}) == 1;
    }
    return false;
  };
  EXPECT_FALSE(sends_fin_at_once()) << "Linux waits for window";
  setup[Side::kB].quirk = FindPeer("fins-past-window");
  EXPECT_TRUE(sends_fin_at_once());
}

TEST(Peer, GoesSilent) {
  const std::vector<Segment> sent =
      SentByB(RunAgainst("goes-silent", {kShutB, kShutA, Deliver(Side::kA, 0)}));
  EXPECT_TRUE(sent.empty());
}

TEST(Peer, AreAllFoundByTheirNames) {
  std::set<std::string_view> names;
  for (const Quirk& peer : Peers()) {
    EXPECT_EQ(FindPeer(peer.name), &peer);
    EXPECT_TRUE(peer.foreign) << peer.name;
    EXPECT_TRUE(names.insert(peer.name).second);
  }
  EXPECT_EQ(names.size(), 8U) << "and each has a test here";
  EXPECT_EQ(FindPeer("linux"), nullptr);
}

}  // namespace
}  // namespace finwait
