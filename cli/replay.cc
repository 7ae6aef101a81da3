// SPDX-License-Identifier: Apache-2.0
//
// finwait replay: runs schedules on the model and says what the properties make of them.
#include "cli/replay.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/verdict_output.h"
#include "fuzz/finding.h"
#include "fuzz/matrix.h"
#include "report/finding_text.h"
#include "report/wrap.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

class Replay {
 public:
  Replay(const ReplayOptions& options, PropertySet properties)
      : options_(options), properties_(properties) {}

  absl::Status Run(const NamedSchedule& named, bool ladder);
  CommandResult Finish();

 private:
  absl::Status SetKernels(Schedule& schedule) const;
  void Print(const NamedSchedule& named, const Schedule& schedule, const Judgement& judgement,
             bool ladder) const;

  const ReplayOptions& options_;
  PropertySet properties_;
  Json json_ = Json::array();
  size_t unexpected_ = 0;
  bool applied_ = false;
};

absl::Status Replay::SetKernels(Schedule& schedule) const {
  for (const Side side : {Side::kA, Side::kB}) {
    const std::string& own = side == Side::kA ? options_.a : options_.b;
    const std::string& name = own.empty() ? options_.kernel : own;
    if (name.empty()) continue;
    const absl::StatusOr<const KernelProfile*> kernel = ParseKernel(name);
    if (!kernel.ok()) return kernel.status();
    schedule.setup[side].host.kernel = **kernel;
  }
  return absl::OkStatus();
}

// The drawing first, then what every property that applied makes of it.
void Replay::Print(const NamedSchedule& named, const Schedule& schedule, const Judgement& judgement,
                   bool ladder) const {
  std::printf("%s: A %s, B %s\n", named.path.c_str(),
              schedule.setup[Side::kA].host.kernel.name.data(),
              schedule.setup[Side::kB].host.kernel.name.data());
  if (ladder) {
    const DrawOptions draw{options_.output.ascii, options_.output.colour};
    if (const std::optional<size_t> told = FirstViolated(judgement)) {
      const Violated& violation = std::get<Violated>(judgement.verdicts[*told]);
      const Finding finding = FindingOf(schedule, *told, violation);
      std::printf("  %s\n%s\n", Wrapped(finding.says, 2).c_str(),
                  FindingText(finding, named.file.labels, draw).c_str());
    } else {
      const Story story{schedule, named.file.labels,
                        Record(schedule.setup, schedule.choices).trace};
      std::printf("\n%s\n", DrawLadder(story, draw).c_str());
    }
  }
  size_t holding = 0;
  std::vector<std::string> vacuous;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!properties_.Has(i)) continue;
    const std::string telling = VerdictText(judgement.verdicts[i]);
    if (telling == "vacuous") {
      vacuous.emplace_back(kProperties[i].name);
    } else if (telling == "holds" && !options_.all && properties_.Count() > 1) {
      ++holding;
    } else {
      std::printf("  %-26s %s\n", kProperties[i].name.data(), telling.c_str());
    }
  }
  if (holding > 0) std::printf("  %zu properties applied and hold (--all lists them)\n", holding);
  if (vacuous.empty()) return;
  if (options_.all || properties_.Count() == 1) {
    std::printf("  vacuous: %s\n", Wrapped(absl::StrJoin(vacuous, ", "), 11).c_str());
  } else {
    std::printf("  %zu never applied: vacuous\n", vacuous.size());
  }
}

// Expected is what the file expects of this kernel; without that, that nothing is violated.
absl::Status Replay::Run(const NamedSchedule& named, bool ladder) {
  Schedule schedule = named.file.schedule;
  if (absl::Status status = SetKernels(schedule); !status.ok()) return status;
  const Judgement judgement = Judge(schedule.setup, schedule.choices, properties_);
  if (judgement.bound) {
    return absl::InvalidArgumentError(absl::StrCat(
        named.path, ": the run fills a queue of the model, which says nothing from there on"));
  }
  if (!options_.output.json) Print(named, schedule, judgement, ladder);
  Json verdicts = Json::object();
  bool violated = false;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!properties_.Has(i)) continue;
    applied_ |= !std::holds_alternative<Vacuous>(judgement.verdicts[i]);
    violated |= std::holds_alternative<Violated>(judgement.verdicts[i]);
    verdicts[std::string(kProperties[i].name)] = ToJson(judgement.verdicts[i]);
  }
  Json expectations = Json::array();
  bool as_expected = false;
  bool expected_here = false;
  for (const Checked& checked : CheckExpectations(named.file)) {
    const std::string_view a = schedule.setup[Side::kA].host.kernel.name;
    const bool here = a == checked.kernel && schedule.setup[Side::kB].host.kernel.name == a;
    expected_here |= here;
    as_expected |= here && checked.ok;
    if (!checked.ok) ++unexpected_;
    expectations.push_back(
        {{"kernel", checked.kernel}, {"expected", checked.expected}, {"got", checked.got}});
    if (options_.output.json) continue;
    std::printf("  expected on %s: %s; %s\n", checked.kernel.c_str(), checked.expected.c_str(),
                checked.ok ? "so it is" : ("NOT SO: " + checked.got).c_str());
  }
  if (violated && !(expected_here && as_expected)) ++unexpected_;
  json_.push_back(Json{{"file", named.path},
                       {"a", schedule.setup[Side::kA].host.kernel.name},
                       {"b", schedule.setup[Side::kB].host.kernel.name},
                       {"verdicts", verdicts},
                       {"expectations", expectations},
                       {"schedule", FormatOneLine(schedule)}});
  return absl::OkStatus();
}

