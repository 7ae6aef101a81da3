// SPDX-License-Identifier: Apache-2.0
//
// Schedules on the running kernel, beside a bare loop that injects segments and reads answers.
#include <benchmark/benchmark.h>

#include <array>
#include <chrono>
#include <memory>
#include <optional>

#include "bench/ratio.h"
#include "diff/beside.h"
#include "diff/diff.h"
#include "diff/generate.h"
#include "fuzz/judge.h"
#include "stacks/driver.h"
#include "stacks/kernel_clock.h"
#include "stacks/linux_host.h"
#include "stacks/script.h"

namespace finwait {
namespace {

// The namespace, or nullptr where the machine lacks what it needs.
LinuxHost* OpenHost(benchmark::State& state) {
  static const absl::StatusOr<std::unique_ptr<LinuxHost>> host = LinuxHost::Open();
  if (host.ok()) return host->get();
  state.SkipWithError(std::string(host.status().message()).c_str());
  return nullptr;
}

Script Disorder() {
  const KernelProfile& kernel = *FindProfile("linux-6.12");
  const PairSetup setup = PairOf(kernel, kernel);
  const Choices choices = {ShutdownBy(Side::kA, How::kWr), ShutdownBy(Side::kB, How::kWr),
                           Deliver(Side::kA, 0), Deliver(Side::kB, 1), Deliver(Side::kB, 0)};
  return ScriptFor(Side::kA, setup, Record(setup, choices).trace);
}

// An out-of-window segment and the acknowledgement that answers it: two system calls and a half.
void InjectAndRead(benchmark::State& state) {
  LinuxHost* const host = OpenHost(state);
  if (host == nullptr) return;
  const Script script = Disorder();
  if (!host->Establish(script.connection).ok()) return state.SkipWithError("cannot establish");
  const Segment probe{.seq = script.connection.peer_next - 10U,
                      .ack = script.connection.next,
                      .len = 1,
                      .wnd = 64240,
                      .flags = kAck};
  for (auto _ : state) {
    if (!host->Inject(probe).ok() || host->Collect().value().empty()) {
      return state.SkipWithError("no answer");
    }
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()));
}

void Schedules(benchmark::State& state) {
  LinuxHost* const host = OpenHost(state);
  if (host == nullptr) return;
  const Script script = Disorder();
  RunOptions options;
  options.observe = Observe::kAtTheEnd;
  for (auto _ : state) {
    if (!RunScript(script, *host, options).ok()) return state.SkipWithError("the run failed");
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()));
}

// Random schedules with the model as their judge. An iteration is one event, not one schedule.
void DiffEvents(benchmark::State& state) {
  LinuxHost* const host = OpenHost(state);
  if (host == nullptr) return;
  Environment environment;
  environment.hz = KernelHz().value_or(environment.hz);
  const Host model{.kernel = *FindProfile("linux-6.18"), .environment = environment};
  const absl::StatusOr<std::array<Terms, kHandshakes>> terms = AskTerms(*host);
  if (!terms.ok()) return state.SkipWithError("cannot establish");
  const SoloRules rules{.terms = *terms};
  Beside beside(model, *host, Slack{.late = std::chrono::milliseconds(20)});
  std::optional<Mismatch> mismatch;
  Solo solo;
  for (uint64_t index = 0;; ++index) {
    Random random = Random::ForCase(1, index);
    Generate(random, rules, model, solo);
    if (!state.KeepRunningBatch(static_cast<int64_t>(solo.events.size()))) break;
    if (!beside.Once(solo, index % 10 == 0, mismatch).ok()) return state.SkipWithError("failed");
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()));
}

// Many short runs in turns, of which the median counts.
void InTurns(benchmark::internal::Benchmark* b) {
  b->MinTime(0.1)->Repetitions(15)->ReportAggregatesOnly();
}

BENCHMARK(InjectAndRead)->Name("host/inject_and_read")->Apply(InTurns);
BENCHMARK(Schedules)->Name("host/schedules")->Apply(InTurns);
BENCHMARK(DiffEvents)->Name("host/diff_event")->Apply(InTurns);

const RatioTo kHostRatios[] = {{"host/schedules", "host/inject_and_read"},
                               {"host/diff_event", "host/inject_and_read"}};
const RatiosOf kHostRatiosRegistered(kHostRatios);

}  // namespace
}  // namespace finwait
