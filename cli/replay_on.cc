// SPDX-License-Identifier: Apache-2.0
//
// finwait replay --on host: one end of a schedule is the running kernel, the other end's segments
// are forged as the model sent them.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/nearest.h"
#include "cli/replay.h"
#include "fuzz/matrix.h"
#include "model/world/notation.h"
#include "stacks/compare.h"
#include "stacks/driver.h"
#include "stacks/linux_host.h"
#include "stacks/script.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

// The script up to where a violation was made good, or the schedule's last choice: what comes after
// is only timers running out.
Script ScriptOf(const Schedule& schedule, const MatrixSubject& subject) {
  const Recorded recorded = Record(schedule.setup, schedule.choices);
  Time until{};
  for (const StepRecord& step : recorded.trace) {
    if (!step.settling) until = step.at;
  }
  const PropertySet judged =
      subject.property.has_value() ? Only(*subject.property) : EveryProperty();
  for (const Verdict& verdict : Judge(schedule.setup, schedule.choices, judged).verdicts) {
    const auto* violated = std::get_if<Violated>(&verdict);
    if (violated == nullptr || !violated->recovered.has_value()) continue;
    until = std::max(until, violated->departed + *violated->recovered);
  }
  Script script = ScriptFor(subject.varied, schedule.setup, recorded.trace);
  std::erase_if(script.events, [&](const ScriptEvent& event) { return event.at > until; });
  script.ends_at = until;
  return script;
}

// A run of the host beside the model it was written from.
struct Beside {
  std::string_view kernel;
  Script script;
  std::vector<Answered> answers;
  std::optional<Difference> difference;
};

absl::StatusOr<Beside> RunBeside(const Schedule& schedule, const MatrixSubject& subject,
                                 LinuxHost& host) {
  Beside beside;
  beside.kernel = schedule.setup[subject.varied].host.kernel.name;
  beside.script = ScriptOf(schedule, subject);
  RunOptions run;
  run.pace = Pace::kRealTime;
  // Kernel timers run up to an eighth late: what differs is run once more before it is believed.
  for (int tries = 0; tries < 2; ++tries) {
    absl::StatusOr<std::vector<Answered>> answers = RunScript(beside.script, host, run);
    if (!answers.ok()) return answers.status();
    beside.answers = *std::move(answers);
    beside.difference = FirstDifference(beside.script, beside.answers, run.pace);
    if (!beside.difference.has_value()) break;
  }
  return beside;
}

std::string StateText(const std::optional<State>& state) {
  return state.has_value() ? std::string(Name(*state)) : "";
}

bool Same(const ScriptEvent& event, const Answered& answer) {
  return SameOnTheWire(event.expected->sent, answer.sent) && event.expected->state == answer.state;
}

void PrintEvents(const Beside& beside, const std::string& target) {
  for (size_t i = 0; i < beside.script.events.size(); ++i) {
    const ScriptEvent& event = beside.script.events[i];
    const Answered& answer = beside.answers[i];
    const bool segment = event.event.kind == EventKind::kSegment;
    std::printf(
        "%7.1f  %s\n", static_cast<double>(SinceStart(event.at).count()) / 1000.0,
        segment ? absl::StrCat(event.label, " arrives: ", SegmentText(event.event.segment)).c_str()
                : event.label.c_str());
    std::printf("         %-10s  %-28s  %s\n", beside.kernel.data(),
                SegmentsText(event.expected->sent).c_str(), Name(event.expected->state).data());
    std::printf("         %-10s  %-28s  %s%s\n", target.c_str(), SegmentsText(answer.sent).c_str(),
                StateText(answer.state).c_str(), Same(event, answer) ? "" : "   DIFFERS");
  }
}

