// SPDX-License-Identifier: Apache-2.0
//
// finwait convert X.sched -o X.pkt: one end of a schedule as a packetdrill script, the form in
// which a regression test goes upstream.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/convert_expect.h"
#include "fuzz/corpus.h"
#include "model/tcp/trait.h"
#include "model/world/notation.h"
#include "packetdrill/write.h"
#include "report/wrap.h"
#include "stacks/driver.h"
#include "stacks/model_stack.h"
#include "stacks/script.h"

namespace finwait {
namespace {

// Tests of the kernel are GPL; who has the file under Apache-2.0 may hand it in.
constexpr const char* kLicence = "GPL-2.0 OR Apache-2.0";

struct ConvertOptions {
  ScheduleArgument argument;
  std::string out, side, expect = "fixed", intent;
  bool kselftest = false;
};

// The end's calls and arrivals up to the schedule's last choice, with what its own kernel did.
absl::StatusOr<Script> ScriptUpToLastChoice(const Schedule& schedule, Side side) {
  const Recorded recorded = Record(schedule.setup, schedule.choices);
  if (recorded.bound) return absl::InvalidArgumentError("a queue of the model is full: no script");
  Trace chosen;
  Time until{};
  for (const StepRecord& step : recorded.trace) {
    if (step.settling) break;
    chosen.push_back(step);
    until = step.at;
  }
  Script script = ScriptFor(side, schedule.setup, chosen);
  script.ends_at = until;
  return script;
}

// The same calls and arrivals, with what the end's kernel does when it is changed so.
absl::StatusOr<Script> WithAnswersOf(Host host, const std::vector<TraitValue>& changes,
                                     Script script) {
  for (const TraitValue& change : changes) host.kernel = With(host.kernel, change);
  ModelStack stack(host);
  RunOptions options;
  options.pace = Pace::kRealTime;  // The model's time is virtual: this takes none.
  options.listen_on = Duration{};
  options.longest = Duration::max();
  const absl::StatusOr<std::vector<Answered>> answers = RunScript(script, stack, options);
  if (!answers.ok()) return answers.status();
  for (size_t i = 0; i < answers->size(); ++i) {
    const Answered& answer = (*answers)[i];
    script.events[i].expected =
        Expected{.sent = answer.sent, .result = answer.result, .state = *answer.state};
  }
  return script;
}

// Whether the two answer one event differently.
bool AnswersDiffer(const Script& a, const Script& b) {
  for (size_t i = 0; i < a.events.size(); ++i) {
    if (a.events[i].expected->sent != b.events[i].expected->sent) return true;
    if (a.events[i].expected->result != b.events[i].expected->result) return true;
  }
  return false;
}

struct Converted {
  Script script;
  std::vector<TraitValue> changes;
  bool tells = false;  // Kernels with and without the changes answer differently.
};

absl::StatusOr<Converted> Convert(const ScheduleFile& file, Side side, const std::string& expect) {
  const Schedule& schedule = file.schedule;
  absl::StatusOr<Script> observed = ScriptUpToLastChoice(schedule, side);
  if (!observed.ok()) return observed.status();
  absl::StatusOr<std::vector<TraitValue>> changes = ChangesFor(file, expect);
  if (!changes.ok()) return changes.status();
  if (changes->empty()) return Converted{*std::move(observed), {}, false};
  std::vector<TraitValue> others = *changes;  // What a kernel without them does.
  for (TraitValue& other : others) other.value = other.value == 0 ? 1 : 0;
  const Host& host = schedule.setup[side].host;
  absl::StatusOr<Script> with = WithAnswersOf(host, *changes, *observed);
  const absl::StatusOr<Script> without = WithAnswersOf(host, others, *observed);
  if (!with.ok()) return with.status();
  if (!without.ok()) return without.status();
  const bool tells = AnswersDiffer(*with, *without);
  return Converted{*std::move(with), *std::move(changes), tells};
}

// The first sentence of what the schedule says about itself.
std::string IntentOf(const ScheduleFile& file) {
  const std::string about = absl::StrJoin(file.about, " ");
  const size_t end = about.find(". ");
  if (about.empty()) return "One end of a connection that ends.";
  return end == std::string::npos ? about : about.substr(0, end + 1);
}

std::string AsComment(const std::string& text) {
  constexpr size_t kColumns = 96;
  std::string out = text;
  size_t begin = 0;
  while (out.size() - begin > kColumns) {
    const size_t blank = out.rfind(' ', begin + kColumns);
    if (blank == std::string::npos || blank <= begin) break;
    out.replace(blank, 1, "\n// ");
    begin = blank + 1;
  }
  return out;
}

pkt::Heading HeadingOf(const ScheduleFile& file, const ConvertOptions& options,
                       const Converted& converted) {
  pkt::Heading heading{.licence = kLicence,
                       .intent = options.intent,
                       .reference = "",
                       .kselftest = options.kselftest};
  if (converted.changes.empty()) {
    const Side side = options.side == "A" ? Side::kA : Side::kB;
    const std::string kernel(file.schedule.setup[side].host.kernel.name);
    heading.reference = absl::StrCat("Expected is what ", kernel, " does.");
  }
  std::string intent;
  for (const TraitValue& change : converted.changes) {
    if (!converted.tells) break;
    const std::string commit = CommitOf(*change.trait);
    absl::StrAppend(&intent, intent.empty() ? "" : " ", Capitalized(change.Sentence()), ".");
    absl::StrAppend(&heading.reference, heading.reference.empty() || commit.empty() ? "" : ", ",
                    commit);
  }
  if (heading.intent.empty()) heading.intent = AsComment(intent.empty() ? IntentOf(file) : intent);
  return heading;
}

CommandResult RunConvert(const ConvertOptions& options) {
  const absl::StatusOr<ScheduleFile> file = ReadOne(options.argument);
  if (!file.ok()) return file.status();
  const Side side = options.side == "A" ? Side::kA : Side::kB;
  if (absl::Status can = CanBePlayed(side, file->schedule.setup); !can.ok()) return can;
  const absl::StatusOr<Converted> converted = Convert(*file, side, options.expect);
  if (!converted.ok()) return converted.status();
  if (!converted->changes.empty() && !converted->tells) {
    std::fprintf(stderr, "finwait: end %s answers the same whether or not %s\n",
                 options.side.c_str(), converted->changes[0].Sentence().c_str());
  }
  const pkt::Heading heading = HeadingOf(*file, options, *converted);
  const absl::StatusOr<std::string> text = pkt::WriteScript(converted->script, heading);
  if (!text.ok()) return text.status();
  if (options.out.empty() || options.out == "-") {
    std::fputs(text->c_str(), stdout);
    return kExitHeld;
  }
  std::ofstream out(options.out, std::ios::binary);
  out << *text;
  out.close();
  if (!out) return absl::InvalidArgumentError(absl::StrCat("cannot write ", options.out));
  std::printf("wrote   %s\nnext    ./x replay %s --on host\n", options.out.c_str(),
              ShellQuoted(options.out).c_str());
  return kExitHeld;
}

}  // namespace

Command AddConvert(CLI::App& parent) {
  const auto options = std::make_shared<ConvertOptions>();
  CLI::App* const app =
      parent.add_subcommand("convert", "Write one end of a schedule as a packetdrill script");
  AddScheduleArgument(*app, options->argument);
  app->add_option("-o", options->out, "The .pkt to write; without it, standard output")
      ->check([](const std::string& out) {
        const bool known = out == "-" || out.ends_with(".pkt");
        return known ? std::string() : "only .pkt can be written, not '" + out + "'";
      });
  app->add_option("--side", options->side, "Which end the script tests")
      ->required()
      ->check(CLI::IsMember({"A", "B"}));
  app->add_option("--expect", options->expect,
                  "fixed: what the file's kernel does once the behaviour that the violation comes\n"
                  "from is changed; observed: what it does as it is; BEHAVIOUR=VALUE: what it\n"
                  "does with that value (finwait list behaviours)")
      ->capture_default_str();
  app->add_option("--intent", options->intent,
                  "The sentence at the top; else the first of the schedule's comment");
  app->add_flag("--kselftest", options->kselftest,
                "Begin with ./defaults.sh, as scripts among the kernel's own tests do");
  app->footer(
      "Examples:\n"
      "  finwait convert corpus/incident/disorder.sched -o late-fin.pkt --side A\n"
      "  finwait convert corpus/incident/disorder.sched --side A --expect observed\n"
      "  finwait convert FILE.sched --side B --expect failing-send=kept\n"
      "  finwait replay late-fin.pkt --on host\n"
      "Exit codes: 0 written; 2 bad input, or what a script cannot say.");
  return Command{app, [options] { return RunConvert(*options); }};
}

}  // namespace finwait
