// SPDX-License-Identifier: Apache-2.0
//
// The acceptor takes all that a kernel of the model's kind does, and has teeth: what a kernel with
// one behaviour changed does, it finds.
#include "diff/acceptor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "diff/candidate.h"
#include "diff/observe.h"
#include "diff/solo_parse.h"
#include "diff/solo_text.h"
#include "model/tcp/rule.h"
#include "stacks/model_stack.h"
#include "tests/diff/random_schedules.h"

namespace finwait {
namespace {

constexpr uint64_t kSchedules = 20'000;

class EveryProfile : public ::testing::TestWithParam<KernelProfile> {};

TEST_P(EveryProfile, AcceptsWhatItsOwnModelDoes) {
  RandomSchedules schedules(GetParam(), GetParam());
  const std::optional<Divergence> found = schedules.FirstDifference(kSchedules);
  EXPECT_FALSE(found.has_value()) << "case " << found->index << "\n"
                                  << SoloText(found->solo) << "expected "
                                  << found->mismatch.expected << "\nseen " << found->mismatch.seen;
  EXPECT_LT(schedules.bound(), kSchedules / 100);
}

// What was read since the last acknowledgement makes the window larger, too: that is no sign of
// memory. A fuzzer found it, with quick acknowledgements that ran out sooner than they should.
TEST_P(EveryProfile, AWindowThatReadingOpenedHasNotGrown) {
  std::string text =
      "open passively win 29200 mss 1460 sackOK; < F. 64241:64241(0) ack 1 win 29200";
  const auto take = [&](int from, int to) {
    for (int at = from; at < to; at += 25) {
      absl::StrAppend(&text, "; < P. ", at, ":", at + 25, "(25) ack 1 win 29200");
    }
  };
  take(1, 276);
  absl::StrAppend(&text, "; recv(14); < F. 278:278(0) ack 1 win 29200");
  take(276, 376);
  const absl::StatusOr<Solo> solo = ParseSolo(text);
  ASSERT_TRUE(solo.ok()) << solo.status();
  const Host host{GetParam(), Environment{}};
  ModelStack stack(host);
  Observation seen;
  ASSERT_TRUE(RunAndObserve(*solo, Watch{}, stack, seen).ok());
  Tally tally;
  bool bound = false;
  const std::optional<Mismatch> mismatch = Accept(*solo, seen, host, Slack{}, tally, bound);
  EXPECT_FALSE(bound);
  EXPECT_FALSE(mismatch.has_value())
      << "expected " << mismatch->expected << "\nseen " << mismatch->seen;
}

// What random schedules do not show on a model, and why.
struct Toothless {
  std::string_view what;  // A trait or a rule.
  std::string_view because;
  std::string_view only_on = "";  // Profiles, when not on all.
};
constexpr std::array kToothless = {
    Toothless{"out-of-order-mss",
              "needs a long segment out of order, then as much in order unread"},
    Toothless{"timer.orphan.resets",
              "needs an old FIN that acknowledges ours after close(), and then the time to expire"},
    Toothless{"predicted-ack", "a judge who allows prediction allows that there is none",
              "linux-6.1 linux-6.12 linux-7.2"},
};

bool HasTeeth(std::string_view what, std::string_view kernel) {
  return std::none_of(kToothless.begin(), kToothless.end(), [&](const Toothless& one) {
    const std::vector<std::string> kernels =
        absl::StrSplit(std::string(one.only_on), ' ', absl::SkipEmpty());
    const bool here = kernels.empty() || std::find(kernels.begin(), kernels.end(),
                                                   std::string(kernel)) != kernels.end();
    return one.what == what && here;
  });
}

TEST_P(EveryProfile, FindsEachBehaviourChanged) {
  for (const TraitValue& change : AllChanges(GetParam())) {
    RandomSchedules schedules(With(GetParam(), change), GetParam());
    const std::optional<Divergence> found = schedules.FirstDifference(kSchedules);
    EXPECT_EQ(found.has_value(), HasTeeth(change.trait->name, GetParam().name))
        << change.trait->name << " = " << change.Words();
  }
}

// Breaks a rule: what it sent does not leave; where it sends nothing, what it did is undone; where
// it does nothing that shows, it answers.
ModelStack::Tamper Break(RuleId rule) {
  return [rule](const Endpoint& before, Endpoint& after, Effects& effects) {
    if (std::find(effects.fired.begin(), effects.fired.end(), rule) == effects.fired.end()) return;
    if (!effects.sent.Empty()) {
      effects.sent.count = 0;
    } else if (effects.result.returned || StateOf(before) != StateOf(after)) {
      after = before;
      effects.result.error = Errno::kPipe;
      // An undone timer would be due for ever.
      const std::array<Time, 5> due = Deadlines(after);
      const size_t first =
          static_cast<size_t>(std::min_element(due.begin(), due.end()) - due.begin());
      if (Name(rule).starts_with("timer.")) SetDeadline(after, first, kNever);
    } else {
      effects.sent.PushBack(Segment{.flags = kAck});
    }
  };
}

constexpr std::array kOnlyOnOldKernels = {RuleId::kSegmentAckOld, RuleId::kSendRemovesFin,
                                          RuleId::kCloseOldTextResets};

// On a kernel that has the rule.
TEST(Teeth, EachBrokenRuleIsFoundAndMadeSmall) {
  for (const Rule& rule : Rules()) {
    const bool old = std::ranges::find(kOnlyOnOldKernels, rule.id) != kOnlyOnOldKernels.end();
    const KernelProfile& kernel = *FindProfile(old ? "linux-5.10.46" : "linux-6.18");
    RandomSchedules schedules(kernel, kernel);
    schedules.SetTamper(Break(rule.id));
    std::optional<Divergence> found = schedules.FirstDifference(kSchedules);
    EXPECT_EQ(found.has_value(), HasTeeth(rule.name, kernel.name)) << rule.name;
    if (!found.has_value()) continue;
    ASSERT_TRUE(schedules.Shrink(*found).ok()) << rule.name;
    EXPECT_LE(found->solo.events.size(), 9U) << rule.name << '\n' << SoloText(found->solo);
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

TEST(Toothless, AreFewAndExist) {
  EXPECT_LE(kToothless.size(), 5U);
  for (const Toothless& one : kToothless) {
    const bool rule = std::any_of(Rules().begin(), Rules().end(),
                                  [&](const Rule& r) { return r.name == one.what; });
    EXPECT_TRUE(rule || FindTrait(one.what) != nullptr) << one.what;
    EXPECT_FALSE(one.because.empty());
    for (const auto& name : absl::StrSplit(std::string(one.only_on), ' ', absl::SkipEmpty())) {
      EXPECT_NE(FindProfile({name.data(), name.size()}), nullptr) << name;
    }
  }
}

}  // namespace
}  // namespace finwait
