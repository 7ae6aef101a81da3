// SPDX-License-Identifier: Apache-2.0
#include "model/tcp/environment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <cstdint>

#include "model/tcp/time.h"

namespace finwait {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// A host of any clock rate that Linux offers, anywhere in its current jiffy.
Environment AnyHost() {
  Environment env;
  env.hz = *rc::gen::element<uint16_t>(100, 250, 300, 1000);
  env.jiffy_phase = microseconds(*rc::gen::inRange<int64_t>(0, env.Tick().count()));
  return env;
}

Time AnyTime() { return At(microseconds(*rc::gen::inRange<int64_t>(0, 1'000'000'000))); }

// `t` is the first instant of a jiffy.
bool OnATick(const Environment& env, Time t) {
  return (SinceStart(t) + env.jiffy_phase) % env.Tick() == Duration(0);
}

RC_GTEST_PROP(EnvironmentLaws, TickAtOrAfterIsNeverEarlyAndLessThanATickLate, ()) {
  const Environment env = AnyHost();
  const Time t = AnyTime();
  const Time tick = env.TickAtOrAfter(t);
  RC_ASSERT(tick >= t);
  RC_ASSERT(tick - t < env.Tick());
  RC_ASSERT(OnATick(env, tick));
  RC_ASSERT(env.TickAtOrAfter(tick) == tick);
}

RC_GTEST_PROP(EnvironmentLaws, NextTickIsLaterByAtMostATick, ()) {
  const Environment env = AnyHost();
  const Time t = AnyTime();
  const Time tick = env.NextTick(t);
  RC_ASSERT(tick > t);
  RC_ASSERT(tick - t <= env.Tick());
  RC_ASSERT(OnATick(env, tick));
  RC_ASSERT(env.Jiffy(tick) == env.Jiffy(t) + 1);
}

RC_GTEST_PROP(EnvironmentLaws, JiffiesCountTicks, ()) {
  const Environment env = AnyHost();
  const Time t = AnyTime();
  const int64_t ticks = *rc::gen::inRange<int64_t>(0, 1000);
  RC_ASSERT(env.Jiffy(t + ticks * env.Tick()) == env.Jiffy(t) + ticks);
  RC_ASSERT(env.Jiffy(env.NextTick(t) - Duration(1)) == env.Jiffy(t));
}

RC_GTEST_PROP(EnvironmentLaws, BetweenIsWholeTicksAndLessThanOneOff, ()) {
  const Environment env = AnyHost();
  const Time from = AnyTime();
  const Time to = from + SinceStart(AnyTime());
  const Duration told = env.Between(from, to);
  RC_ASSERT(told % env.Tick() == Duration(0));
  RC_ASSERT(told < to - from + env.Tick());
  RC_ASSERT(told > to - from - env.Tick());
}

RC_GTEST_PROP(EnvironmentLaws, RoundUpIsNeverShorterAndLessThanATickLonger, ()) {
  const Environment env = AnyHost();
  const Duration d = SinceStart(AnyTime());
  const Duration rounded = env.RoundUp(d);
  RC_ASSERT(rounded >= d);
  RC_ASSERT(rounded - d < env.Tick());
  RC_ASSERT(rounded % env.Tick() == Duration(0));
}

TEST(Environment, TickIsOneJiffy) {
  EXPECT_EQ(Environment{.hz = 100}.Tick(), milliseconds(10));
  EXPECT_EQ(Environment{.hz = 250}.Tick(), milliseconds(4));
  EXPECT_EQ(Environment{.hz = 1000}.Tick(), milliseconds(1));
}

TEST(Environment, PhaseMovesTheTicks) {
  const Environment env{.hz = 250, .jiffy_phase = milliseconds(1)};
  EXPECT_EQ(env.NextTick(At(milliseconds(0))), At(milliseconds(3)));
  EXPECT_EQ(env.TickAtOrAfter(At(milliseconds(3))), At(milliseconds(3)));
  EXPECT_EQ(env.TickAtOrAfter(At(microseconds(3001))), At(milliseconds(7)));
  EXPECT_EQ(env.Jiffy(At(microseconds(2999))), 0);
  EXPECT_EQ(env.Jiffy(At(milliseconds(3))), 1);
}

TEST(Environment, HalvesWholeJiffies) {
  const Environment env{.hz = 250};
  EXPECT_EQ(env.Half(milliseconds(40)), milliseconds(20));
  EXPECT_EQ(env.Half(milliseconds(28)), milliseconds(12));
}

TEST(Environment, RoundsTimeoutsUpToJiffies) {
  const Environment env{.hz = 250};
  EXPECT_EQ(env.RoundUp(microseconds(200'000)), milliseconds(200));
  EXPECT_EQ(env.RoundUp(microseconds(200'001)), milliseconds(204));
}

}  // namespace
}  // namespace finwait
