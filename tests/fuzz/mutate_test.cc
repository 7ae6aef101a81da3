// SPDX-License-Identifier: Apache-2.0
#include "fuzz/mutate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "fuzz/codec.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using testing::Pair;
using Bytes = std::vector<uint8_t>;

// Three choices under a header.
const Bytes kThree = {7, 0, 0, 0, 0, 1, 1, 0, 0, 4, 0, 0, 10};

Bytes After(Mutation mutation, const Bytes& bytes, uint64_t seed, size_t room_bytes = 64) {
  Bytes room(room_bytes);
  std::ranges::copy(bytes, room.begin());
  Random random(seed);
  room.resize(Apply(mutation, kScheduleInput, {room, bytes.size()}, random));
  return room;
}

std::vector<Bytes> ChoicesOf(const Bytes& bytes) {
  std::vector<Bytes> choices;
  for (size_t at = 1; at + 4 <= bytes.size(); at += 4) {
    choices.emplace_back(bytes.begin() + static_cast<ptrdiff_t>(at),
                         bytes.begin() + static_cast<ptrdiff_t>(at + 4));
  }
  return choices;
}

// Whether `part` is `whole` without some of its elements.
bool IsSubsequence(const std::vector<Bytes>& part, const std::vector<Bytes>& whole) {
  size_t at = 0;
  for (const Bytes& one : whole) at += at < part.size() && part[at] == one ? 1 : 0;
  return at == part.size();
}

TEST(Mutation, ChangesTheNumberOfChoicesAsItsNameSays) {
  const std::vector<Bytes> before = ChoicesOf(kThree);
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const auto after = [&](Mutation m) { return ChoicesOf(After(m, kThree, seed)); };
    const std::vector<Bytes> inserted = after(Mutation::kInsert);
    EXPECT_EQ(inserted.size(), 4U);
    EXPECT_TRUE(IsSubsequence(before, inserted));
    const std::vector<Bytes> deleted = after(Mutation::kDelete);
    EXPECT_EQ(deleted.size(), 2U);
    EXPECT_TRUE(IsSubsequence(deleted, before));
    const std::vector<Bytes> duplicated = after(Mutation::kDuplicate);
    EXPECT_EQ(duplicated.size(), 4U);
    EXPECT_NE(std::ranges::adjacent_find(duplicated), duplicated.end());
    std::vector<Bytes> swapped = after(Mutation::kSwap);
    EXPECT_TRUE(std::ranges::is_permutation(swapped, before));
  }
}

TEST(Mutation, LoweringNeverRaises) {
  bool lowered = false;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const Bytes after = After(Mutation::kLower, kThree, seed);
    ASSERT_EQ(after.size(), kThree.size());
    for (size_t i = 0; i < after.size(); ++i) EXPECT_LE(after[i], kThree[i]);
    lowered |= after != kThree;
  }
  EXPECT_TRUE(lowered);
}

TEST(Mutation, OfNothingInserts) {
  for (size_t m = 0; m < kMutationCount; ++m) {
    EXPECT_EQ(After(static_cast<Mutation>(m), {}, m).size(), 5U);
  }
}

TEST(Mutation, WithoutRoomAddsNothing) {
  EXPECT_EQ(After(Mutation::kInsert, kThree, 1, kThree.size()), kThree);
  EXPECT_EQ(After(Mutation::kDuplicate, kThree, 1, kThree.size()), kThree);
}

TEST(Mutation, DrawsEveryKindOfChoice) {
  std::array<bool, kOpCount> seen{};
  for (uint64_t seed = 0; seed < 500; ++seed) {
    const Schedule schedule = Decode(After(Mutation::kInsert, {}, seed), Pair("linux-6.12"));
    seen[static_cast<size_t>(schedule.choices[0].op)] = true;
  }
  EXPECT_THAT(seen, ::testing::Each(true));
}

RC_GTEST_PROP(MutationLaws, KeepToTheRoomAndToWholeChoices, (uint64_t seed)) {
  const auto bytes = *rc::gen::arbitrary<Bytes>();
  Bytes room(bytes.size() + *rc::gen::inRange<size_t>(0, 20));
  std::ranges::copy(bytes, room.begin());
  Random random(seed);
  const size_t size = Mutate(kScheduleInput, {room, bytes.size()}, random);
  RC_ASSERT(size <= room.size());
  RC_ASSERT(size == 0U || (size - 1) % 4 == 0U);
  RC_ASSERT(size <= 1 + 4 * kScheduleInput.choices_max);
}

RC_GTEST_PROP(MutationLaws, OneSeedOneResult, (uint64_t seed)) {
  Bytes one(100), other(100);
  Random first(seed), second(seed);
  for (int i = 0; i < 10; ++i) {
    const size_t size = Mutate(kScheduleInput, {one, 50}, first);
    RC_ASSERT(size == Mutate(kScheduleInput, {other, 50}, second));
    RC_ASSERT(one == other);
  }
}

RC_GTEST_PROP(Splicing, TakesABeginningAndAnEnd, (uint64_t seed)) {
  const auto bytes = [] {
    Bytes made = *rc::gen::arbitrary<Bytes>();
    made.resize(1 + 4 * (made.size() / 4));
    return made;
  };
  const Bytes a = bytes(), b = bytes();
  Bytes room(*rc::gen::inRange<size_t>(1, 400));
  Random random(seed);
  room.resize(Splice(kScheduleInput, {a, b}, room, random));
  const std::vector<Bytes> made = ChoicesOf(room), first = ChoicesOf(a), last = ChoicesOf(b);
  RC_ASSERT(room[0] == a[0] || room[0] == b[0]);
  const auto prefix = static_cast<size_t>(std::ranges::mismatch(made, first).in1 - made.begin());
  bool found = false;  // Some beginning of the first, then only what the last has.
  for (size_t cut = 0; cut <= prefix && !found; ++cut) {
    found = IsSubsequence({made.begin() + static_cast<ptrdiff_t>(cut), made.end()}, last);
  }
  RC_ASSERT(found);
}

}  // namespace
}  // namespace finwait
