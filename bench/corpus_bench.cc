// SPDX-License-Identifier: Apache-2.0
//
// Ten thousand cases of a corpus: read from disk and held to what they expect on two profiles
// each, as `finwait corpus check` does, beside running the same schedules without files and words.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "bench/ratio.h"
#include "fuzz/corpus.h"
#include "fuzz/hunt.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;

constexpr size_t kCases = 10'000;

// A hunt's own schedules, as they are drawn; kept cases are shorter.
class KeptCases {
 public:
  KeptCases() {
    fs::create_directories(directory_);
    HuntOptions options;
    options.setup = PairOf(*FindProfile("linux-5.10"), *FindProfile("linux-5.10"));
    options.rules.choices_max = 12;
    for (size_t i = 0; schedules_.size() < kCases; ++i) {
      ScheduleFile file;
      file.schedule = RandomSchedule(options, i);
      for (const Side side : {Side::kA, Side::kB}) {
        file.modes[Index(side)] = LingerMode(file.schedule.setup[side]);
      }
      if (!Expect(file)) continue;
      const std::string path = directory_ + "/" + std::to_string(i) + ".sched";
      std::ofstream(path) << FormatSchedule(file);
      schedules_.push_back(file.schedule);
    }
  }
  ~KeptCases() { fs::remove_all(directory_); }

  const std::string& directory() const { return directory_; }
  const std::vector<Schedule>& schedules() const { return schedules_; }

 private:
  static bool Expect(ScheduleFile& file) {
    for (const KernelProfile& kernel : HeadlineProfiles()) {
      const Schedule run = WithKernel(file.schedule, kernel);
      const Judgement judgement = Judge(run.setup, run.choices, EveryProperty());
      if (judgement.bound) return false;
      file.expectations.push_back(Expectation{std::string(kernel.name), FirstViolated(judgement)});
    }
    return true;
  }

  const std::string directory_ =
      (fs::temp_directory_path() / ("finwait-bench-" + std::to_string(std::random_device()())))
          .string();
  std::vector<Schedule> schedules_;
};

const KeptCases& TheCases() {
  static const KeptCases cases;
  return cases;
}

void Check(benchmark::State& state) {
  const std::string& directory = TheCases().directory();
  for (auto _ : state) {
    const absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadSchedules(directory);
    if (!schedules.ok()) return state.SkipWithError("the cases cannot be read");
    for (const NamedSchedule& named : *schedules) {
      for (const Checked& checked : CheckExpectations(named.file)) {
        if (!checked.ok) return state.SkipWithError("a case is not what it was");
      }
    }
  }
}

void RunOnly(benchmark::State& state) {
  const std::vector<Schedule>& schedules = TheCases().schedules();
  for (auto _ : state) {
    for (const Schedule& schedule : schedules) {
      for (const KernelProfile& kernel : HeadlineProfiles()) {
        const Schedule run = WithKernel(schedule, kernel);
        benchmark::DoNotOptimize(Judge(run.setup, run.choices, EveryProperty()));
      }
    }
  }
}

BENCHMARK(RunOnly)->Name("corpus/run_10k")->Iterations(3)->Unit(benchmark::kMillisecond);
BENCHMARK(Check)->Name("corpus/check_10k")->Iterations(3)->Unit(benchmark::kMillisecond);

const RatioTo kCorpusRatios[] = {{"corpus/check_10k", "corpus/run_10k"}};
const RatiosOf kCorpusRatiosRegistered(kCorpusRatios);

}  // namespace
}  // namespace finwait
