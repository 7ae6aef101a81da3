// SPDX-License-Identifier: Apache-2.0
#include "fuzz/codec.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using testing::AnyChoices;
using testing::Pair;

RC_GTEST_PROP(CodecLaws, DecodeInvertsEncode, ()) {
  Schedule schedule{Pair("linux-6.12"), *AnyChoices()};
  SetLinger(schedule.setup[Side::kA], static_cast<Mode>(*rc::gen::inRange<int>(0, 6)));
  if (schedule.choices.size() > kDecodedChoicesMax) schedule.choices.resize(kDecodedChoicesMax);
  const Schedule back = Decode(Encode(schedule), Pair("linux-6.12"));
  RC_ASSERT(back.choices == schedule.choices);
  RC_ASSERT(back.setup[Side::kA].linger_on == schedule.setup[Side::kA].linger_on);
  RC_ASSERT(back.setup[Side::kA].linger_s == schedule.setup[Side::kA].linger_s);
}

RC_GTEST_PROP(CodecLaws, AnyBytesAreASchedule, ()) {
  const auto bytes = *rc::gen::arbitrary<std::vector<uint8_t>>();
  const Schedule schedule = Decode(bytes, Pair("linux-6.12"));
  RC_ASSERT(schedule.choices.size() == (bytes.size() < 5 ? 0 : (bytes.size() - 1) / 4));
  Judge(schedule.setup, schedule.choices, EveryProperty());
}

TEST(Codec, ReadsNoMoreThanItsBound) {
  const std::vector<uint8_t> bytes(10'000, 1);
  EXPECT_EQ(Decode(bytes, Pair("linux-6.12")).choices.size(), kDecodedChoicesMax);
}

}  // namespace
}  // namespace finwait
