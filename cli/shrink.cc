// SPDX-License-Identifier: Apache-2.0
//
// finwait shrink: makes a violating schedule small and proves how small.
#include "fuzz/shrink.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/finding_output.h"
#include "fuzz/hunt.h"
#include "fuzz/keep.h"
#include "fuzz/whole_file.h"

namespace finwait {
namespace {

struct ShrinkArguments {
  Output output;
  ScheduleArgument argument;
  std::string property;
  std::string to;
  uint64_t proof_states = ExploreLimits{}.states_max;
};

// The first property of `set` that the schedule violates, with the violation's rule.
absl::StatusOr<Goal> GoalOf(const Schedule& schedule, PropertySet set) {
  const Judgement judgement = Judge(schedule.setup, schedule.choices, set);
  if (const std::optional<size_t> property = FirstViolated(judgement)) {
    return Goal{*property, std::get<Violated>(judgement.verdicts[*property]).rule, std::nullopt};
  }
  return absl::InvalidArgumentError(
      "the schedule violates none of the properties: nothing to shrink");
}

CommandResult RunShrink(const ShrinkArguments& options) {
  const absl::StatusOr<ScheduleFile> file = ReadOne(options.argument);
  if (!file.ok()) return file.status();
  PropertySet set = EveryProperty();
  if (!options.property.empty()) {
    const absl::StatusOr<PropertySet> asked = ParseProperties({options.property});
    if (!asked.ok()) return asked.status();
    set = *asked;
  }
  const absl::StatusOr<Goal> goal = GoalOf(file->schedule, set);
  if (!goal.ok()) return goal.status();
  Finding finding = ShrinkFinding(file->schedule, *goal);
  ExploreLimits limits;
  limits.states_max = options.proof_states;
  Prove(finding, *goal, SearchRules{}, limits);
  const std::string text = FormatSchedule(FileOf(finding.minimal, finding.cause));
  if (!options.to.empty()) {
    if (absl::Status status = WriteWhole(options.to, text); !status.ok()) return status;
  }
  if (options.output.json) {
    std::printf("%s\n", ToJson(finding).dump(2).c_str());
    return kExitHeld;
  }
  std::fprintf(stderr, "%zu choices shrunk to %zu in %u runs; %s (%llu states)\n",
               file->schedule.choices.size(), finding.minimal.choices.size(), finding.executions,
               finding.proven_minimal ? "proven minimal" : "not proven minimal within the budget",
               static_cast<unsigned long long>(finding.proof_states));
  if (options.to.empty()) std::fputs(text.c_str(), stdout);
  return kExitHeld;
}

}  // namespace

Command AddShrink(CLI::App& parent) {
  const auto options = std::make_shared<ShrinkArguments>();
  CLI::App* const app =
      parent.add_subcommand("shrink", "Make a violating schedule as small as it gets");
  AddScheduleArgument(*app, options->argument);
  app->add_option("--property", options->property, "The property to keep violated");
  app->add_option("-o,--output", options->to, "Write the schedule here instead of printing it");
  app->add_option("--proof-states", options->proof_states, "States to spend on the proof");
  AddOutputOptions(*app, options->output);
  app->footer(
      "The result is a .sched file. Exit codes: 0 shrunk; 2 bad input, or nothing violated.");
  return Command{app, [options] { return RunShrink(*options); }};
}

}  // namespace finwait
