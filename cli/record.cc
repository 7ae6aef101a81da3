// SPDX-License-Identifier: Apache-2.0
//
// finwait record: transcripts of the running kernel, for corpus/kernels.
#include "diff/record.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "cli/command.h"
#include "cli/usage.h"
#include "diff/diff.h"
#include "diff/generate.h"
#include "diff/matrix.h"
#include "diff/solo_parse.h"
#include "diff/solo_text.h"
#include "fuzz/view.h"
#include "stacks/file_bytes.h"
#include "stacks/linux_host.h"

namespace finwait {
namespace {

struct RecordArguments {
  std::string target;
  RecordedKernel kernel;
  uint64_t seed = 1;
  uint64_t schedules = 2000;
  uint32_t waits_percent = 0;
  uint32_t wait_max_ms = 1000;
  std::vector<std::string> scenarios;
  Watch watch;
};

std::vector<std::string> SoloPaths(const std::vector<std::string>& given) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const std::string& path : given) {
    if (!std::filesystem::is_directory(path, error)) paths.push_back(path);
    for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
      if (entry.path().extension() == ".solo") paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The comment in its first line, else its name.
std::string TitleOf(const std::string& text, const std::string& path) {
  absl::string_view line = absl::string_view(text).substr(0, text.find('\n'));
  if (absl::ConsumePrefix(&line, "# ")) return std::string(line);
  return std::filesystem::path(path).stem().string();
}

absl::Status TakeScenarios(const RecordArguments& options, TranscriptRecorder& recorder) {
  for (const std::string& path : SoloPaths(options.scenarios)) {
    const absl::StatusOr<std::string> text = ReadBytes(path);
    if (!text.ok()) return absl::InvalidArgumentError(text.status().message());
    const absl::StatusOr<Solo> solo = ParseSolo(*text);
    if (!solo.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": ", solo.status().message()));
    }
    const absl::StatusOr<bool> judged = recorder.TakeScenario(TitleOf(*text, path), *solo);
    if (!judged.ok()) {  // Some kernels lack what a lingering close() is watched with.
      std::fprintf(stderr, "%s: not run: %s\n", path.c_str(),
                   std::string(judged.status().message()).c_str());
      continue;
    }
    if (!*judged) std::fprintf(stderr, "%s: the model's queues are too short\n", path.c_str());
  }
  return absl::OkStatus();
}

absl::Status TakeMatrix(const std::array<Terms, kHandshakes>& terms, const Host& model,
                        TranscriptRecorder& recorder) {
  size_t number = 0;
  return ForEachCell(terms, model, [&](const Cell& cell) {
    const std::string title =
        absl::StrCat("cell ", ++number, ", in ", View(Name(cell.start->state)));
    return recorder.TakeIfNew(title, cell.solo);
  });
}

absl::Status TakeRandoms(const std::array<Terms, kHandshakes>& terms,
                         const RecordArguments& options, const Host& model,
                         TranscriptRecorder& recorder) {
  SoloRules rules;
  rules.terms = terms;
  rules.waits_percent = options.waits_percent;
  rules.wait_max = std::chrono::milliseconds(options.wait_max_ms);
  Solo solo;
  for (uint64_t i = 0; i < options.schedules; ++i) {
    Random random = Random::ForCase(options.seed, i);
    Generate(random, rules, model, solo);
    const std::string title = absl::StrCat("case ", i, " of seed ", options.seed);
    if (absl::Status status = recorder.TakeIfNew(title, solo); !status.ok()) return status;
  }
  return absl::OkStatus();
}

void Report(const Disagreement& d) {
  std::fprintf(stderr, "\n%s; the model's rule: %s\n%s  event %zu\n  model  %s\n  kernel %s\n",
               d.title.c_str(), std::string(Name(d.mismatch.rule)).c_str(),
               SoloText(d.solo).c_str(), d.mismatch.event + 1, d.mismatch.expected.c_str(),
               d.mismatch.seen.c_str());
}

CommandResult Run(RecordArguments options) {
  if (options.target != "host") {
    return absl::InvalidArgumentError(
        absl::StrCat("unknown target '", options.target, "'; there is: host"));
  }
  options.kernel.release = KernelRelease();
  const absl::StatusOr<Host> model = ModelOf(options.kernel);
  if (!model.ok()) return absl::InvalidArgumentError(model.status().message());
  absl::StatusOr<std::unique_ptr<LinuxHost>> host = LinuxHost::Open(model->environment);
  if (!host.ok()) return host.status();
  TranscriptRecorder recorder(*model, **host, options.watch);
  if (absl::Status status = TakeScenarios(options, recorder); !status.ok()) return status;
  const size_t scenarios = recorder.kept().size();
  const absl::StatusOr<std::array<Terms, kHandshakes>> terms = AskTerms(**host);
  if (!terms.ok()) return terms.status();
  if (options.schedules > 0) {
    if (absl::Status status = TakeMatrix(*terms, *model, recorder); !status.ok()) return status;
  }
  const size_t cells = recorder.kept().size() - scenarios;
  if (absl::Status status = TakeRandoms(*terms, options, *model, recorder); !status.ok()) {
    return status;
  }
  std::fputs(HeadText(options.kernel).c_str(), stdout);
  for (const Transcript& t : recorder.kept()) std::fputs(TranscriptText(t).c_str(), stdout);
  for (const Disagreement& d : recorder.disagreements()) Report(d);
  std::fprintf(stderr,
               "%s: %zu scenarios, %zu cells of the matrix and %zu of %lu random schedules kept; "
               "%zu disagree\n",
               options.kernel.release.c_str(), scenarios, cells,
               recorder.kept().size() - scenarios - cells,
               static_cast<unsigned long>(options.schedules), recorder.disagreements().size());
  return recorder.disagreements().empty() ? kExitHeld : kExitViolated;
}

}  // namespace

Command AddRecord(CLI::App& parent) {
  const auto options = std::make_shared<RecordArguments>();
  CLI::App* const app = parent.add_subcommand(
      "record", "Write down what the running kernel does, for corpus/kernels");
  app->add_option("TARGET", options->target, "host")->required();
  app->add_option("SOLO", options->scenarios, "Schedules to record, .solo files or their folders");
  app->add_option("--kernel", options->kernel.profile, "The profile that models it")->required();
  app->add_option("--hz", options->kernel.hz, "CONFIG_HZ of the kernel")
      ->check(CLI::Range(24, 10'000))
      ->capture_default_str();
  app->add_option("--package", options->kernel.package, "Its version, to be written down");
  app->add_option("--schedules", options->schedules,
                  "Random ones besides, and the matrix; 0: only those named")
      ->check(WholeNumber())
      ->capture_default_str();
  app->add_option("--seed", options->seed, "Of the random schedules")
      ->check(WholeNumber())
      ->capture_default_str();
  app->add_option("--waits", options->waits_percent, "Percent of schedules in which time passes")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  app->add_option("--wait-max", options->wait_max_ms, "Longest wait, milliseconds")
      ->check(WholeNumber())
      ->capture_default_str();
  app->add_flag("--counters", options->watch.counters, "The MIB counters must agree, too");
  app->add_flag("--events", options->watch.events, "So must the tracepoint of state changes");
  app->footer(
      "Prints what agrees with the model: the schedules named, and of the matrix and the random "
      "ones\n"
      "those that show a rule with an outcome not seen before. What disagrees is told on standard "
      "error.\n"
      "Exit code: 0 when all agree, 1 when not.");
  return {app, [options] { return Run(*options); }};
}

}  // namespace finwait
