// SPDX-License-Identifier: Apache-2.0
//
// finwait diff: the model held against a running kernel, or two models against each other.
#include "diff/diff.h"

#include <chrono>
#include <cstdio>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/command.h"
#include "cli/diff_arguments.h"
#include "cli/diff_output.h"
#include "cli/guest.h"
#include "cli/interrupt.h"
#include "diff/bare_loop.h"
#include "diff/solo_parse.h"
#include "fuzz/corpus.h"
#include "stacks/kernel_clock.h"
#include "stacks/linux_host.h"
#include "stacks/model_stack.h"
#include "stacks/sysctls.h"

namespace finwait {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::string_view kModel = "model:";

absl::StatusOr<Host> ModelOf(const std::string& target, int hz,
                             const std::vector<std::string>& sysctls) {
  if (!target.starts_with(kModel)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "expected a model, such as model:linux-6.18, not '", target, "'; see: list targets"));
  }
  const absl::StatusOr<const KernelProfile*> kernel = ParseKernel(target.substr(kModel.size()));
  if (!kernel.ok()) return kernel.status();
  Host host{.kernel = **kernel, .environment = {}};
  host.environment.hz = static_cast<uint16_t>(hz);
  for (const std::string& setting : sysctls) {
    const absl::Status status = ApplySysctl(setting, host.environment);
    if (status.ok()) continue;
    return absl::InvalidArgumentError(absl::StrCat("--sysctl: not known: ", status.message()));
  }
  return host;
}

// The same words, run where the guest's kernel is the host.
CommandResult DiffInGuest(const DiffArguments& options) {
  GuestRun run{.target = options.y, .arguments = {"diff", options.x, "host"}, .files = {}};
  if (!options.path.empty()) run.AddWord(options.path);
  const auto add = [&](const std::string& option, const std::string& value) {
    run.arguments.insert(run.arguments.end(), {option, value});
  };
  if (!options.text.empty()) add("-e", options.text);
  add("--shown-as", options.y);
  add("--seed", absl::StrCat(options.seed));
  add("--first", absl::StrCat(options.first));
  add("--waits", absl::StrCat(options.waits_percent));
  add("--wait-max", absl::StrCat(options.wait_max_ms));
  if (options.matrix) {
    run.arguments.emplace_back("--matrix");
  } else {
    add("--schedules", absl::StrCat(options.schedules));
  }
  for (const std::string& setting : options.sysctls) add("--sysctl", setting);
  if (options.linger) run.arguments.emplace_back("--linger");
  if (options.hz != 0) add("--hz", absl::StrCat(options.hz));
  if (options.counters) run.arguments.emplace_back("--counters");
  if (options.events) run.arguments.emplace_back("--events");
  if (options.output.json) run.arguments.emplace_back("--json");
  return RunInGuestOf(run, options.guest);
}

// Both sides, ready.
struct Sides {
  DiffReport report;
  Host model;
  std::unique_ptr<Stack> stack;
  std::optional<Host> other;  // The stack's, if it is a model.
};

absl::StatusOr<Sides> Open(const DiffArguments& options) {
  Sides sides;
  DiffReport& report = sides.report;
  report.x = options.x;
  report.counters = options.counters;
  report.events = options.events;
  report.y = options.shown_as.empty() ? options.y : options.shown_as;
  const bool host = options.y == "host";
  const std::optional<uint16_t> asked = host ? KernelHz() : std::nullopt;
  report.hz = options.hz != 0 ? options.hz : asked.value_or(Environment{}.hz);
  report.hz_from = options.hz != 0 ? "given" : asked.has_value() ? "asked" : "default";
  const absl::StatusOr<Host> model = ModelOf(options.x, report.hz, options.sysctls);
  if (!model.ok()) return model.status();
  sides.model = *model;
  if (host) {
    absl::StatusOr<std::unique_ptr<LinuxHost>> opened = LinuxHost::Open(model->environment);
    if (!opened.ok()) return opened.status();
    sides.stack = *std::move(opened);
    report.release = KernelRelease();
    return sides;
  }
  const absl::StatusOr<Host> other = ModelOf(options.y, report.hz, options.sysctls);
  if (!other.ok()) return other.status();
  sides.other = *other;
  sides.stack = std::make_unique<ModelStack>(*other);
  report.release = std::string(other->kernel.release);
  return sides;
}

