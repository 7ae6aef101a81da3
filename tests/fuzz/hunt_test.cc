// SPDX-License-Identifier: Apache-2.0
#include "fuzz/hunt.h"

#include <gtest/gtest.h>

#include <set>

#include "fuzz/schedule_file.h"
#include "fuzz/shrink.h"
#include "model/world/peer.h"
#include "model/world/play.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::Pair;

HuntOptions For(std::string_view kernel, std::string_view property = "fin-not-silently-dropped") {
  HuntOptions options;
  options.setup = Pair(kernel);
  options.properties = PropertySet{};
  options.properties.Add(*FindProperty(property));
  options.schedules_max = 20'000;
  return options;
}

TEST(Hunt, FindsTheDisorderFromNothingAndShrinksItToTheFourPackets) {
  std::set<std::string> found;
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    HuntOptions options = For("linux-5.10");
    options.seed = seed;
    const HuntResult result = Hunt(options);
    ASSERT_EQ(result.findings.size(), 1U) << "seed " << seed;
    const Finding& finding = result.findings[0];
    EXPECT_EQ(finding.violation.rule, RuleId::kSegmentAckOld);
    EXPECT_EQ(finding.packets, 4U);
    EXPECT_TRUE(finding.proven_minimal);
    EXPECT_EQ(FormatOneLine(finding.minimal),
              "A linux-5.10; B linux-5.10; A.shutdown WR; B.shutdown WR; deliver A1 B2 B1");
    found.insert(FormatOneLine(finding.found));
  }
  EXPECT_EQ(found.size(), 8U) << "found by search, not by rote";
}

TEST(Hunt, FindsNothingOnANewKernelThoughLateFinsAreMet) {
  const HuntResult result = Hunt(For("linux-6.12"));
  EXPECT_TRUE(result.findings.empty());
  EXPECT_GT(result.applied[*FindProperty("fin-not-silently-dropped")], 1000U);
  EXPECT_GT(result.rules_hit[Index(RuleId::kSegmentFinOldAckTaken)], 200U);
}

// What some run has to show: many are needed to say that it was not.
TEST(NeverShown, IsForManySchedulesThatCouldHave) {
  const size_t rides = *FindProperty("fin-rides-on-text");
  HuntOptions options = For("linux-6.12", "fin-rides-on-text");
  options.schedules_max = 1'000;
  EXPECT_GT(Hunt(options).applied[rides], 10U);
  HuntResult none;
  none.schedules = kEnoughToShow;
  EXPECT_EQ(NeverShown(options, none), Only(rides));
  none.applied[rides] = 1;
  EXPECT_EQ(NeverShown(options, none), PropertySet{});
  none.applied[rides] = 0;
  none.schedules = kEnoughToShow - 1;
  EXPECT_EQ(NeverShown(options, none), PropertySet{}) << "too few to tell";
  none.schedules = kEnoughToShow;
  HuntOptions mode = options;
  mode.rules.modes[0] = Mode::kLinger0;
  EXPECT_EQ(NeverShown(mode, none), PropertySet{}) << "that mode sends no FIN";
  HuntOptions peer = options;
  peer.setup[Side::kB].quirk = FindPeer("closes-window");
  EXPECT_EQ(NeverShown(peer, none), PropertySet{}) << "that peer takes no text";
  options.properties = Only(*FindProperty("fin-not-silently-dropped"));
  EXPECT_EQ(NeverShown(options, none), PropertySet{}) << "of another kind: vacuous";
}

// An engine may ask those who suspect alone who was violated.
TEST(Monitors, WhoeverIsViolatedSuspects) {
  HuntOptions options = For("linux-5.10");
  const PropertySet all = PropertiesByDefault();
  size_t violated = 0;
  for (uint64_t index = 0; index < 3000; ++index) {
    const Schedule schedule = RandomSchedule(options, index);
    Monitors monitors(all, schedule.setup);
    Play(schedule.setup, schedule.choices, monitors);
    for (size_t i = 0; i < kPropertyCount; ++i) {
      const Verdict verdict = monitors.Finish(i);
      EXPECT_EQ(monitors.Suspecting().Has(i), monitors.Suspects(i));
      if (!std::holds_alternative<Violated>(verdict)) continue;
      EXPECT_TRUE(monitors.Suspects(i)) << kProperties[i].name;
      ++violated;
    }
  }
  EXPECT_GT(violated, 10U);
}

