// SPDX-License-Identifier: Apache-2.0
//
// finwait's benchmarks. Each line is followed, at the end, by its ratio to a baseline of the same
// run.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "bench/ratio.h"

namespace finwait {
namespace {

std::vector<RatioTo>& AllRatios() {
  static std::vector<RatioTo> ratios;
  return ratios;
}

// The console, and the time per iteration of every benchmark: the median of those that are
// repeated.
class Reporter : public benchmark::ConsoleReporter {
 public:
  Reporter() : ConsoleReporter(OO_None) {}
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.error_occurred) continue;
      if (run.run_type == Run::RT_Aggregate && run.aggregate_name != "median") continue;
      times_[run.run_name.function_name] =
          run.GetAdjustedRealTime() * (run.time_unit == benchmark::kMillisecond ? 1e6 : 1.0);
    }
    ConsoleReporter::ReportRuns(runs);
  }
  void PrintRatios() const {
    for (const RatioTo& ratio : AllRatios()) {
      const auto name = times_.find(ratio.name);
      const auto baseline = times_.find(ratio.baseline);
      if (name == times_.end() || baseline == times_.end()) continue;
      std::printf("%-32s %10.2f x %s\n", ratio.name.c_str(), name->second / baseline->second,
                  ratio.baseline.c_str());
    }
  }

 private:
  std::map<std::string, double> times_;  // Nanoseconds per iteration.
};

}  // namespace

RatiosOf::RatiosOf(std::span<const RatioTo> ratios) {
  AllRatios().insert(AllRatios().end(), ratios.begin(), ratios.end());
}

}  // namespace finwait

int main(int argc, char** argv) {
  // What is repeated takes turns with what else is, so that a slow second of the machine is shared.
  std::string in_turns = "--benchmark_enable_random_interleaving=true";
  std::vector<char*> arguments(argv, argv + argc);
  arguments.insert(arguments.begin() + 1, in_turns.data());
  argc = static_cast<int>(arguments.size());
  argv = arguments.data();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  finwait::Reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  reporter.PrintRatios();
  return 0;
}
