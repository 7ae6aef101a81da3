// SPDX-License-Identifier: Apache-2.0
//
// finwait probe: which known behaviours the running kernel has.
#include "diff/probe.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/guest.h"
#include "fuzz/view.h"
#include "report/wrap.h"
#include "stacks/kernel_clock.h"
#include "stacks/linux_host.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

struct ProbeArguments {
  Output output;
  GuestArguments guest;
  std::string on = "host";
};

struct Probed {
  std::string release;
  int hz = 0;
  ProbeResult result;
};

const KernelProfile& Newest() { return Profiles().back(); }

std::vector<std::string> NamesOf(const std::vector<const KernelProfile*>& kernels) {
  std::vector<std::string> names;
  for (const KernelProfile* kernel : kernels) names.emplace_back(kernel->name);
  return names;
}

std::string_view AnswerOf(const KernelProfile& kernel, const Trait& trait) {
  return trait.values[trait.get(kernel)];
}

Json ToJson(const Probed& probed, const std::string& on) {
  Json fields = Json::array();
  for (const ProbeAnswer& answer : probed.result.answers) {
    Json field{{"name", answer.trait->name},
               {"about", answer.trait->about},
               {"commit", answer.trait->commit},
               {"releases", ReleasesOf(answer.trait->commit)}};
    field["answer"] = answer.value ? Json(answer.trait->values[*answer.value]) : Json(nullptr);
    field["reason"] = answer.reason;
    fields.push_back(field);
  }
  const auto disagreeing = [&](const KernelProfile& kernel) {
    Json names = Json::array();
    for (const ProbeAnswer* answer : Disagreeing(probed.result, kernel)) {
      names.push_back(answer->trait->name);
    }
    return names;
  };
  Json json{{"target", on}, {"release", probed.release}, {"hz", probed.hz}};
  json["nearest"] = NamesOf(probed.result.nearest);
  json["answers"] = probed.result.known;
  json["agreeing"] = probed.result.agreeing;
  json["differs_from_nearest"] = disagreeing(*probed.result.nearest.back());
  json["newest"] = Newest().name;
  json["differs_from_newest"] = disagreeing(Newest());
  json["fields"] = fields;
  return json;
}

// A line for every answer that the kernel would not give: what is done here, what there.
std::string DisagreeingText(const Probed& probed, const KernelProfile& kernel) {
  std::string text;
  for (const ProbeAnswer* answer : Disagreeing(probed.result, kernel)) {
    const Trait& trait = *answer->trait;
    const TraitValue here{&trait, *answer->value};
    std::string line = absl::StrCat(here.Sentence(), "; there it ", View(AnswerOf(kernel, trait)));
    if (!trait.commit.empty()) {
      const std::string_view releases = ReleasesOf(trait.commit);
      absl::StrAppend(&line, " (", View(trait.commit), releases.empty() ? "" : " ", View(releases),
                      ")");
    }
    absl::StrAppend(&text, "         ", Wrapped(line, 9), "\n");
  }
  return text;
}

std::string ToText(const Probed& probed) {
  std::string text = absl::StrCat("kernel   Linux ", probed.release, ", HZ ", probed.hz, "\n");
  const KernelProfile& nearest = *probed.result.nearest.back();
  absl::StrAppend(&text, "nearest  ", absl::StrJoin(NamesOf(probed.result.nearest), ", "), ": ",
                  probed.result.agreeing, " of ", probed.result.known, " answers agree\n",
                  DisagreeingText(probed, nearest));
  const std::string newest = DisagreeingText(probed, Newest());
  absl::StrAppend(&text, "newest   ", newest.empty() ? "no answer differs from " : "differs from ",
                  View(Newest().name), newest.empty() ? "\n" : " in\n", newest, "\n");
  for (const ProbeAnswer& answer : probed.result.answers) {
    const Trait& trait = *answer.trait;
    const std::string said = answer.value
                                 ? std::string(trait.values[*answer.value])
                                 : absl::StrCat(answer.reason.starts_with("not") ? "" : "unknown: ",
                                                View(answer.reason));
    absl::StrAppend(&text, absl::StrFormat("  %-28s %s\n", View(trait.name), said));
  }
  return text;
}

// The same word, run where the guest's kernel is the host.
CommandResult ProbeInGuest(const ProbeArguments& options) {
  GuestRun run{.target = options.on, .arguments = {"probe"}, .files = {}};
  if (options.output.json) run.arguments.emplace_back("--json");
  return RunInGuestOf(run, options.guest);
}

CommandResult Run(const ProbeArguments& options) {
  if (NamesGuest(options.on)) return ProbeInGuest(options);
  if (options.on != "host") {
    return absl::InvalidArgumentError(
        absl::StrCat("unknown target '", options.on, "'; host or guest:NAME"));
  }
  Environment environment;
  environment.hz = KernelHz().value_or(environment.hz);
  absl::StatusOr<std::unique_ptr<LinuxHost>> host = LinuxHost::Open(environment);
  if (!host.ok()) return host.status();
  const Slack slack{.wheel = true, .late = std::chrono::milliseconds(20)};
  absl::StatusOr<ProbeResult> result = Probe(**host, environment, slack);
  if (!result.ok()) return result.status();
  Probed probed{.release = KernelRelease(), .hz = environment.hz, .result = *std::move(result)};
  const std::string text =
      options.output.json ? ToJson(probed, options.on).dump(2) + "\n" : ToText(probed);
  std::fputs(text.c_str(), stdout);
  return kExitHeld;
}

}  // namespace

Command AddProbe(CLI::App& parent) {
  const auto options = std::make_shared<ProbeArguments>();
  CLI::App* const app =
      parent.add_subcommand("probe", "Ask the running kernel which of the known behaviours it has");
  app->add_option("--on", options->on, "host, guest:NAME or guest:PATH")->capture_default_str();
  AddGuestOptions(*app, options->guest);
  AddOutputOptions(*app, options->output);
  app->footer(
      "The kernel is asked from outside, in a network namespace of its own: short exchanges to\n"
      "which kernels that differ in one behaviour answer differently. Its version is not looked\n"
      "at. Takes about a second.\n"
      "Examples:\n"
      "  finwait probe\n"
      "  finwait probe --on guest:linux-5.10 --json\n"
      "Exit codes: 0 asked; 3 it cannot be asked here.");
  return Command{app, [options] { return Run(*options); }};
}

}  // namespace finwait