TEST(Enabled, SaysOfEveryChoiceWhetherItActs) {
  HuntOptions options = For("linux-6.12");
  for (uint64_t index = 0; index < 300; ++index) {
    const Schedule schedule = RandomSchedule(options, index);
    World world = Start(schedule.setup);
    const NoObserver nobody;
    Runner runner(schedule.setup, world, nobody);
    for (const Choice& next : schedule.choices) {
      const Enabled enabled = EnabledIn(world);
      for (size_t op = 0; op < kOpCount; ++op) {
        for (uint8_t number = 0; number < 4; ++number) {
          const Choice choice{static_cast<Op>(op), next.side, number, number};
          ASSERT_EQ(Acts(enabled, choice), Acts(world, choice));
        }
      }
      runner.Apply(next);
    }
  }
}

// The canary: one field of the profile, and the new kernel loses the FIN too.
TEST(Hunt, TheOneFieldOfTheProfileDecides) {
  HuntOptions options = For("linux-6.12");
  for (EndSetup& end : options.setup.ends) {
    end.host.kernel.old_ack_while_closing = OldAckWhileClosing::kDiscardsSegment;
  }
  const HuntResult flipped = Hunt(options);
  ASSERT_EQ(flipped.findings.size(), 1U);
  EXPECT_EQ(flipped.findings[0].minimal.choices.size(), 5U);
  options = For("linux-5.10");
  for (EndSetup& end : options.setup.ends) {
    end.host.kernel.old_ack_while_closing = OldAckWhileClosing::kAccepted;
  }
  EXPECT_TRUE(Hunt(options).findings.empty());
}

TEST(Hunt, FindsTheOrphansCaseWhenTheLosingEndHasClosed) {
  HuntOptions options = For("linux-5.10");
  options.victim_mode = Mode::kClose;
  options.rules.modes[0] = Mode::kClose;
  const HuntResult result = Hunt(options);
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings[0];
  EXPECT_EQ(finding.cause.modes[0], Mode::kClose);
  EXPECT_EQ(finding.cause.states[0], State::kFinWait1);
  EXPECT_TRUE(finding.proven_minimal);
  EXPECT_EQ(finding.minimal.choices.size(), 6U);
}

TEST(Hunt, TheSameSeedGivesTheSameResult) {
  const HuntResult one = Hunt(For("linux-5.10"));
  const HuntResult other = Hunt(For("linux-5.10"));
  EXPECT_EQ(one.schedules, other.schedules);
  EXPECT_EQ(one.rules_hit, other.rules_hit);
  EXPECT_EQ(one.findings[0].found.choices, other.findings[0].found.choices);
}

// Bytes must not vary by build: the first schedule of seed 1, as every compiler must draw it.
TEST(Hunt, TheFirstScheduleOfSeedOneIsPinned) {
  EXPECT_EQ(FormatOneLine(RandomSchedule(For("linux-6.12"), 0)),
            "A linux-6.12,linger-5; B linux-6.12,linger-0; A.close; deliver A1; B.send 1; "
            "deliver B1; B.recv 4; deliver A2; B.recv 4; B.recv; B.close");
}

TEST(Hunt, SmallWindowsAreDrawnByIndexAndMoveNoOtherSchedule) {
  const HuntOptions usual = For("linux-6.12");
  HuntOptions small = usual;
  small.small_windows = true;
  for (uint64_t index = 0; index < 2 * kSmallWindowEvery; ++index) {
    const Schedule schedule = RandomSchedule(small, index);
    const bool is_small = index % kSmallWindowEvery == kSmallWindowEvery / 2;
    for (const EndSetup& end : schedule.setup.ends) {
      EXPECT_EQ(end.host.environment.rcv_buffer == kSmallWindow, is_small) << index;
    }
    if (is_small) continue;
    EXPECT_EQ(FormatOneLine(schedule), FormatOneLine(RandomSchedule(usual, index)));
  }
}

