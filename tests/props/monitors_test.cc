// SPDX-License-Identifier: Apache-2.0
//
// Each property on schedules that make it hold, violate it, or never come to it. Violations that no
// kernel profile can show are played to the monitor by hand: a step is changed after the model made
// it.
#include "props/monitors.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::Pair;
using ::finwait::testing::RunWhole;

constexpr Choice kShutA = ShutdownBy(Side::kA, How::kWr);
constexpr Choice kShutB = ShutdownBy(Side::kB, How::kWr);

const Choices kDisorder = {kShutA, kShutB, Deliver(Side::kA, 0), Deliver(Side::kB, 1),
                           Deliver(Side::kB, 0)};

using Change = std::function<void(StepRecord&)>;

Verdict VerdictOf(
    std::string_view property, std::string_view kernel, const Choices& choices,
    const Change& change = [](StepRecord&) {}) {
  const size_t index = *FindProperty(property);
  PropertySet only;
  only.Add(index);
  const PairSetup setup = Pair(kernel);
  Monitors monitors(only, setup);
  for (StepRecord step : RunWhole(setup, choices)) {
    change(step);
    monitors(step);
  }
  return monitors.Finish(index);
}

template <typename V>
bool Is(const Verdict& verdict) {
  return std::holds_alternative<V>(verdict);
}

TEST(FinNotSilentlyDropped, TheDisorderViolatesItOnOldKernels) {
  const Verdict verdict = VerdictOf("fin-not-silently-dropped", "linux-5.10", kDisorder);
  ASSERT_TRUE(Is<Violated>(verdict));
  const auto& violated = std::get<Violated>(verdict);
  EXPECT_EQ(violated.choice_index, 4U);
  EXPECT_EQ(violated.rule, RuleId::kSegmentAckOld);
  EXPECT_EQ(violated.actor, Side::kA);
  EXPECT_EQ(violated.at, At(std::chrono::milliseconds(10)));
  EXPECT_EQ(violated.limit, std::chrono::milliseconds(212));
  EXPECT_EQ(violated.recovered, std::chrono::milliseconds(217));
}

TEST(FinNotSilentlyDropped, HoldsOnNewKernelsAndInOrder) {
  EXPECT_TRUE(Is<Holds>(VerdictOf("fin-not-silently-dropped", "linux-6.12", kDisorder)));
  const Choices in_order = {kShutA, kShutB, Deliver(Side::kA, 0), Deliver(Side::kB, 0)};
  EXPECT_TRUE(Is<Holds>(VerdictOf("fin-not-silently-dropped", "linux-5.10", in_order)));
}

TEST(FinNotSilentlyDropped, IsVacuousWithoutAFinAndWhenTheReceiverIsGone) {
  EXPECT_TRUE(
      Is<Vacuous>(VerdictOf("fin-not-silently-dropped", "linux-5.10", {SendBy(Side::kA, 1)})));
  // A's unread byte makes its close() a reset: B's FIN finds no socket.
  const Choices gone = {SendBy(Side::kB, 1), Deliver(Side::kB, 0), kShutB, CloseBy(Side::kA),
                        Drop(Side::kA, 1)};
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("fin-not-silently-dropped", "linux-5.10", gone)));
}

// A challenge ACK is silence: only RCV.NXT past the FIN, or a reset, is an answer.
TEST(FinNotSilentlyDropped, AResetIsAnAnswer) {
  const Change answered = [](StepRecord& step) {
    if (step.effects.rule == RuleId::kSegmentAckOld) step.effects.sent[0].flags = kRst;
  };
  EXPECT_TRUE(Is<Holds>(VerdictOf("fin-not-silently-dropped", "linux-5.10", kDisorder, answered)));
}

TEST(FinNotSilentlyDropped, TheSenderThatResetsFirstIsNotJudged) {
  const Change gives_up = [](StepRecord& step) {
    if (step.actor == Side::kB && step.settling) step.effects.sent.PushBack(Segment{.flags = kRst});
  };
  const Verdict verdict = VerdictOf("fin-not-silently-dropped", "linux-5.10", kDisorder, gives_up);
  EXPECT_TRUE(Is<Holds>(verdict)) << "applied, but excused";
}

TEST(FinNotSilentlyDropped, ARescueInTimeIsToldWithItsLength) {
  // The time-out in force is made longer than the rescue takes.
  const Change patient = [](StepRecord& step) {
    if (step.kind == StepKind::kArrival) step.segment.rto = std::chrono::milliseconds(300);
  };
  const Verdict verdict = VerdictOf("fin-not-silently-dropped", "linux-5.10", kDisorder, patient);
  ASSERT_TRUE(Is<Holds>(verdict));
  ASSERT_TRUE(std::get<Holds>(verdict).rescue.has_value());
  EXPECT_EQ(std::get<Holds>(verdict).rescue->took, std::chrono::milliseconds(217));
}

