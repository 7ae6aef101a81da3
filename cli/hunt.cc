// SPDX-License-Identifier: Apache-2.0
//
// finwait hunt: random search, pair by pair of kernels.
#include "fuzz/hunt.h"

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/exhaustive.h"
#include "cli/finding_output.h"
#include "cli/hunt_arguments.h"
#include "cli/hunt_output.h"
#include "cli/interrupt.h"
#include "fuzz/known.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;
using SteadyClock = std::chrono::steady_clock;

absl::StatusOr<HuntOptions> ToHunt(const HuntArguments& options,
                                   const std::array<EndChoice, 2>& pair) {
  HuntOptions hunt;
  hunt.setup = PairOf(*pair[0].kernel, *pair[1].kernel);
  hunt.rules.modes = {pair[0].mode, pair[1].mode};
  for (const Side side : {Side::kA, Side::kB}) hunt.setup[side].quirk = pair[Index(side)].peer;
  if (!options.mode.empty()) {
    const absl::StatusOr<Mode> mode = ParseMode(options.mode);
    if (!mode.ok()) return mode.status();
    if (*mode != Mode::kAny) {
      hunt.victim_mode = *mode;
      hunt.rules.modes[0] = *mode;
    }
  }
  hunt.small_windows = true;
  hunt.seed = options.seed;
  hunt.schedules_max = options.schedules;
  hunt.keep_going = options.keep_going;
  hunt.proof.states_max = options.proof_states;
  return hunt;
}

class HuntCommand {
 public:
  explicit HuntCommand(const HuntArguments& options) : options_(options) {}
  CommandResult Run();

 private:
  void Take(const Finding& finding);
  absl::Status HuntPair(const std::array<EndChoice, 2>& pair);
  void Tell(const HuntOptions& hunt, const HuntResult& result, const Timing& timing);
  void TellCauses();

  const HuntArguments& options_;
  // Of a cause that was found.
  struct Told {
    bool fresh = false;
    std::string path;    // The file that keeps it; if another of its origin is known, that one's.
    std::string origin;  // Names, or empty.
    std::string line;    // The schedule, where no file has it.
  };

  Known known_;
  PropertySet properties_;
  Json json_ = Json::array();
  std::map<std::string, Told> causes_;  // By id.
  size_t violations_ = 0;
  bool vacuous_ = false;
  absl::Status kept_;  // The first error in keeping a finding: told once all was shown.
};

// Hears of a finding as it is made, and keeps what is new at once, before anything else can fail.
void HuntCommand::Take(const Finding& finding) {
  Told told{finding.IsNew(), finding.known_in, OriginNames(finding), ""};
  std::string where = finding.IsNew() ? "" : ", already known";
  if (told.fresh) {
    const absl::StatusOr<std::string> path = Keep(finding, options_.findings);
    told.line = path.ok() ? "" : FormatOneLine(finding.minimal);
    told.path = path.ok() ? *path : "";
    if (path.ok()) where = ", kept: " + NearPath(*path);
    kept_.Update(path.status());
  } else if (!known_.Has(finding.cause.Id())) {
    told.line = FormatOneLine(finding.minimal);
  }
  std::fprintf(stderr, "%sfound    %s %s%s\n", IsTerminal(stderr) ? "\r\x1b[K" : "",
               finding.cause.Id().c_str(), kProperties[finding.property].name.data(),
               where.c_str());
  causes_.emplace(finding.cause.Id(), std::move(told));
}

void HuntCommand::Tell(const HuntOptions& hunt, const HuntResult& result, const Timing& timing) {
  bool any_applied = false;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    any_applied |= result.applied[i] > 0;
    vacuous_ |= !options_.properties.empty() && hunt.properties.Has(i) && result.applied[i] == 0;
  }
  vacuous_ |= !any_applied;
  const PropertySet never_shown = NeverShown(hunt, result);
  violations_ += result.findings.size() + static_cast<size_t>(never_shown.Count());
  if (options_.output.json) {
    json_.push_back(ToJson(hunt, result, timing));
    return;
  }
  std::string text = NeverShownText(hunt, result, options_.output);
  if (!result.findings.empty()) {
    text += FindingsText(result, timing, options_.output);
  } else if (text.empty()) {
    text = HeldText(hunt, result, timing.seconds, options_.output);
  }
  std::printf("\n%s", text.c_str());
}

