// SPDX-License-Identifier: Apache-2.0
//
// finwait corpus add|check|merge|stats: the one way a finding enters the tracked tree, whether it
// still says so, and what the corpus holds.
#include "fuzz/corpus.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/corpus_check.h"
#include "cli/exhaustive.h"
#include "cli/finding_output.h"
#include "fuzz/corpus_stats.h"
#include "fuzz/keep.h"
#include "fuzz/merge.h"
#include "fuzz/whole_file.h"

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

// The file of the directory that has this cause, or "".
absl::StatusOr<std::string> FileWith(const Cause& cause, const std::string& directory) {
  std::error_code error;
  if (!std::filesystem::exists(directory, error)) return std::string();
  const absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadSchedules(directory);
  if (!schedules.ok()) return std::string();  // None there yet; a broken one `check` tells.
  for (const NamedSchedule& named : *schedules) {
    if (OwnCause(named.file.schedule) == cause) return named.path;
  }
  return std::string();
}

CommandResult RunAdd(const AddOptions& options) {
  const std::string path = PathOf(options);
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<ScheduleFile> file = ParseSchedule(*text, TextSource{path});
  if (!file.ok()) return file.status();
  const std::optional<Cause> cause = OwnCause(file->schedule);
  if (!cause.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": violates no property on its own kernels; the corpus keeps counterexamples"));
  }
  const absl::StatusOr<std::string> there = FileWith(*cause, options.directory);
  if (!there.ok()) return there.status();
  if (!there->empty()) {
    return absl::InvalidArgumentError(absl::StrCat(*there, ": the corpus has this cause already"));
  }
  ScheduleFile kept = FileOf(file->schedule, *cause);
  if (!file->about.empty()) kept.about = file->about;
  kept.labels = file->labels;
  const std::string to = absl::StrCat(options.directory, "/", WhatHappens(*cause), ".sched");
  if (absl::Status status = WriteWhole(to, FormatSchedule(kept)); !status.ok()) return status;
  if (options.output.json) {
    std::printf("%s\n", Json{{"cause", cause->Id()}, {"file", to}}.dump(2).c_str());
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
  const absl::StatusOr<CorpusChecked> checked = CheckCorpus(options.directory);
  if (!checked.ok()) return checked.status();
  if (options.output.json) {
    std::printf("%s\n", ToJson(*checked).dump(2).c_str());
  } else {
    std::printf("%s", TextOf(*checked).c_str());
  }
  return checked->wrong == 0 ? kExitHeld : kExitViolated;
}

struct MergeOptions {
  Output output;
  std::string to;
  std::vector<std::string> from;
};

// The counterexamples of an exhaustive search whose every shard has its file here.
absl::StatusOr<std::vector<NamedSchedule>> OfShards(const std::vector<std::string>& results) {
  std::vector<NamedSchedule> found;
  if (results.empty()) return found;
  const absl::StatusOr<ShardResult> joined = ReadShards(results);
  if (!joined.ok()) return joined.status();
  for (const ShardViolation& violation : joined->violations) {
    const TextSource source{absl::StrCat(results.front(), ": ", violation.property), false};
    const absl::StatusOr<ScheduleFile> file = ParseSchedule(violation.schedule, source);
    if (!file.ok()) return file.status();
    const std::optional<Cause> cause = OwnCause(file->schedule);
    found.push_back({source.name, cause.has_value() ? FileOf(file->schedule, *cause) : *file});
  }
  return found;
}

CommandResult RunMerge(const MergeOptions& options) {
  if (options.from.empty()) {
    return absl::InvalidArgumentError(
        "nothing to merge: name the corpora, files or results to take in");
  }
  std::vector<std::string> results;
  std::vector<std::string> schedules;
  for (const std::string& path : options.from) {
    const bool result = std::filesystem::path(path).extension() == ".json";
    (result ? results : schedules).push_back(path);
  }
  const absl::StatusOr<std::vector<NamedSchedule>> of_shards = OfShards(results);
  if (!of_shards.ok()) return of_shards.status();
  const absl::StatusOr<Merged> merged = MergeInto(options.to, schedules, *of_shards);
  if (!merged.ok()) return merged.status();
  if (options.output.json) {
    const Json json{
        {"to", options.to},       {"read", merged->read},       {"without_cause", merged->without},
        {"cases", merged->cases}, {"written", merged->written}, {"removed", merged->removed}};
    std::printf("%s\n", json.dump(2).c_str());
    return kExitHeld;
  }
  std::printf("%s: %zu cases of %zu schedules; %zu written, %zu removed, %zu without a cause\n",
              options.to.c_str(), merged->cases, merged->read, merged->written, merged->removed,
              merged->without);
  std::printf("  again  ./x corpus check %s\n", ShellQuoted(options.to).c_str());
  return kExitHeld;
}

CommandResult RunStats(const CheckOptions& options) {
  const absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadSchedules(options.directory);
  if (!schedules.ok()) return schedules.status();
  const CorpusStats stats = StatsOf(*schedules);
  if (options.output.json) {
    std::printf("%s\n", ToJson(stats).dump(2).c_str());
  } else {
    std::printf("%s", TextOf(stats).c_str());
  }
  return kExitHeld;
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

Command AddOver(CLI::App& corpus, const char* name, const char* about,
                CommandResult (*run)(const CheckOptions&)) {
  const auto options = std::make_shared<CheckOptions>();
  CLI::App* const app = corpus.add_subcommand(name, about);
  app->add_option("DIRECTORY", options->directory, "The corpus");
  AddOutputOptions(*app, options->output);
  return Command{app, [options, run] { return run(*options); }};
}

Command AddMerge(CLI::App& corpus) {
  const auto options = std::make_shared<MergeOptions>();
  options->to = absl::StrCat(DefaultCorpus(), "/causes");
  CLI::App* const app = corpus.add_subcommand(
      "merge", "Take other corpora in: one case a cause, the smallest, named by what happens");
  app->add_option("FROM", options->from,
                  "Schedules, directories of them, or (.json) the results of all shards of an "
                  "exhaustive search; they are only read");
  app->add_option("--to", options->to, "The directory that takes them in");
  AddOutputOptions(*app, options->output);
  app->footer(
      "In whatever order corpora are merged, and however often, the directory ends the same. A\n"
      "merge that was killed has lost nothing: run it again.\n"
      "Results of shards are joined first: if one is missing, unfinished or of another search,\n"
      "nothing is merged.\n"
      "Examples:\n"
      "  finwait corpus merge --to corpus/causes findings findings/fuzz\n"
      "  finwait corpus merge --to corpus/causes part-*.json");
  return Command{app, [options] { return RunMerge(*options); }};
}

}  // namespace

std::vector<Command> AddCorpus(CLI::App& parent) {
  CLI::App* const corpus = parent.add_subcommand("corpus", "Keep and check counterexamples");
  corpus->require_subcommand(1);
  return {AddAdd(*corpus),
          AddOver(*corpus, "check", "Run every schedule against what it expects", &RunCheck),
          AddMerge(*corpus),
          AddOver(*corpus, "stats", "What the corpus holds, and what it does not", &RunStats)};
}

}  // namespace finwait
