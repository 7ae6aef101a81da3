// SPDX-License-Identifier: Apache-2.0
//
// finwait check: what a pull request has to stand: the corpus, every schedule of a small region,
// and random schedules with a fixed and a fresh seed, on every profile. It fails on what is new,
// and says how long it took.
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/check_output.h"
#include "cli/command.h"
#include "cli/corpus_check.h"
#include "cli/finding_output.h"
#include "cli/hunt_cases.h"
#include "cli/interrupt.h"
#include "cli/usage.h"
#include "fuzz/corpus.h"
#include "fuzz/exhaust.h"
#include "fuzz/hunt.h"
#include "fuzz/known.h"
#include "fuzz/shrink.h"

namespace finwait {
namespace {

using SteadyClock = std::chrono::steady_clock;

struct CheckArguments {
  CheckOutput output;
  std::string corpus = DefaultCorpus();
  std::string findings = "findings";
  uint64_t seed = 1;
  uint64_t fresh_seed = 0;  // 0: drawn.
  uint64_t schedules = 100'000;
  bool no_region = false;
};

class Check {
 public:
  explicit Check(const CheckArguments& arguments) : arguments_(arguments) {
    report_.title = "finwait check";
  }
  CommandResult Run();

 private:
  absl::Status Corpus();
  absl::Status Exhaustive(const KernelProfile& kernel);
  absl::Status Random(const KernelProfile& kernel, uint64_t seed, const char* which);
  void KeepNew(std::vector<Finding*> findings);

  const CheckArguments& arguments_;
  CheckReport report_;
  Known known_;
  absl::Status kept_;  // The first error in keeping a finding: told once all was shown.
};

double SecondsSince(SteadyClock::time_point started) {
  return std::chrono::duration<double>(SteadyClock::now() - started).count();
}

absl::Status Check::Corpus() {
  const SteadyClock::time_point started = SteadyClock::now();
  const absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadCorpus(arguments_.corpus);
  if (!schedules.ok()) return schedules.status();
  known_ = Known(*schedules);
  const absl::StatusOr<CorpusChecked> checked = CheckCorpus(arguments_.corpus);
  if (!checked.ok()) return checked.status();
  for (const CorpusChecked::File& file : checked->files) {
    CheckedCase one{.suite = "corpus", .name = NearPath(file.path)};
    for (const Checked& expectation : file.expectations) {
      if (expectation.ok || one.outcome == Outcome::kFailed) continue;
      one.outcome = Outcome::kFailed;
      one.why = absl::StrCat(expectation.kernel, ": expected ", expectation.expected, ", got ",
                             expectation.got);
      one.repeat =
          absl::StrCat("./x replay ", ShellQuoted(one.name), " --kernel ", expectation.kernel);
    }
    report_.cases.push_back(one);
  }
  if (report_.cases.empty()) return absl::OkStatus();  // An empty corpus knows nothing.
  const double each = SecondsSince(started) / static_cast<double>(report_.cases.size());
  for (CheckedCase& one : report_.cases) one.seconds = each;
  return absl::OkStatus();
}

// Keeps what is new, the smallest of each origin: with it the others are known, and so is what
// other kernels have of it.
void Check::KeepNew(std::vector<Finding*> findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding* a, const Finding* b) {
    return Shorter(a->minimal, b->minimal);
  });
  for (Finding* const finding : findings) {
    finding->known_in = known_.Find(finding->cause, finding->origins);
    if (!finding->known_in.empty()) continue;
    const absl::StatusOr<std::string> kept = Keep(*finding, arguments_.findings);
    kept_.Update(kept.status());
    if (kept.ok()) known_.Add(finding->cause, finding->minimal, *kept);
  }
}

absl::Status Check::Random(const KernelProfile& kernel, uint64_t seed, const char* which) {
  const SteadyClock::time_point started = SteadyClock::now();
  HuntOptions options;
  options.setup = PairOf(kernel, kernel);
  options.small_windows = true;
  options.seed = seed;
  options.schedules_max = arguments_.schedules;
  options.keep_going = true;
  options.proof.states_max = 1;  // Whether it is minimal a later `shrink` may prove.
  options.stop = CatchInterrupts();
  HuntResult result = Hunt(options);
  std::vector<Finding*> findings;
  for (Finding& finding : result.findings) findings.push_back(&finding);
  KeepNew(findings);
  std::vector<CheckedCase> cases = CasesOf(options, result);
  for (CheckedCase& one : cases) {
    one.suite = absl::StrCat("random, ", which, " seed, ", View(kernel.name));
    one.seconds = SecondsSince(started) / static_cast<double>(cases.size());
    report_.cases.push_back(std::move(one));
  }
  return absl::OkStatus();
}