absl::Status HuntCommand::HuntPair(const std::array<EndChoice, 2>& pair) {
  absl::StatusOr<HuntOptions> hunt = ToHunt(options_, pair);
  if (!hunt.ok()) return hunt.status();
  hunt->properties = properties_;
  hunt->known = known_;
  hunt->stop = CatchInterrupts();
  const SteadyClock::time_point started = SteadyClock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(SteadyClock::now() - started).count();
  };
  Timing timing;
  if (IsTerminal(stderr)) {
    hunt->progress = [&](uint64_t done) {
      if (done % (1U << 14U) != 0) return;
      std::fprintf(stderr, "\r%s\x1b[K\r",
                   ProgressText(PairName(hunt->setup), done, options_.schedules, seconds(),
                                timing.found_after.size())
                       .c_str());
    };
  }
  const HuntResult result = Hunt(*hunt, [&](const Finding& finding) {
    timing.found_after.push_back(seconds());
    Take(finding);
  });
  if (IsTerminal(stderr)) std::fprintf(stderr, "\r\x1b[K");
  timing.seconds = seconds();
  Tell(*hunt, result, timing);
  return absl::OkStatus();
}

void HuntCommand::TellCauses() {
  if (causes_.empty()) return;
  size_t fresh = 0;
  for (const auto& [id, told] : causes_) fresh += told.fresh ? 1 : 0;
  std::printf("\n%zu %s, %zu new     exit %d (violation)\n", causes_.size(),
              causes_.size() == 1 ? "cause" : "causes", fresh, kExitViolated);
  for (const auto& [id, told] : causes_) {
    const std::string shown = ShellQuoted(NearPath(told.path));
    if (told.fresh && told.path.empty()) {
      std::printf("  %s, NEW, could not be kept\n  again  ./x replay -e '%s'\n", id.c_str(),
                  told.line.c_str());
      continue;
    }
    if (!told.line.empty()) {
      std::printf("  %s, another of a known origin: %s\n", id.c_str(), told.origin.c_str());
      std::printf("  again  ./x replay -e '%s'\n  known  ./x replay %s\n", told.line.c_str(),
                  shown.c_str());
      continue;
    }
    const std::string of = told.origin.empty() ? "" : ", origin " + told.origin;
    std::printf("  %s, %s\n", id.c_str(), told.fresh ? ("NEW" + of).c_str() : "already known");
    std::printf("  again  ./x replay %s\n  next   ./x replay --matrix %s\n", shown.c_str(),
                shown.c_str());
    if (told.fresh) std::printf("  keep   ./x corpus add %s\n", id.c_str());
  }
}

CommandResult HuntCommand::Run() {
  CatchInterrupts();
  const absl::StatusOr<Known> known = KnownTo(options_);
  if (!known.ok()) return known.status();
  known_ = *known;
  const absl::StatusOr<std::vector<std::array<EndChoice, 2>>> pairs = Pairs(options_);
  if (!pairs.ok()) return pairs.status();
  const absl::StatusOr<PropertySet> properties = ParseProperties(options_.properties);
  if (!properties.ok()) return properties.status();
  properties_ = *properties;
  if (!options_.output.json) {
    std::vector<std::string> kernels;
    for (const auto& pair : *pairs) {
      kernels.push_back(PairName(PairOf(*pair[0].kernel, *pair[1].kernel)));
    }
    std::printf("hunt     %d properties, %s, seed %llu, %s\n", properties_.Count(),
                options_.mode.empty() ? "every close mode" : ("mode " + options_.mode).c_str(),
                static_cast<unsigned long long>(options_.seed),
                absl::StrJoin(kernels, " and ").c_str());
  }
  for (const std::array<EndChoice, 2>& pair : *pairs) {
    if (absl::Status status = HuntPair(pair); !status.ok()) return status;
    if (WasInterrupted()) break;
  }
  if (options_.output.json) {
    std::printf("%s\n", json_.dump(2).c_str());
  } else {
    TellCauses();
  }
  if (!kept_.ok()) return kept_;
  if (WasInterrupted()) return ExitAfterInterrupt(kExitHeld);
  if (violations_ > 0) return kExitViolated;
  if (vacuous_ && !options_.allow_vacuous) {
    std::fprintf(stderr, "finwait: a property never applied (--allow-vacuous accepts that)\n");
    return kExitViolated;
  }
  return kExitHeld;
}

}  // namespace

Command AddHunt(CLI::App& parent) {
  const auto options = std::make_shared<HuntArguments>();
  CLI::App* const app = parent.add_subcommand(
      "hunt",
      "Search random schedules for a violation; shrink it, prove it minimal, explain it. Or search "
      "every schedule of a region");
  AddHuntOptions(*app, *options);
  return Command{app, [options]() -> CommandResult {
                   if (!options->exhaustive.join.empty()) return JoinShardFiles(*options);
                   if (options->exhaustive.on) return HuntExhaustively(*options);
                   return HuntCommand(*options).Run();
                 }};
}

}  // namespace finwait