// cf12e6f91246 ("tcp: don't free a FIN sk_buff in tcp_remove_empty_skb()"): a FIN that waits for
// the peer's window is taken off the queue by a send() that fails.
TEST(Hunt, FindsTheFinThatAFailingSendRemovesWhereWindowsAreSmall) {
  HuntOptions options = For("linux-5.10.46", "closed-window-is-probed");
  EXPECT_EQ(Hunt(options).applied[*FindProperty("closed-window-is-probed")], 0U);
  options.small_windows = true;
  options.keep_going = true;
  options.proof.states_max = 1;
  options.schedules_max = 40'000;
  std::set<std::string> minimal;
  for (const Finding& finding : Hunt(options).findings) {
    minimal.insert(FormatOneLine(finding.minimal));
  }
  EXPECT_TRUE(
      minimal.contains("A linux-5.10.46,window=10; B linux-5.10.46,window=10; A.send 10; "
                       "deliver A1; A.shutdown WR; deliver B1; A.send 1"));
  options.setup = Pair("linux-6.12");
  const HuntResult fixed = Hunt(options);
  EXPECT_TRUE(fixed.findings.empty());
  EXPECT_GT(fixed.applied[*FindProperty("closed-window-is-probed")], 100U);
}

TEST(Shrink, AsksForUsualBuffersWhereTheyWillDo) {
  Schedule narrow{Pair("linux-5.10"),
                  {ShutdownBy(Side::kA, How::kWr), ShutdownBy(Side::kB, How::kWr),
                   Deliver(Side::kA, 0), Deliver(Side::kB, 1), Deliver(Side::kB, 0)}};
  for (EndSetup& end : narrow.setup.ends) end.host.environment.rcv_buffer = kSmallWindow;
  const Goal goal{*FindProperty("fin-not-silently-dropped"), RuleId::kSegmentAckOld, {}};
  EXPECT_EQ(FormatOneLine(Shrink(narrow, goal).schedule),
            "A linux-5.10; B linux-5.10; A.shutdown WR; B.shutdown WR; deliver A1 B2 B1");
}

TEST(Hunt, AKnownCauseIsSaidToBeKnown) {
  HuntOptions options = For("linux-5.10");
  const Finding fresh = Hunt(options).findings.at(0);
  EXPECT_EQ(fresh.known_in, "");
  options.known.Add(fresh.cause, fresh.minimal, "here.sched");
  EXPECT_EQ(Hunt(options).findings.at(0).known_in, "here.sched");
}

TEST(Hunt, KeepGoingGivesEachCauseOnce) {
  HuntOptions options = For("linux-5.10", "text-not-silently-dropped");
  options.schedules_max = 3'000;
  options.keep_going = true;
  options.proof.states_max = 1;
  std::set<std::string> causes;
  const HuntResult result = Hunt(options);
  for (const Finding& finding : result.findings) {
    EXPECT_TRUE(causes.insert(finding.cause.Id()).second);
    EXPECT_FALSE(finding.proven_minimal) << "the budget was one state";
  }
  EXPECT_GT(causes.size(), 1U);
  EXPECT_EQ(result.schedules, 3'000U);
}

TEST(Cause, DependsOnPropertyRuleStatesAndModes) {
  const Cause base{0, RuleId::kSegmentAckOld, {State::kFinWait2, State::kClosing}, {}};
  Cause other = base;
  EXPECT_EQ(base.Id(), other.Id());
  other.modes[0] = Mode::kClose;
  EXPECT_NE(base.Id(), other.Id());
  other = base;
  other.states[1] = State::kFinWait1;
  EXPECT_NE(base.Id(), other.Id());
  other = base;
  other.property = 1;
  EXPECT_NE(base.Id(), other.Id());
}

// The last waits of a run are its faults, too. Here the FIN is acknowledged after 18 minutes, and
// an orphan stays in FIN-WAIT-2 for twice three and a half of the time-outs that it had come to by
// then (tcp_fin_time): half an hour after shutdown(), but well within one of that.
TEST(Judge, AClosedEndIsGivenHalfAnHourOfANetworkWithoutFaults) {
  const absl::StatusOr<ScheduleFile> file = ParseSchedule(
      "kernel linux-7.2; A.send 1; deliver A1; wait; drop A2; wait; deliver A3; wait; deliver A4; "
      "wait; deliver A5; A.shutdown WR; A.shutdown RDWR; wait; deliver A6; wait; deliver A7; wait; "
      "wait; wait; deliver B1; wait; wait; wait; wait; wait; wait; wait; wait; A.close",
      TextSource{"late", false});
  ASSERT_TRUE(file.ok()) << file.status();
  const size_t property = *FindProperty("closed-end-goes");
  const Schedule& schedule = file->schedule;
  const Judgement judgement = Judge(schedule.setup, schedule.choices, Only(property));
  EXPECT_TRUE(std::holds_alternative<Holds>(judgement.verdicts[property]));
}

}  // namespace
}  // namespace finwait