// Every schedule of a small region, with each property; of the region with one retransmission on
// the newest kernel alone.
absl::Status Check::Exhaustive(const KernelProfile& kernel) {
  const SteadyClock::time_point started = SteadyClock::now();
  ExhaustOptions options;
  options.setup = PairOf(kernel, kernel);
  options.region.losses = 0;
  options.region.retransmissions = kernel.name == Profiles().back().name ? 1 : 0;
  options.jobs = std::max(1U, std::thread::hardware_concurrency());
  options.stop = CatchInterrupts();
  absl::StatusOr<ExhaustResult> result = Exhaust(options);
  if (!result.ok()) return result.status();
  std::vector<Finding*> findings;
  for (ExhaustFinding& finding : result->findings) {
    if (finding.replayed.has_value()) findings.push_back(&*finding.replayed);
  }
  KeepNew(findings);
  CheckedCase one{.suite = "exhaustive", .name = std::string(kernel.name)};
  one.why = absl::StrCat(result->counts.states, " states, ", result->counts.edges, " edges; ",
                         options.region.Text());
  for (const ExhaustFinding& finding : result->findings) {
    const bool real = finding.replayed.has_value();
    if (real && !finding.replayed->known_in.empty()) continue;
    one.outcome = Outcome::kFailed;
    one.why = absl::StrCat(
        View(kProperties[finding.property].name), ": ",
        real ? "cause " + finding.replayed->cause.Id() + ": NEW. " + finding.replayed->says
             : "violated in the region only");
    one.repeat = absl::StrCat("./x replay -e '", FormatOneLine(finding.shortest), "'");
    if (real) one.detail = FindingLadder(*finding.replayed, Output{});
  }
  if (result->stopped && one.outcome != Outcome::kFailed) {
    one.outcome = Outcome::kSkipped;
    one.why = "interrupted";
  } else if (!result->stopped && (!result->complete || result->counts.bound > 0)) {
    one.outcome = Outcome::kFailed;
    one.why = "the region was not searched to its end";
  }
  one.seconds = SecondsSince(started);
  report_.cases.push_back(one);
  return absl::OkStatus();
}

CommandResult Check::Run() {
  CatchInterrupts();
  const SteadyClock::time_point started = SteadyClock::now();
  uint64_t fresh = arguments_.fresh_seed;
  while (fresh == 0) fresh = std::random_device()();
  if (absl::Status status = Corpus(); !status.ok()) return status;
  for (const KernelProfile& kernel : Profiles()) {
    if (IsTerminal(stderr)) std::fprintf(stderr, "\r\x1b[Kcheck    %s\r", kernel.name.data());
    if (!arguments_.no_region) {
      if (absl::Status status = Exhaustive(kernel); !status.ok()) return status;
    }
    if (WasInterrupted()) break;
    for (const auto& [seed, which] : {std::pair(arguments_.seed, "fixed"), {fresh, "fresh"}}) {
      if (absl::Status status = Random(kernel, seed, which); !status.ok()) return status;
      if (WasInterrupted()) break;
    }
    if (WasInterrupted()) break;
  }
  if (IsTerminal(stderr)) std::fprintf(stderr, "\r\x1b[K");
  report_.seconds = SecondsSince(started);
  report_.notes.push_back(absl::StrFormat(
      "fixed seed %d, fresh seed %d, %d schedules a seed and kernel; again: ./x check --seed %d "
      "--fresh-seed %d --schedules %d",
      arguments_.seed, fresh, arguments_.schedules, arguments_.seed, fresh, arguments_.schedules));
  if (WasInterrupted()) report_.notes.emplace_back("interrupted: what follows was not run");
  const CommandResult published = Publish(report_, arguments_.output);
  if (!kept_.ok()) return kept_;
  return published.ok() ? ExitAfterInterrupt(*published) : published;
}

}  // namespace

Command AddCheck(CLI::App& parent) {
  const auto arguments = std::make_shared<CheckArguments>();
  CLI::App* const app =
      parent.add_subcommand("check", "What a pull request has to stand; fails on new causes only");
  app->add_option("--corpus", arguments->corpus, "Its causes are known; its schedules are run");
  app->add_option("--findings", arguments->findings, "Where new causes are kept");
  app->add_option("--seed", arguments->seed, "The fixed seed")->check(WholeNumber());
  app->add_option("--fresh-seed", arguments->fresh_seed, "The other one, which is drawn otherwise")
      ->check(WholeNumber());
  app->add_option("--schedules", arguments->schedules, "How many a seed and kernel")
      ->check(WholeNumber(1));
  app->add_flag("--no-region", arguments->no_region,
                "Without every schedule of a small region: for those who search a larger one");
  AddCheckOutput(*app, arguments->output);
  app->footer(
      "Examples:\n"
      "  finwait check --junit check.xml\n"
      "  finwait check --summary \"$GITHUB_STEP_SUMMARY\"     (used unasked where it is set)\n"
      "Exit codes: 0 nothing new; 1 a new cause, or the corpus is not what it says.");
  return Command{app, [arguments] { return Check(*arguments).Run(); }};
}

}  // namespace finwait
