// SPDX-License-Identifier: Apache-2.0
#include "model/tcp/seq.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>

#include "model/tcp/segment.h"

namespace finwait {
namespace {

constexpr uint32_t kHalf = 0x8000'0000;

// A distance that two numbers of one window may have: less than half the space.
uint32_t Distance() { return *rc::gen::inRange<uint32_t>(0, kHalf); }

RC_GTEST_PROP(SeqNumLaws, ExactlyOneOfBeforeEqualAfter, (uint32_t raw, bool up)) {
  const SeqNum a{raw};
  const SeqNum b = up ? a + Distance() : a - Distance();
  const int holds = (Before(a, b) ? 1 : 0) + (a == b ? 1 : 0) + (After(a, b) ? 1 : 0);
  RC_ASSERT(holds == 1);
  RC_ASSERT(AtOrBefore(a, b) == !After(a, b));
  RC_ASSERT(AtOrAfter(a, b) == !Before(a, b));
}

RC_GTEST_PROP(SeqNumLaws, OrderFollowsTheDistance, (uint32_t raw)) {
  const SeqNum a{raw};
  const uint32_t distance = Distance();
  RC_ASSERT(Before(a, a + distance) == (distance != 0));
  RC_ASSERT(After(a, a - distance) == (distance != 0));
  RC_ASSERT((a + distance) - a == distance);
  RC_ASSERT(Offset(a + distance, a) == static_cast<int32_t>(distance));
  RC_ASSERT(Offset(a - distance, a) == -static_cast<int32_t>(distance));
}

RC_GTEST_PROP(SeqNumLaws, ShiftingBothChangesNothing, (uint32_t raw, uint32_t shift)) {
  const SeqNum a{raw};
  const SeqNum b = a + Distance();
  RC_ASSERT(Before(a + shift, b + shift) == Before(a, b));
  RC_ASSERT(Before(b + shift, a + shift) == Before(b, a));
  RC_ASSERT((b + shift) - (a + shift) == b - a);
  RC_ASSERT(Offset(b + shift, a + shift) == Offset(b, a));
  RC_ASSERT(Later(a + shift, b + shift) == Later(a, b) + shift);
}

RC_GTEST_PROP(SeqNumLaws, AddingAndSubtractingCancel, (uint32_t raw, uint32_t n)) {
  const SeqNum a{raw};
  RC_ASSERT((a + n) - n == a);
  RC_ASSERT((a - n) + n == a);
}

RC_GTEST_PROP(SeqNumLaws, LaterIsTheLaterOfTheTwo, (uint32_t raw)) {
  const SeqNum a{raw};
  const SeqNum b = a + Distance();
  RC_ASSERT(Later(a, b) == b);
  RC_ASSERT(Later(b, a) == b);
}

// Three numbers within half the space of the first are ordered like their distances.
RC_GTEST_PROP(SeqNumLaws, TransitiveWithinOneWindow, (uint32_t raw)) {
  const SeqNum a{raw};
  const uint32_t near = Distance();
  const uint32_t far = Distance();
  RC_ASSERT(Before(a + near, a + far) == (near < far));
}

TEST(SeqNum, WrapsAtTheTop) {
  const SeqNum top{0xFFFF'FFFF};
  EXPECT_TRUE(Before(top, SeqNum{0}));
  EXPECT_EQ(top + 1U, SeqNum{0});
  EXPECT_EQ(SeqNum{2} - top, 3U);
  EXPECT_EQ(Later(top, SeqNum{5}), SeqNum{5});
}

// Why there is no `<`: three numbers a third of the space apart go round in a circle.
TEST(SeqNum, IsNotTransitiveAcrossTheSpace) {
  const SeqNum a{0}, b{0x5555'5555}, c{0xAAAA'AAAA};
  EXPECT_TRUE(Before(a, b));
  EXPECT_TRUE(Before(b, c));
  EXPECT_TRUE(Before(c, a));
}

TEST(Segment, LengthCountsTextSynAndFin) {
  EXPECT_EQ((Segment{.len = 10, .flags = kAck}.Length()), 10U);
  EXPECT_EQ((Segment{.len = 10, .flags = kAck | kFin}.Length()), 11U);
  EXPECT_EQ((Segment{.flags = kSyn}.Length()), 1U);
  EXPECT_EQ((Segment{.flags = kSyn | kFin}.Length()), 2U);
}

TEST(Segment, FinIsTheLastNumber) {
  const Segment fin{.seq = SeqNum{0xFFFF'FFFE}, .len = 3, .flags = kAck | kFin};
  EXPECT_EQ(fin.End(), SeqNum{2});
  EXPECT_EQ(fin.TextEnd(), SeqNum{1});
  EXPECT_EQ(fin.FinNumber(), SeqNum{1});
  const Segment text{.seq = SeqNum{7}, .len = 3, .flags = kAck};
  EXPECT_EQ(text.TextEnd(), text.End());
}

}  // namespace
}  // namespace finwait
