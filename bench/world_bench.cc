// SPDX-License-Identifier: Apache-2.0
//
// The hot loop: what a schedule costs before settling, with monitors only, recorded, and settled.
// Each iteration runs one ten-choice schedule; the empty loop goes over the same schedules.
#include <benchmark/benchmark.h>

#include <vector>

#include "bench/ratio.h"
#include "fuzz/hunt.h"
#include "model/world/play.h"

namespace finwait {
namespace {

constexpr size_t kSchedules = 4096;
constexpr size_t kChoices = 10;

// Ten acting choices each, drawn as a hunt draws them.
const std::vector<Schedule>& TenChoiceSchedules() {
  static const std::vector<Schedule> schedules = [] {
    HuntOptions options;
    options.setup = PairOf(*FindProfile("linux-6.12"), *FindProfile("linux-6.12"));
    options.rules.choices_min = kChoices + 2;
    std::vector<Schedule> made;
    for (uint64_t index = 0; made.size() < kSchedules; ++index) {
      Schedule schedule = RandomSchedule(options, index);
      if (schedule.choices.size() < kChoices) continue;
      schedule.choices.resize(kChoices);
      made.push_back(schedule);
    }
    return made;
  }();
  return schedules;
}

struct Both {
  Monitors monitors;
  Trace& trace;
  void operator()(const StepRecord& step) {
    monitors(step);
    trace.push_back(step);
  }
};

template <typename Body>
void OverSchedules(benchmark::State& state, Body body) {
  const std::vector<Schedule>& schedules = TenChoiceSchedules();
  size_t at = 0;
  for (auto _ : state) {
    body(schedules[at]);
    at = (at + 1) % kSchedules;
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()));
}

void EmptyLoop(benchmark::State& state) {
  OverSchedules(state, [](const Schedule& schedule) {
    for (const Choice& choice : schedule.choices) benchmark::DoNotOptimize(choice);
  });
}

void StepsOnly(benchmark::State& state) {
  int64_t steps = 0;
  OverSchedules(state, [&](const Schedule& schedule) {
    const auto count = [&](const StepRecord&) { ++steps; };
    benchmark::DoNotOptimize(Play(schedule.setup, schedule.choices, count, Until::kLastChoice));
  });
  state.SetItemsProcessed(steps);  // Steps, not schedules.
}

void MonitorsOnly(benchmark::State& state) {
  OverSchedules(state, [](const Schedule& schedule) {
    Monitors monitors(PropertiesByDefault(), schedule.setup);
    Play(schedule.setup, schedule.choices, monitors, Until::kLastChoice);
    benchmark::DoNotOptimize(monitors);
  });
}

void Recorded(benchmark::State& state) {
  Trace trace;
  OverSchedules(state, [&](const Schedule& schedule) {
    trace.clear();
    Both both{Monitors(PropertiesByDefault(), schedule.setup), trace};
    Play(schedule.setup, schedule.choices, both, Until::kLastChoice);
    benchmark::DoNotOptimize(trace.data());
  });
}

void Settled(benchmark::State& state) {
  OverSchedules(state, [](const Schedule& schedule) {
    benchmark::DoNotOptimize(Judge(schedule.setup, schedule.choices, PropertiesByDefault()));
  });
}

BENCHMARK(EmptyLoop)->Name("ten_choices/empty_loop");
BENCHMARK(StepsOnly)->Name("ten_choices/steps");
BENCHMARK(MonitorsOnly)->Name("ten_choices/monitors");
BENCHMARK(Recorded)->Name("ten_choices/recorded");
BENCHMARK(Settled)->Name("ten_choices/settled");

const RatioTo kWorldRatios[] = {
    {"ten_choices/steps", "ten_choices/empty_loop"},
    {"ten_choices/monitors", "ten_choices/empty_loop"},
    {"ten_choices/recorded", "ten_choices/monitors"},
    {"ten_choices/settled", "ten_choices/monitors"},
};
const RatiosOf kWorldRatiosRegistered(kWorldRatios);

}  // namespace
}  // namespace finwait
