// SPDX-License-Identifier: Apache-2.0
//
// From seed to violation, shrinking and proof, each apart, over fifty seeds: medians.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "bench/ratio.h"
#include "fuzz/hunt.h"
#include "fuzz/shrink.h"

namespace finwait {
namespace {

constexpr uint64_t kSeeds = 50;

using SteadyClock = std::chrono::steady_clock;

struct Case {
  Schedule found;
  double search_s = 0;
};

Goal TheGoal() {
  return Goal{*FindProperty("fin-not-silently-dropped"), RuleId::kSegmentAckOld, {}};
}

// The first violating schedule of a seed, by the hunt's own draws, and how long it took to reach.
Case Search(uint64_t seed) {
  HuntOptions options;
  options.setup = PairOf(*FindProfile("linux-5.10"), *FindProfile("linux-5.10"));
  options.seed = seed;
  const SteadyClock::time_point started = SteadyClock::now();
  for (uint64_t index = 0;; ++index) {
    Schedule schedule = RandomSchedule(options, index);
    if (!Violates(schedule.setup, schedule.choices, TheGoal()).has_value()) continue;
    return Case{schedule, std::chrono::duration<double>(SteadyClock::now() - started).count()};
  }
}

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = [] {
    std::vector<Case> made;
    for (uint64_t seed = 1; seed <= kSeeds; ++seed) made.push_back(Search(seed));
    return made;
  }();
  return cases;
}

// Runs `body` once a case an iteration and reports the median of the cases as the iteration's time.
template <typename Body>
void Median(benchmark::State& state, Body body) {
  const std::vector<Case>& cases = Cases();
  for (auto _ : state) {
    std::vector<double> seconds;
    for (const Case& one : cases) {
      const SteadyClock::time_point started = SteadyClock::now();
      body(one);
      seconds.push_back(std::chrono::duration<double>(SteadyClock::now() - started).count());
    }
    std::nth_element(seconds.begin(), seconds.begin() + kSeeds / 2, seconds.end());
    state.SetIterationTime(seconds[kSeeds / 2]);
  }
}

void OneRun(benchmark::State& state) {
  Median(state, [](const Case& one) {
    benchmark::DoNotOptimize(Violates(one.found.setup, one.found.choices, TheGoal()));
  });
}

void SeedToViolation(benchmark::State& state) {
  uint64_t seed = 0;
  Median(state, [&](const Case&) { benchmark::DoNotOptimize(Search(++seed % kSeeds + 1)); });
}

void Shrinking(benchmark::State& state) {
  Median(state, [](const Case& one) { benchmark::DoNotOptimize(Shrink(one.found, TheGoal())); });
}

void Proving(benchmark::State& state) {
  Median(state, [](const Case& one) {
    Finding finding;
    finding.found = one.found;
    finding.minimal = Shrink(one.found, TheGoal()).schedule;
    Prove(finding, TheGoal(), SearchRules{}, ExploreLimits{});
    if (!finding.proven_minimal) std::abort();
  });
}

BENCHMARK(OneRun)->Name("seeds/one_run")->UseManualTime()->Iterations(20);
BENCHMARK(SeedToViolation)->Name("seeds/to_violation")->UseManualTime()->Iterations(5);
BENCHMARK(Shrinking)->Name("seeds/shrink")->UseManualTime()->Iterations(5);
BENCHMARK(Proving)
    ->Name("seeds/proof")
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

const RatioTo kHuntRatios[] = {
    {"seeds/to_violation", "seeds/one_run"},
    {"seeds/shrink", "seeds/one_run"},
    {"seeds/proof", "seeds/one_run"},
};
const RatiosOf kHuntRatiosRegistered(kHuntRatios);

}  // namespace
}  // namespace finwait