TEST(FinTakenOnArrival, KnowsNoGrace) {
  const Change patient = [](StepRecord& step) {
    if (step.kind == StepKind::kArrival) step.segment.rto = std::chrono::milliseconds(300);
  };
  EXPECT_TRUE(Is<Violated>(VerdictOf("fin-taken-on-arrival", "linux-5.10", kDisorder, patient)));
  EXPECT_TRUE(Is<Holds>(VerdictOf("fin-taken-on-arrival", "linux-6.12", kDisorder)));
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("fin-taken-on-arrival", "linux-6.12",
                                    {kShutA, Drop(Side::kA, 0), SendBy(Side::kB, 1)},
                                    [](StepRecord& step) { step.segment.segment.flags &= kAck; })));
}

TEST(TextNotSilentlyDropped, TextWithAnOldAckIsLostOnOldKernels) {
  // B's byte waits while B's acknowledgement of A's FIN goes ahead.
  const Choices late_text = {SendBy(Side::kB, 10), kShutA,
                             Deliver(Side::kA, 0), Wait(),
                             Deliver(Side::kB, 1), Deliver(Side::kB, 0)};
  const Verdict old_kernel = VerdictOf("text-not-silently-dropped", "linux-5.10", late_text);
  ASSERT_TRUE(Is<Violated>(old_kernel));
  EXPECT_EQ(std::get<Violated>(old_kernel).rule, RuleId::kSegmentAckOld);
  EXPECT_TRUE(Is<Holds>(VerdictOf("text-not-silently-dropped", "linux-6.12", late_text)));
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("text-not-silently-dropped", "linux-6.12", {kShutA})));
}

TEST(DataBeforeEof, JudgesOnlyTheEndThatThePeersFinMarks) {
  const Choices read = {SendBy(Side::kA, 10), kShutA,
                        Deliver(Side::kA, 0), Deliver(Side::kA, 0),
                        RecvBy(Side::kB, 0),  RecvBy(Side::kB, 0)};
  EXPECT_TRUE(Is<Holds>(VerdictOf("data-before-eof", "linux-6.12", read)));
  const Choices local = {ShutdownBy(Side::kB, How::kRd), RecvBy(Side::kB, 0)};
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("data-before-eof", "linux-6.12", local)));
  const Change eats_a_byte = [](StepRecord& step) {
    const bool reads = step.kind == StepKind::kCall && step.choice.op == Op::kRecv;
    if (reads && step.effects.result.bytes == 10) step.effects.result.bytes = 9;
  };
  EXPECT_TRUE(Is<Violated>(VerdictOf("data-before-eof", "linux-6.12", read, eats_a_byte)));
}

TEST(LegalTransitions, KnowsTheArrowsOfFigure5) {
  EXPECT_TRUE(Is<Holds>(VerdictOf("legal-transitions", "linux-6.12", kDisorder)));
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("legal-transitions", "linux-6.12", {SendBy(Side::kA, 1)})));
  const Change skips_closing = [](StepRecord& step) {
    if (step.after.state == State::kClosing) step.after.state = State::kLastAck;
  };
  EXPECT_TRUE(Is<Violated>(VerdictOf("legal-transitions", "linux-6.12", kDisorder, skips_closing)));
  const Change vanishes = [](StepRecord& step) {
    if (step.choice.op == Op::kClose) step.after.state = State::kClosed;
  };
  EXPECT_TRUE(
      Is<Violated>(VerdictOf("legal-transitions", "linux-6.12", {CloseBy(Side::kA)}, vanishes)))
      << "close() may not end a connection in silence";
  EXPECT_FALSE(IsArrow(State::kFinWait2, State::kClosed));
  EXPECT_FALSE(IsArrow(State::kLastAck, State::kTimeWait));
}

TEST(OneFinOneNumber, IsAboutRetransmittedFins) {
  const Choices lost = {kShutA, Drop(Side::kA, 0), Wait()};
  EXPECT_TRUE(Is<Holds>(VerdictOf("one-fin-one-number", "linux-6.12", lost)));
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("one-fin-one-number", "linux-6.12", {kShutA})));
  const Change moves = [](StepRecord& step) {
    if (step.kind != StepKind::kTimer || step.effects.sent.Empty()) return;
    step.effects.sent[0].seq = step.effects.sent[0].seq + 1U;
  };
  EXPECT_TRUE(Is<Violated>(VerdictOf("one-fin-one-number", "linux-6.12", lost, moves)));
}

