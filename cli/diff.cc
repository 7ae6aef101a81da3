// SPDX-License-Identifier: Apache-2.0
//
// finwait diff: the model held against a running kernel, or two models against each other.
#include "diff/diff.h"

#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/command.h"
#include "diff/agreement.h"
#include "diff/solo_parse.h"
#include "diff/solo_text.h"
#include "stacks/linux_host.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;
using SteadyClock = std::chrono::steady_clock;

struct Options {
  Output output;
  std::string x, y;
  uint64_t seed = 1;
  uint64_t schedules = 10'000;
  uint64_t first = 0;
  int hz = 250;
  uint32_t waits_percent = 0;
  uint32_t wait_max_ms = 1000;
  std::string script;
};

absl::StatusOr<Host> ModelOf(const Options& options) {
  constexpr absl::string_view kModel = "model:";
  if (!absl::StartsWith(options.x, kModel)) {
    return absl::InvalidArgumentError(absl::StrCat("the first target is a model, such as ",
                                                   "model:linux-6.18, not '", options.x, "'"));
  }
  const absl::StatusOr<const KernelProfile*> kernel = ParseKernel(options.x.substr(kModel.size()));
  if (!kernel.ok()) return kernel.status();
  Host host{.kernel = **kernel, .environment = {}};
  host.environment.hz = static_cast<uint16_t>(options.hz);
  return host;
}

void PrintDivergence(const Divergence& d, const Options& options) {
  std::printf("\ncase %lu, %zu more of the kind; the model's rule: %s\n",
              static_cast<unsigned long>(d.index), static_cast<size_t>(d.more),
              std::string(Name(d.mismatch.rule)).c_str());
  std::printf("%s", SoloText(d.solo).c_str());
  std::printf("  event %zu\n  %-18s %s\n  %-18s %s\n", d.mismatch.event + 1, options.x.c_str(),
              d.mismatch.expected.c_str(), options.y.c_str(), d.mismatch.seen.c_str());
}

// One schedule, both sides event by event.
CommandResult RunOne(const Options& options, const Host& model, Stack& stack) {
  const absl::StatusOr<Solo> solo = ParseSolo(options.script);
  if (!solo.ok()) return solo.status();
  Observation seen;
  if (absl::Status status = Observe(*solo, true, stack, seen); !status.ok()) return status;
  for (size_t i = 0; i < seen.events.size(); ++i) {
    const Observed& o = seen.events[i];
    if (!o.before.empty()) std::printf("%8s  %s\n", "", Account(o.before, nullptr, {}).c_str());
    const bool call = solo->events[i].event.kind != EventKind::kSegment;
    std::printf("%8.3f  %s\n", static_cast<double>(SinceStart(o.at).count()) / 1000.0,
                Account(o.sent, call ? &o.result : nullptr, o.state).c_str());
  }
  if (!seen.after.empty()) std::printf("%8s  %s\n", "", Account(seen.after, nullptr, {}).c_str());
  Tally tally;
  bool bound = false;
  Slack slack;
  slack.late = std::chrono::milliseconds(20);
  const std::optional<Mismatch> mismatch = Accept(*solo, seen, model, slack, tally, bound);
  if (!mismatch.has_value()) {
    std::printf("agrees\n");
    return kExitHeld;
  }
  PrintDivergence(Divergence{.solo = *solo, .mismatch = *mismatch}, options);
  return kExitViolated;
}

CommandResult Run(const Options& options) {
  const absl::StatusOr<Host> model = ModelOf(options);
  if (!model.ok()) return model.status();
  if (options.y != "host") {
    return absl::InvalidArgumentError(absl::StrCat("unknown target '", options.y, "'"));
  }
  absl::StatusOr<std::unique_ptr<LinuxHost>> host = LinuxHost::Open(model->environment);
  if (!host.ok()) return host.status();
  if (!options.script.empty()) return RunOne(options, *model, **host);
  DiffOptions diff;
  diff.seed = options.seed;
  diff.first = options.first;
  diff.schedules = options.schedules;
  diff.rules.waits_percent = options.waits_percent;
  diff.rules.wait_max = std::chrono::milliseconds(options.wait_max_ms);
  diff.slack.late = std::chrono::milliseconds(20);
  const SteadyClock::time_point start = SteadyClock::now();
  const absl::StatusOr<DiffResult> result = Diff(*model, **host, diff);
  if (!result.ok()) return result.status();
  const double seconds = std::chrono::duration<double>(SteadyClock::now() - start).count();
  for (const Divergence& d : result->divergences) PrintDivergence(d, options);
  std::printf("\n%s schedules, %.1f events each, %s not judged to the end, %lu repeated\n",
              Grouped(result->schedules).c_str(),
              static_cast<double>(result->events) / static_cast<double>(result->schedules),
              Grouped(result->bound).c_str(), static_cast<unsigned long>(result->repeated));
  std::printf("%.1f s, %.0f schedules/s; %lu of %lu segments by timers\n", seconds,
              static_cast<double>(result->schedules) / seconds,
              static_cast<unsigned long>(result->tally.timers),
              static_cast<unsigned long>(result->tally.segments));
  std::printf("%zu divergences\n", result->divergences.size());
  return result->divergences.empty() ? kExitHeld : kExitViolated;
}

}  // namespace

Command AddDiff(CLI::App& parent) {
  auto options = std::make_shared<Options>();
  CLI::App* app = parent.add_subcommand("diff", "hold the model against a running kernel");
  app->add_option("X", options->x, "model:KERNEL")->required();
  app->add_option("Y", options->y, "host")->required();
  app->add_option("--seed", options->seed, "of the random schedules")->capture_default_str();
  app->add_option("--schedules", options->schedules, "how many")->capture_default_str();
  app->add_option("--first", options->first, "case to begin with")->capture_default_str();
  app->add_option("--hz", options->hz, "CONFIG_HZ of the kernel")->capture_default_str();
  app->add_option("--waits", options->waits_percent, "percent of schedules in which time passes");
  app->add_option("--wait-max", options->wait_max_ms, "longest wait, milliseconds");
  app->add_option("-e", options->script, "one schedule, as text");
  AddOutputOptions(*app, options->output);
  return {app, [options] { return Run(*options); }};
}

}  // namespace finwait
