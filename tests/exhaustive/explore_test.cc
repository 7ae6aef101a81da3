// SPDX-License-Identifier: Apache-2.0
//
// Small exhaustive runs. The counts are pinned: a change of the model, of the fingerprint or of
// what a schedule may do shows here first, and is then either meant or not.
#include "fuzz/explore.h"

#include <gtest/gtest.h>

#include "fuzz/schedule_file.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::Pair;

Goal LosesFin() {
  return Goal{*FindProperty("fin-not-silently-dropped"), RuleId::kSegmentAckOld, {}};
}

SearchRules Modes(Mode a, Mode b) {
  SearchRules rules;
  rules.modes = {a, b};
  return rules;
}

TEST(Explore, NoFourChoicesLoseTheFin) {
  const Explored explored =
      Explore(Pair("linux-5.10"), SearchRules{}, LosesFin(), ExploreLimits{4, 1'000'000});
  EXPECT_TRUE(explored.complete);
  EXPECT_FALSE(explored.found.has_value());
  EXPECT_EQ(explored.states, 68'748U);
}

TEST(Explore, FiveChoicesDoAndTheFirstFoundIsTheDisorder) {
  const Explored explored = Explore(Pair("linux-5.10"), Modes(Mode::kShutdownWr, Mode::kShutdownWr),
                                    LosesFin(), ExploreLimits{5, 1'000'000});
  ASSERT_TRUE(explored.found.has_value());
  EXPECT_FALSE(explored.complete);
  EXPECT_EQ(FormatOneLine(*explored.found),
            "A linux-5.10; B linux-5.10; A.shutdown WR; B.shutdown WR; deliver A1 B2 B1");
}

TEST(Explore, FiveChoicesNeverDoOnANewKernel) {
  const Explored explored = Explore(Pair("linux-6.12"), Modes(Mode::kShutdownWr, Mode::kShutdownWr),
                                    LosesFin(), ExploreLimits{5, 1'000'000});
  EXPECT_TRUE(explored.complete);
  EXPECT_FALSE(explored.found.has_value());
  EXPECT_EQ(explored.states, 46'574U);
}

TEST(Explore, TheOrphansCaseNeedsSix) {
  Goal goal = LosesFin();
  goal.mode = Mode::kClose;
  const SearchRules rules = Modes(Mode::kClose, Mode::kShutdownWr);
  const Explored five = Explore(Pair("linux-5.10"), rules, goal, ExploreLimits{5, 1'000'000});
  EXPECT_TRUE(five.complete);
  EXPECT_FALSE(five.found.has_value());
  const Explored six = Explore(Pair("linux-5.10"), rules, goal, ExploreLimits{6, 1'000'000});
  ASSERT_TRUE(six.found.has_value());
  EXPECT_EQ(six.found->choices.size(), 6U);
}

TEST(Explore, ABudgetTooSmallIsNotAProof) {
  const Explored explored =
      Explore(Pair("linux-5.10"), SearchRules{}, LosesFin(), ExploreLimits{4, 100});
  EXPECT_FALSE(explored.complete);
}

TEST(Explore, AWorldThatEndsAsBoundIsNoProof) {
  PairSetup setup = Pair("linux-6.12");
  EXPECT_TRUE(Explore(setup, SearchRules{}, LosesFin(), ExploreLimits{1, 1'000'000}).complete);
  setup[Side::kA].host.environment.mss = 1;  // A's send(10) is more segments than its queue holds.
  EXPECT_FALSE(Explore(setup, SearchRules{}, LosesFin(), ExploreLimits{1, 1'000'000}).complete);
}

TEST(Explore, EnabledChoicesAllAct) {
  const PairSetup setup = Pair("linux-5.10");
  World world = Start(setup);
  Choices enabled;
  const Region region = EverythingOf({Mode::kAny, Mode::kClose});
  EnabledChoices(region, Budget(region), EnabledIn(world), enabled);
  EXPECT_EQ(enabled.size(), 4U + 1U + 2U * 5U) << "calls of A and B, recv and send of both";
  for (const Choice& choice : enabled) EXPECT_TRUE(Acts(world, choice));
}

}  // namespace
}  // namespace finwait