Json EventsJson(const Beside& beside) {
  const auto texts = [](const std::vector<Departure>& sent) {
    Json json = Json::array();
    for (const Departure& departure : sent) json.push_back(SegmentText(departure.segment));
    return json;
  };
  Json events = Json::array();
  for (size_t i = 0; i < beside.script.events.size(); ++i) {
    const ScriptEvent& event = beside.script.events[i];
    const Answered& answer = beside.answers[i];
    const bool segment = event.event.kind == EventKind::kSegment;
    events.push_back({{"at_ms", static_cast<double>(SinceStart(event.at).count()) / 1000.0},
                      {"event", segment ? SegmentText(event.event.segment) : event.label},
                      {"model", texts(event.expected->sent)},
                      {"model_state", Name(event.expected->state)},
                      {"host", texts(answer.sent)},
                      {"host_state", StateText(answer.state)},
                      {"same", Same(event, answer)}});
  }
  return events;
}

// The same words, run where the guest's kernel is the host.
CommandResult ReplayInGuest(const ReplayOptions& options) {
  GuestRun run{.target = options.on, .arguments = {"replay", "--on", "host"}, .files = {}};
  if (!options.argument.text.empty()) {
    run.arguments.insert(run.arguments.end(), {"-e", options.argument.text});
  } else {
    run.AddWord(options.argument.path);
  }
  if (!options.property.empty()) {
    run.arguments.insert(run.arguments.end(), {"--property", options.property});
  }
  if (options.output.json) run.arguments.emplace_back("--json");
  return RunInGuestOf(run, options.guest);
}

}  // namespace

CommandResult ReplayOn(const NamedSchedule& named, const ReplayOptions& options) {
  if (NamesGuest(options.on)) return ReplayInGuest(options);
  if (options.on != "host") {
    return absl::InvalidArgumentError(absl::StrCat("unknown target '", options.on, "'",
                                                   DidYouMean(options.on, {"host"}),
                                                   "; see: finwait list targets"));
  }
  const absl::StatusOr<std::optional<size_t>> asked = AskedProperty(options);
  if (!asked.ok()) return asked.status();
  const MatrixSubject subject = SubjectOf(named.file, *asked);
  if (absl::Status can = CanBePlayed(subject.varied, named.file.schedule.setup); !can.ok())
    return can;
  absl::StatusOr<std::unique_ptr<LinuxHost>> host = LinuxHost::Open();
  if (!host.ok()) return host.status();
  // The file's own kernel first, then every profile at the end that the host stands in for.
  std::vector<Schedule> schedules = {named.file.schedule};
  for (const KernelProfile& kernel : Profiles()) {
    schedules.push_back(named.file.schedule);
    schedules.back().setup[subject.varied].host.kernel = kernel;
  }
  std::vector<Beside> runs;
  std::vector<std::string> agrees;
  for (const Schedule& schedule : schedules) {
    absl::StatusOr<Beside> beside = RunBeside(schedule, subject, **host);
    if (!beside.ok()) return beside.status();
    if (!runs.empty() && !beside->difference.has_value()) agrees.emplace_back(beside->kernel);
    runs.push_back(*std::move(beside));
  }
  const std::string release = KernelRelease();
  if (options.output.json) {
    Json json{{"file", named.path},       {"target", "host"},
              {"release", release},       {"end", std::string(1, Letter(subject.varied))},
              {"kernel", runs[0].kernel}, {"events", EventsJson(runs[0])}};
    json["agrees_with"] = agrees;
    std::printf("%s\n", json.dump(2).c_str());
    return agrees.empty() ? kExitViolated : kExitHeld;
  }
  std::printf("%s: end %c is the running kernel, %s; the other end's segments are forged\n\n",
              named.path.c_str(), Letter(subject.varied), release.c_str());
  PrintEvents(runs[0], "host");
  std::printf("\nhost     Linux %s\nagrees   segment by segment with: %s\n", release.c_str(),
              agrees.empty() ? "no profile" : absl::StrJoin(agrees, ", ").c_str());
  return agrees.empty() ? kExitViolated : kExitHeld;
}

}  // namespace finwait
