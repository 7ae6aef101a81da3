// SPDX-License-Identifier: Apache-2.0
//
// The acceptor takes all that a kernel of the model's kind does, and has teeth: what a kernel with
// one behaviour changed does, it finds.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "diff/solo_text.h"
#include "tests/diff/random_schedules.h"

namespace finwait {
namespace {

constexpr uint64_t kSchedules = 20'000;

class EveryProfile : public ::testing::TestWithParam<KernelProfile> {};

TEST_P(EveryProfile, AcceptsWhatItsOwnModelDoes) {
  uint64_t bound = 0;
  const std::optional<Found> found = FirstDifference(GetParam(), GetParam(), kSchedules, &bound);
  EXPECT_FALSE(found.has_value()) << "case " << found->index << "\n"
                                  << SoloText(found->solo) << "expected "
                                  << found->mismatch.expected << "\nseen " << found->mismatch.seen;
  EXPECT_LT(bound, kSchedules / 100);
}

// Traits that random schedules do not show on a model, and why.
struct Toothless {
  std::string_view trait;
  std::string_view because;
};
constexpr std::array kToothless = {
    Toothless{"paws-replay", "needs a wait between one RTO and a fifth more, then a replay"},
    Toothless{"segment-end", "needs a segment that begins in the window and ends past it"},
    Toothless{"right-edge", "the model's window never shrinks by itself"},
    Toothless{"fin-at-zero-window", "needs the whole receive buffer filled"},
    Toothless{"quick-ack-spent-by", "needs sixteen quick acknowledgements in one schedule"},
    Toothless{"out-of-order-mss", "needs a long segment out of order, then short ones in order"},
    Toothless{"loss-probe-rounding",
              "needs an exact round-trip time; found for some profiles only"},
    Toothless{"fin-and-cwnd", "needs a time-out and then a FIN, in one schedule"},
    Toothless{"predicted-ack", "a model's stack never predicts: header prediction is the kernel's"},
    Toothless{"time-wait-iss", "the first number of a new connection is not compared"},
};

bool HasTeeth(const Trait& trait) {
  for (const Toothless& one : kToothless) {
    if (one.trait == trait.name) return false;
  }
  return true;
}

TEST_P(EveryProfile, FindsEachBehaviourChanged) {
  for (const TraitValue& change : AllChanges(GetParam())) {
    if (!HasTeeth(*change.trait)) continue;
    const std::optional<Found> found =
        FirstDifference(With(GetParam(), change), GetParam(), kSchedules);
    EXPECT_TRUE(found.has_value()) << change.trait->name << " = " << change.Words();
    if (found.has_value()) {
      RecordProperty(std::string(change.trait->name), std::to_string(found->index));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, EveryProfile,
                         ::testing::ValuesIn(Profiles().begin(), Profiles().end()),
                         [](const auto& tested) {
                           std::string name(tested.param.name);
                           for (char& c : name) {
                             if (c == '-' || c == '.') c = '_';
                           }
                           return name;
                         });

TEST(Toothless, IsAboutTraitsThatExist) {
  for (const Toothless& one : kToothless) {
    EXPECT_NE(FindTrait(one.trait), nullptr) << one.trait;
    EXPECT_FALSE(one.because.empty());
  }
}

}  // namespace
}  // namespace finwait