CommandResult Replay::Finish() {
  if (options_.output.json) std::printf("%s\n", json_.dump(2).c_str());
  if (!applied_) {
    std::fprintf(stderr, "finwait: no property applied to what was replayed\n");
    return kExitViolated;
  }
  return unexpected_ == 0 ? kExitHeld : kExitViolated;
}

absl::StatusOr<std::vector<NamedSchedule>> Read(const ScheduleArgument& argument) {
  std::error_code error;
  if (argument.text.empty() && std::filesystem::is_directory(argument.path, error)) {
    return ReadSchedules(argument.path);
  }
  absl::StatusOr<ScheduleFile> file = ReadOne(argument);
  if (!file.ok()) return file.status();
  const std::string name = argument.path.empty() ? "-e" : argument.path;
  return std::vector<NamedSchedule>{NamedSchedule{name, *std::move(file)}};
}

CommandResult RunReplay(const ReplayOptions& options) {
  if (NamesPackets(options.argument.path)) return ReplayPackets(options);
  if (options.ktap) return absl::InvalidArgumentError("--ktap is for packetdrill scripts (.pkt)");
  const absl::StatusOr<std::vector<NamedSchedule>> schedules = Read(options.argument);
  if (!schedules.ok()) return schedules.status();
  const absl::StatusOr<std::optional<size_t>> asked = AskedProperty(options);
  if (!asked.ok()) return asked.status();
  if (options.matrix || !options.on.empty()) {
    if (schedules->size() != 1) {
      return absl::InvalidArgumentError("--matrix and --on take one schedule, not a directory");
    }
    return options.matrix ? ReplayMatrix(schedules->front(), options)
                          : ReplayOn(schedules->front(), options);
  }
  PropertySet properties = EveryProperty();
  if (asked->has_value()) {
    properties = PropertySet{};
    properties.Add(**asked);
  }
  Replay replay(options, properties);
  for (const NamedSchedule& named : *schedules) {
    const absl::Status status = replay.Run(named, schedules->size() == 1);
    if (!status.ok()) return status;
  }
  return replay.Finish();
}

}  // namespace

absl::StatusOr<std::optional<size_t>> AskedProperty(const ReplayOptions& options) {
  if (options.property.empty()) return std::optional<size_t>();
  const std::optional<size_t> property = FindProperty(options.property);
  if (property.has_value()) return property;
  return UnknownProperty(options.property);
}

Command AddReplay(CLI::App& parent) {
  const auto options = std::make_shared<ReplayOptions>();
  CLI::App* const app = parent.add_subcommand(
      "replay", "Run a schedule (.sched) or a packetdrill script (.pkt), or all in a directory");
  AddScheduleArgument(*app, options->argument);
  app->add_flag("--matrix", options->matrix, "On every kernel and in every mode of the losing end");
  app->add_option("--on", options->on,
                  "A .sched beside the model on: host, guest:NAME,\n"
                  "guest:PATH/TO/bzImage. A .pkt on: model:KERNEL, host");
  app->add_option("--kernel", options->kernel, "Both ends on this kernel instead of the file's");
  app->add_option("--a", options->a, "End A on this kernel");
  app->add_option("--b", options->b, "End B on this kernel");
  app->add_option("--property", options->property, "Judge by this property only");
  app->add_flag("--all", options->all, "List every property, also those that hold or never apply");
  for (const char* const way : {"--matrix", "--on"}) {
    for (const char* const kernels : {"--kernel", "--a", "--b", "--all"}) {
      app->get_option(way)->excludes(kernels);
    }
  }
  app->get_option("--matrix")->excludes("--on");
  AddGuestOptions(*app, options->guest);
  app->add_flag("--ktap", options->ktap, "Report a .pkt as the kernel's tests do (KTAP)");
  AddOutputOptions(*app, options->output);
  app->footer(
      "Examples:\n"
      "  finwait replay corpus/incident/disorder.sched --kernel linux-6.12\n"
      "  finwait replay -e 'kernel linux-5.10; A.close; B.close; deliver A1 B2 B1'\n"
      "  finwait replay corpus/incident/disorder.sched --on host\n"
      "  finwait replay corpus/incident/disorder.sched --on guest:linux-5.10\n"
      "  finwait replay corpus/packetdrill/old-ack-fin-in-fin-wait-2.pkt --on host\n"
      "  finwait replay corpus/packetdrill --on model:linux-6.12 --ktap\n"
      "Exit codes: 0 held, or as the file expects; 1 not so; 2 bad or unsupported input;\n"
      "            3 no such target here.");
  return Command{app, [options] { return RunReplay(*options); }};
}

}  // namespace finwait
