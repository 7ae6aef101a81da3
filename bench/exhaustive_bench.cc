// SPDX-License-Identifier: Apache-2.0
//
// The standard region, exhaustively, on one core: finwait beside a Promela model of the same calls,
// data, timers and bounds under spin (bench/peers/teardown.pml). An iteration is one state, so that
// ratios are those of states a second.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "bench/ratio.h"
#include "fuzz/exhaust.h"

namespace finwait {
namespace {

void Region(benchmark::State& state, bool fold) {
  ExhaustOptions options;
  options.setup = PairOf(*FindProfile("linux-6.12"), *FindProfile("linux-6.12"));
  options.properties = Only(*FindProperty("fin-not-silently-dropped"));
  options.bytes_max = uint64_t{8} << 30U;
  options.fold = fold;
  for (auto _ : state) {
    const absl::StatusOr<ExhaustResult> result = Exhaust(options);
    if (!result.ok() || !result->complete || !result->findings.empty()) {
      return state.SkipWithError("the region does not hold");
    }
    const auto states = static_cast<double>(result->counts.states);
    state.SetIterationTime(result->seconds / states);
    state.counters["states"] = states;
    state.counters["bytes/state"] = static_cast<double>(result->bytes_peak) / states;
    state.counters["seconds"] = result->seconds;
  }
}

void Folded(benchmark::State& state) { Region(state, true); }
void Unfolded(benchmark::State& state) { Region(state, false); }

// What a command prints.
std::string OutputOf(const std::string& command) {
  std::string text;
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  char buffer[4096];  // NOLINT(modernize-avoid-c-arrays)
  while (const size_t n = std::fread(buffer, 1, sizeof(buffer), pipe)) text.append(buffer, n);
  pclose(pipe);
  return text;
}

// The number that stands before `word` in the report of pan, or behind it.
double Before(const std::string& text, std::string_view word) {
  const size_t at = text.find(word);
  if (at == std::string::npos) return 0;
  const size_t line = text.rfind('\n', at) + 1;
  return std::strtod(text.c_str() + line, nullptr);
}
double Behind(const std::string& text, std::string_view word) {
  const size_t at = text.find(word);
  return at == std::string::npos ? 0 : std::strtod(text.c_str() + at + word.size(), nullptr);
}

// Verifies the model in a folder of its own: the report of pan.
std::string Pan(const std::string& folder, const std::string& defines, const std::string& options) {
  const std::string model = FINWAIT_SOURCE_DIR "/bench/peers/teardown.pml";
  return OutputOf("cd " + folder + " && spin " + defines + " -a " + model +
                  " && cc -O2 -DHC4 -DSAFETY -DNOCLAIM -DMEMLIM=8000 -o pan pan.c && ./pan -E " +
                  options + " 2>&1");
}

void Spin(benchmark::State& state) {
  if (OutputOf("command -v spin").empty()) {
    return state.SkipWithError("no spin here: apt-get install spin (./x deps)");
  }
  std::string folder = std::filesystem::temp_directory_path() / "finwait-spin-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return state.SkipWithError("no folder for spin");
  for (auto _ : state) {
    const std::string report = Pan(folder, "", "-m100000 -w24");
    const double states = Before(report, " states, stored");
    const double seconds = Behind(report, "elapsed time ");
    const bool disorder = Behind(Pan(folder, "-DOLD=1", "-m30"), "errors: ") > 0;
    if (states == 0 || report.find("errors: 0") == std::string::npos || !disorder) {
      state.SkipWithError("spin's model must hold, and with -DOLD=1 must not");
      break;
    }
    state.SetIterationTime(seconds / states);
    state.counters["states"] = states;
    state.counters["bytes/state"] = Before(report, "\ttotal actual memory") * 1048576.0 / states;
    state.counters["seconds"] = seconds;
  }
  std::filesystem::remove_all(folder);
}

BENCHMARK(Folded)->Name("exhaustive/finwait")->UseManualTime()->Iterations(1);
BENCHMARK(Unfolded)->Name("exhaustive/finwait_unfolded")->UseManualTime()->Iterations(1);
BENCHMARK(Spin)->Name("exhaustive/spin")->UseManualTime()->Iterations(1);

const RatioTo kExhaustiveRatios[] = {
    {"exhaustive/spin", "exhaustive/finwait"},
    {"exhaustive/spin", "exhaustive/finwait_unfolded"},
};
const RatiosOf kExhaustiveRegistered(kExhaustiveRatios);

}  // namespace
}  // namespace finwait