DiffOptions ToDiff(const DiffArguments& options, const Sides& sides) {
  DiffOptions diff;
  diff.seed = options.seed;
  diff.first = options.first;
  diff.schedules = options.schedules;
  diff.matrix = options.matrix;
  diff.rules.waits_percent = options.waits_percent;
  diff.rules.wait_max = std::chrono::milliseconds(options.wait_max_ms);
  diff.rules.linger = options.linger;
  diff.other = sides.other;
  diff.watch = {.counters = options.counters, .events = options.events};
  diff.stop = CatchInterrupts();
  diff.slack.wheel = !sides.other.has_value();
  if (diff.slack.wheel) diff.slack.late = std::chrono::milliseconds(20);
  if (!IsTerminal(stderr)) return diff;
  diff.progress = [all = options.matrix ? std::string("cells")
                                        : absl::StrCat("of ", options.schedules)](uint64_t done) {
    std::fprintf(stderr, "\rdiff     %lu %s\r", static_cast<unsigned long>(done), all.c_str());
  };
  return diff;
}

absl::StatusOr<Solo> ReadSolo(const DiffArguments& options) {
  if (!options.text.empty()) return ParseSolo(options.text);
  const absl::StatusOr<std::string> text = ReadFile(options.path);
  if (!text.ok()) return text.status();
  return ParseSolo(*text);
}

absl::StatusOr<DiffResult> RunOne(const DiffArguments& options, Sides& sides) {
  const absl::StatusOr<Solo> solo = ReadSolo(options);
  if (!solo.ok()) return solo.status();
  Observation seen;
  absl::StatusOr<DiffResult> result =
      DiffOne(sides.model, *sides.stack, ToDiff(options, sides), *solo, seen);
  if (result.ok() && !options.output.json) std::printf("%s", RunText(*solo, seen).c_str());
  return result;
}

CommandResult Run(const DiffArguments& options) {
  if (NamesGuest(options.y)) return DiffInGuest(options);
  CatchInterrupts();
  absl::StatusOr<Sides> sides = Open(options);
  if (!sides.ok()) return sides.status();
  std::optional<double> bare;
  if (!sides->other.has_value()) {
    constexpr std::chrono::milliseconds kMeasuredFor(50);
    const absl::StatusOr<double> rate = BareLoopRate(*sides->stack, kMeasuredFor);
    if (!rate.ok()) return rate.status();
    bare = *rate;
  }
  const SteadyClock::time_point start = SteadyClock::now();
  const absl::StatusOr<DiffResult> result =
      options.one() ? RunOne(options, *sides)
                    : Diff(sides->model, *sides->stack, ToDiff(options, *sides));
  if (IsTerminal(stderr)) std::fprintf(stderr, "\r\x1b[K");
  if (!result.ok()) return result.status();
  DiffReport& report = sides->report;
  report.seconds = std::chrono::duration<double>(SteadyClock::now() - start).count();
  if (bare.has_value()) {
    report.rate_vs_bare_loop = static_cast<double>(result->events) / report.seconds / *bare;
  }
  const std::string text =
      options.output.json ? ToJson(report, *result).dump(2) + "\n" : DiffText(report, *result);
  std::fputs(text.c_str(), stdout);
  return ExitAfterInterrupt(result->divergences.empty() ? kExitHeld : kExitViolated);
}

}  // namespace

Command AddDiff(CLI::App& parent) {
  const auto options = std::make_shared<DiffArguments>();
  CLI::App* const app = parent.add_subcommand(
      "diff", "Hold the model of a kernel against a running kernel, or against another model");
  AddDiffArguments(*app, *options);
  app->footer(
      "A schedule has one endpoint; its peer's segments are forged, at the edges of what the\n"
      "endpoint expects. Both sides run it, and must send the same, return the same from calls,\n"
      "and end alike. What differs is made small; each behaviour is shown once.\n"
      "--counters compares besides what /proc/net/snmp and /proc/net/netstat count of it.\n"
      "Examples:\n"
      "  finwait diff model:linux-6.18 host                     is the model right about this "
      "kernel?\n"
      "  finwait diff model:linux-5.10 model:linux-6.12         what changed between two kernels?\n"
      "  finwait diff model:6.1.140 model:linux-6.1             and since a release?\n"
      "  finwait diff model:linux-6.1 guest:linux-6.1 --waits 20 --schedules 2000\n"
      "  finwait diff model:linux-5.10 host -e 'open passively; shutdown(SHUT_WR);\n"
      "      < . 1:1(0) ack 2 win 64240; < F. 1:1(0) ack 1 win 64240'\n"
      "Exit codes: 0 they agree; 1 they differ; 3 Y cannot be run here.");
  return Command{app, [options] { return Run(*options); }};
}

}  // namespace finwait
