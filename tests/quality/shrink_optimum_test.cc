// SPDX-License-Identifier: Apache-2.0
//
// Whether what the shrinker ends with is as short as can be: of random failures of forty choices
// and more, on a kernel that loses FINs and over planted faults, against breadth-first search.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "fuzz/hunt.h"
#include "fuzz/shrink.h"
#include "fuzz/schedule_file.h"
#include "tests/faults/fault.h"
#include "tests/testing/schedules.h"

namespace finwait::testing {
namespace {

// One choice more, and search would take too long for a test.
constexpr size_t kOptimumMax = 6;
constexpr size_t kOnTheKernel = 100;
constexpr size_t kPerFault = 5;

constexpr std::string_view kPlanted[] = {
    "fin-riding-on-text-forgotten",
    "fin-before-hole-taken",
    "second-fin-counted",
    "fin-sent-once",
    "fin-stutters",
    "fin-waits-for-the-peers",
    "fin-overtakes-held-text",
    "text-behind-the-fin",
    "copies-keep-their-ack",
    "late-text-dropped",
    "last-ack-any-ack",
    "no-time-wait-after-closing",
    "late-fin-reset",
    "last-ack-answered",
    "eof-before-text",
    "half-close-deaf",
    "any-reset-in-window",
    "unread-text-forgotten",
    "time-wait-deaf",
    "text-dropped-in-fin-wait-2",
    "window-halved",
    "closed-silent",
};

struct Failure {
  Goal goal;
  Shrunk shrunk;
};

// Failures of the first properties that random schedules of that length violate.
std::vector<Failure> FailuresOn(const PairSetup& setup, size_t count) {
  HuntOptions options;
  options.setup = setup;
  options.rules.choices_min = 40;
  options.rules.choices_max = 64;
  options.seed = 77;
  std::vector<Failure> failures;
  for (uint64_t index = 0; failures.size() < count; ++index) {
    const Schedule schedule = RandomSchedule(options, index);
    if (schedule.choices.size() < options.rules.choices_min) continue;
    const Judgement judgement = Judge(schedule.setup, schedule.choices, PropertiesByDefault());
    const std::optional<size_t> property = FirstViolated(judgement);
    if (!property.has_value() || kProperties[*property].kind == Kind::kMetamorphic) continue;
    const Goal goal{*property, std::get<Violated>(judgement.verdicts[*property]).rule, {}};
    failures.push_back(Failure{goal, Shrink(schedule, goal)});
  }
  return failures;
}

// The length of the shortest schedule that reaches the goal, searched below `known`, which is one.
size_t Optimum(const PairSetup& setup, const Goal& goal, size_t known) {
  for (size_t length = known; length > 1; --length) {
    const Explored explored = Explore(setup, SearchRules{}, goal,
                                      ExploreLimits{static_cast<uint32_t>(length - 1), 20'000'000});
    if (!explored.found.has_value()) {
      EXPECT_TRUE(explored.complete) << kProperties[goal.property].name;
      return length;
    }
    length = explored.found->choices.size() + 1;
  }
  return 1;
}

class Optima {
 public:
  // Adds the failures of one setup: each must be as short as search finds them.
  void Add(std::string_view name, const PairSetup& setup, size_t count) {
    std::map<std::pair<size_t, RuleId>, std::vector<Failure>> by_goal;
    for (Failure& failure : FailuresOn(setup, count)) {
      by_goal[{failure.goal.property, failure.goal.rule}].push_back(std::move(failure));
    }
    for (const auto& [key, failures] : by_goal) Compare(name, setup, failures);
  }

  size_t compared() const { return executions_.size(); }
  size_t longer() const { return longer_; }
  uint32_t Median() {
    std::nth_element(executions_.begin(), executions_.begin() + compared() / 2, executions_.end());
    return executions_[compared() / 2];
  }

 private:
  void Compare(std::string_view name, const PairSetup& setup,
               const std::vector<Failure>& failures) {
    size_t best = failures[0].shrunk.schedule.choices.size();
    for (const Failure& failure : failures) {
      best = std::min(best, failure.shrunk.schedule.choices.size());
    }
    if (best > kOptimumMax) return;
    const size_t optimum = Optimum(setup, failures[0].goal, best);
    for (const Failure& failure : failures) {
      executions_.push_back(failure.shrunk.executions);
      if (failure.shrunk.schedule.choices.size() == optimum) continue;
      ++longer_;
      ADD_FAILURE() << name << ": " << failure.shrunk.schedule.choices.size() << " choices, "
                    << optimum << " suffice: " << FormatOneLine(failure.shrunk.schedule);
    }
  }

  std::vector<uint32_t> executions_;
  size_t longer_ = 0;
};

TEST(ShrinkOptimum, IsReachedByAllAndMostCheaply) {
  Optima optima;
  optima.Add("linux-5.10", Pair("linux-5.10"), kOnTheKernel);
  const std::vector<Fault> faults = Faults();
  size_t planted = 0;
  for (const Fault& fault : faults) {
    if (std::find(std::begin(kPlanted), std::end(kPlanted), fault.quirk.name) ==
        std::end(kPlanted)) {
      continue;
    }
    ++planted;
    optima.Add(fault.quirk.name, SetupOf(fault, *FindProfile("linux-6.12")), kPerFault);
  }
  EXPECT_EQ(planted, std::size(kPlanted));
  EXPECT_GE(optima.compared(), 190U);
  EXPECT_LE(optima.Median(), 150U);
  RecordProperty("compared", static_cast<int>(optima.compared()));
  RecordProperty("longer", static_cast<int>(optima.longer()));
  RecordProperty("median_executions", static_cast<int>(optima.Median()));
}

}  // namespace
}  // namespace finwait::testing
