// SPDX-License-Identifier: Apache-2.0
//
// Schedules on another kernel in an emulated machine, beside the boot that each batch pays.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "bench/ratio.h"
#include "stacks/file_bytes.h"
#include "stacks/guest.h"
#include "stacks/guest_kernel.h"

namespace finwait {
namespace {

constexpr const char* kGuest = "linux-6.12";
constexpr int kBatch = 2000;

// finwait diff inside the guest, so many schedules in one boot.
void GuestBatch(benchmark::State& state, int schedules) {
  const char* const path = std::getenv("FINWAIT_STATIC");
  if (path == nullptr) return state.SkipWithError("no finwait for guests: run ./x bench");
  const absl::StatusOr<GuestKernel> kernel = FindGuest(kGuest);
  if (!kernel.ok()) return state.SkipWithError(std::string(kernel.status().message()).c_str());
  absl::StatusOr<std::string> program = ReadBytes(path);
  if (!program.ok()) return state.SkipWithError(std::string(program.status().message()).c_str());
  const GuestJob job{.program = *std::move(program),
                     .arguments = {"diff", absl::StrCat("model:", kGuest), "host", "--schedules",
                                   absl::StrCat(schedules)},
                     .files = {}};
  for (auto _ : state) {
    const absl::StatusOr<GuestResult> result = RunInGuest(*kernel, job, GuestOptions{});
    if (!result.ok() || result->exit_code != 0) return state.SkipWithError("the guest failed");
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * schedules);
}

void GuestBoot(benchmark::State& state) { GuestBatch(state, 1); }
void GuestSchedules(benchmark::State& state) { GuestBatch(state, kBatch); }

BENCHMARK(GuestBoot)->Name("guest/boot")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(GuestSchedules)->Name("guest/schedules")->Unit(benchmark::kMillisecond)->UseRealTime();

const RatioTo kGuestRatios[] = {{"guest/schedules", "guest/boot"}};
const RatiosOf kGuestRegistered(kGuestRatios);

}  // namespace
}  // namespace finwait