TEST(BothEndsFinish, HasAPremiseAboutBothUsers) {
  const Choices both_close = {CloseBy(Side::kA), CloseBy(Side::kB)};
  EXPECT_TRUE(Is<Holds>(VerdictOf("both-ends-finish", "linux-6.12", both_close)));
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("both-ends-finish", "linux-6.12", {CloseBy(Side::kA)})));
  const Choices reads_to_eof = {kShutA, CloseBy(Side::kB), Deliver(Side::kA, 0),
                                Deliver(Side::kB, 0), RecvBy(Side::kA, 0)};
  EXPECT_TRUE(Is<Holds>(VerdictOf("both-ends-finish", "linux-6.12", reads_to_eof)));
  const Change stuck = [](StepRecord& step) {
    if (step.after.state == State::kClosed) step.after.state = State::kLastAck;
  };
  EXPECT_TRUE(Is<Violated>(VerdictOf("both-ends-finish", "linux-6.12", both_close, stuck)));
}

// The FIN waits for window when a send() fails. Older kernels free it, and the end that lost it
// stays in CLOSING for ever.
TEST(BothEndsFinish, AFinThatNeverLeavesViolatesIt) {
  const Choices choices = {SendBy(Side::kA, 10),
                           Deliver(Side::kA, 0),
                           Wait(),
                           Deliver(Side::kB, 0),
                           kShutA,
                           SendBy(Side::kA, 1),
                           RecvBy(Side::kB, 0),
                           CloseBy(Side::kB),
                           CloseBy(Side::kA)};
  const size_t index = *FindProperty("both-ends-finish");
  PropertySet only;
  only.Add(index);
  const auto finish = [&](std::string_view kernel) {
    PairSetup setup = Pair(kernel);
    setup[Side::kB].host.environment.rcv_buffer = 10;
    Monitors monitors(only, setup);
    for (const StepRecord& step : RunWhole(setup, choices)) monitors(step);
    return monitors.Finish(index);
  };
  EXPECT_TRUE(Is<Violated>(finish("linux-5.10.46")));
  EXPECT_TRUE(Is<Holds>(finish("linux-5.10")));
}

// Copies of a FIN that the network makes are answered in TIME-WAIT one by one: nobody answers those
// answers.
TEST(NoEndlessExchange, IsNotAboutCopiesThatTheNetworkMakes) {
  Choices copies = {kShutA, Deliver(Side::kA, 0), kShutB};
  for (int i = 0; i < 25; ++i) {
    copies.insert(copies.end(), {Duplicate(Side::kB, 0), Deliver(Side::kB, 0), Drop(Side::kA, 0)});
  }
  EXPECT_TRUE(Is<Holds>(VerdictOf("no-endless-exchange", "linux-7.2", copies)));
}

TEST(FinRidesOnText, IsShownByTextAndFinInOneSegment) {
  const Choices apart = {SendBy(Side::kA, 10), kShutA};
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("fin-rides-on-text", "linux-6.12", apart)));
  const auto join = [](StepRecord& step) {
    if (Calls(step, Op::kShutdown) && !step.effects.sent.Empty()) step.effects.sent[0].len = 10;
  };
  EXPECT_TRUE(Is<Holds>(VerdictOf("fin-rides-on-text", "linux-6.12", apart, join)));
  const auto foreign = [&](StepRecord& step) {
    join(step);
    step.foreign = true;
  };
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("fin-rides-on-text", "linux-6.12", apart, foreign)));
}

TEST(AcksAreDelayed, IsShownByTextThatAnswersText) {
  const Choices answered = {SendBy(Side::kA, 10), Deliver(Side::kA, 0), SendBy(Side::kB, 10)};
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("acks-are-delayed", "linux-6.12", answered)))
      << "the first texts of a connection are acknowledged at once";
  const auto silent = [](StepRecord& step) {
    if (step.kind == StepKind::kArrival) step.effects.sent.count = 0;
  };
  EXPECT_TRUE(Is<Holds>(VerdictOf("acks-are-delayed", "linux-6.12", answered, silent)));
  const auto by_reset = [&](StepRecord& step) {
    silent(step);
    if (step.kind != StepKind::kCall || step.actor == Side::kA) return;
    for (Segment& segment : step.effects.sent) segment.flags |= kRst;
  };
  EXPECT_TRUE(Is<Vacuous>(VerdictOf("acks-are-delayed", "linux-6.12", answered, by_reset)));
}

TEST(Catalog, NamesAreUniqueAndFound) {
  for (size_t i = 0; i < kPropertyCount; ++i) {
    EXPECT_EQ(FindProperty(kProperties[i].name), i);
    EXPECT_FALSE(kProperties[i].claim.empty());
    EXPECT_FALSE(kProperties[i].cites.empty());
  }
  EXPECT_EQ(FindProperty("no-such-property"), std::nullopt);
  EXPECT_FALSE(PropertiesByDefault().Has(*FindProperty("fin-taken-on-arrival")));
}

}  // namespace
}  // namespace finwait
