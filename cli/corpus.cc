// SPDX-License-Identifier: Apache-2.0
//
// finwait corpus add|check: the one way a finding enters the tracked tree, and whether it still
// says so.
#include "fuzz/corpus.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/finding_output.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

struct AddOptions {
  Output output;
  std::string what;
  std::string directory;
  std::string findings = "findings";
};

// A cause's id names a file in findings/; anything else is a path.
std::string PathOf(const AddOptions& options) {
  const std::string kept = absl::StrCat(options.findings, "/", options.what, ".sched");
  std::error_code error;
  return std::filesystem::exists(kept, error) ? kept : options.what;
}

CommandResult RunAdd(const AddOptions& options) {
  const std::string path = PathOf(options);
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<ScheduleFile> file = ParseSchedule(*text, TextSource{path});
  if (!file.ok()) return file.status();
  const Schedule& schedule = file->schedule;
  const Judgement judgement = Judge(schedule.setup, schedule.choices, EveryProperty());
  const std::optional<size_t> property = FirstViolated(judgement);
  if (!property.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": violates no property on its own kernels; the corpus keeps counterexamples"));
  }
  const Cause cause =
      CauseOf(schedule, *property, std::get<Violated>(judgement.verdicts[*property]));
  ScheduleFile kept = FileOf(schedule, cause);
  if (!file->about.empty()) kept.about = file->about;
  kept.labels = file->labels;
  const std::string to = absl::StrCat(options.directory, "/", cause.Id(), ".sched");
  std::error_code error;
  if (std::filesystem::exists(to, error)) {
    return absl::InvalidArgumentError(absl::StrCat(to, ": the corpus has this cause already"));
  }
  if (absl::Status status = WriteWhole(to, FormatSchedule(kept)); !status.ok()) return status;
  if (options.output.json) {
    std::printf("%s\n", Json{{"cause", cause.Id()}, {"file", to}}.dump(2).c_str());
  } else {
    std::printf("added %s\n  review it: git diff; then ./x corpus check\n", to.c_str());
  }
  return kExitHeld;
}

struct CheckOptions {
  Output output;
  std::string directory = DefaultCorpus();
};

CommandResult RunCheck(const CheckOptions& options) {
  const absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadSchedules(options.directory);
  if (!schedules.ok()) return schedules.status();
  size_t wrong = 0;
  size_t checks = 0;
  Json json = Json::array();
  for (const NamedSchedule& named : *schedules) {
    if (named.file.expectations.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(named.path, ": expects nothing; add 'expect'"));
    }
    for (const Checked& checked : CheckExpectations(named.file)) {
      ++checks;
      wrong += checked.ok ? 0 : 1;
      json.push_back(Json{{"file", named.path},
                          {"kernel", checked.kernel},
                          {"expected", checked.expected},
                          {"got", checked.got},
                          {"ok", checked.ok}});
      if (checked.ok || options.output.json) continue;
      std::printf("%s: %s: expected %s, got %s\n  again  ./x replay %s --kernel %s\n",
                  named.path.c_str(), checked.kernel.c_str(), checked.expected.c_str(),
                  checked.got.c_str(), ShellQuoted(named.path).c_str(), checked.kernel.c_str());
    }
  }
  if (options.output.json) {
    std::printf("%s\n", json.dump(2).c_str());
  } else {
    std::printf("%zu schedules, %zu expectations, %zu wrong\n", schedules->size(), checks, wrong);
  }
  return wrong == 0 ? kExitHeld : kExitViolated;
}

Command AddAdd(CLI::App& corpus) {
  const auto options = std::make_shared<AddOptions>();
  options->directory = absl::StrCat(DefaultCorpus(), "/causes");
  CLI::App* const app = corpus.add_subcommand("add", "Keep a finding in the corpus");
  app->add_option("WHAT", options->what, "A cause in findings/ (C-7f3a21), or a .sched file")
      ->required();
  app->add_option("--to", options->directory, "Directory of the corpus that keeps it");
  app->add_option("--findings", options->findings, "Where hunt keeps new causes");
  AddOutputOptions(*app, options->output);
  return Command{app, [options] { return RunAdd(*options); }};
}

Command AddCheck(CLI::App& corpus) {
  const auto options = std::make_shared<CheckOptions>();
  CLI::App* const app =
      corpus.add_subcommand("check", "Run every schedule against what it expects");
  app->add_option("DIRECTORY", options->directory, "The corpus");
  AddOutputOptions(*app, options->output);
  return Command{app, [options] { return RunCheck(*options); }};
}

}  // namespace

std::vector<Command> AddCorpus(CLI::App& parent) {
  CLI::App* const corpus = parent.add_subcommand("corpus", "Keep and check counterexamples");
  corpus->require_subcommand(1);
  return {AddAdd(*corpus), AddCheck(*corpus)};
}

}  // namespace finwait
