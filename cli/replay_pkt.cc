// SPDX-License-Identifier: Apache-2.0
//
// finwait replay FILE.pkt: packetdrill scripts on a model or on the running kernel, line by line.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/replay.h"
#include "packetdrill/ktap.h"
#include "packetdrill/plan.h"
#include "packetdrill/run.h"
#include "stacks/linux_host.h"
#include "stacks/model_stack.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;
using pkt::FileResult;
using pkt::LineResult;
using pkt::Outcome;

constexpr std::string_view kModel = "model:";
// The running kernel's timers may be late, and so may this program: a script that fails there is
// run again before it is believed.
constexpr int kTriesOnHost = 3;

absl::StatusOr<std::unique_ptr<Stack>> OpenTarget(const std::string& on,
                                                  const Environment& environment) {
  if (on == "host") {
    absl::StatusOr<std::unique_ptr<LinuxHost>> host = LinuxHost::Open(environment);
    if (!host.ok()) return host.status();
    return std::unique_ptr<Stack>(*std::move(host));
  }
  if (!on.empty() && !on.starts_with(kModel)) {
    return absl::InvalidArgumentError(
        absl::StrCat("unknown target '", on, "'; see: finwait list targets"));
  }
  const KernelProfile* kernel = &Profiles().back();
  if (!on.empty()) {
    const absl::StatusOr<const KernelProfile*> named = ParseKernel(on.substr(kModel.size()));
    if (!named.ok()) return named.status();
    kernel = *named;
  }
  return std::unique_ptr<Stack>(std::make_unique<ModelStack>(Host{*kernel, environment}));
}

// What speaks against the script itself becomes a refusal; what the machine lacks, an error.
absl::StatusOr<FileResult> RunScriptAt(const std::string& path, const std::string& on) {
  FileResult result;
  result.path = path;
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  const absl::StatusOr<pkt::File> file = pkt::ParseFile(path, *text);
  const absl::StatusOr<pkt::Plan> plan = file.ok() ? pkt::PlanOf(*file) : file.status();
  if (!plan.ok()) {
    result.refusal = std::string(plan.status().message());
    return result;
  }
  const absl::StatusOr<std::unique_ptr<Stack>> stack = OpenTarget(on, plan->settings.environment);
  if (!stack.ok()) return stack.status();
  const int tries_max = on == "host" ? kTriesOnHost : 1;
  for (result.tries = 1;; ++result.tries) {
    absl::StatusOr<pkt::Ran> ran = pkt::RunFile(*file, *plan, **stack);
    if (absl::IsUnavailable(ran.status())) return ran.status();
    if (!ran.ok()) {
      result.refusal = std::string(ran.status().message());
      return result;
    }
    result.ran = *std::move(ran);
    if (result.Held() || result.tries == tries_max) return result;
  }
}

const char* WordFor(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSetUp:
      return "set up";
    case Outcome::kHeld:
      return "ok";
    case Outcome::kFailed:
      return "FAILED";
    case Outcome::kNotRun:
      return "not run";
  }
  return "";
}

void PrintLine(const LineResult& line) {
  const bool failed = line.outcome == Outcome::kFailed;
  const bool answered = !failed && !line.came.empty();
  std::printf("%5d  %-7s  %s", line.line, WordFor(line.outcome), line.text.c_str());
  if (answered) {
    constexpr size_t kColumn = 46;  // Where what came begins, where the line leaves room.
    const size_t gap = line.text.size() + 2 < kColumn ? kColumn - line.text.size() : 2;
    std::printf("%s%s", std::string(gap, ' ').c_str(), line.came.c_str());
  }
  std::printf("\n");
  if (!failed) return;
  std::printf("                expected  %s\n                came      %s\n", line.expected.c_str(),
              line.came.c_str());
}

void PrintVerdict(const FileResult& result) {
  const LineResult* const failed = result.ran.Failed();
  const std::string tries = result.tries > 1 ? absl::StrCat("  (in ", result.tries, " tries)") : "";
  std::printf("%s  %s on %s%s\n", failed == nullptr ? "HELD  " : "FAILED", result.path.c_str(),
              result.ran.target.c_str(), tries.c_str());
}

// All lines of a script; of one among many only what failed.
void PrintText(const FileResult& result, bool alone) {
  if (!result.refusal.empty()) {
    std::fprintf(stderr, "finwait: %s\n", result.refusal.c_str());
    return;
  }
  for (const LineResult& line : result.ran.lines) {
    if (alone || line.outcome == Outcome::kFailed) PrintLine(line);
  }
  for (const std::string& segment : result.ran.unasked) {
    if (alone) std::printf("       unasked  > %s\n", segment.c_str());
  }
  if (alone) std::printf("\n");
  PrintVerdict(result);
}

Json ToJson(const FileResult& result) {
  Json lines = Json::array();
  for (const LineResult& line : result.ran.lines) {
    lines.push_back({{"line", line.line},
                     {"text", line.text},
                     {"outcome", WordFor(line.outcome)},
                     {"expected", line.expected},
                     {"came", line.came}});
  }
  Json json{{"file", result.path}, {"target", result.ran.target}, {"held", result.Held()}};
  if (!result.refusal.empty()) json["refusal"] = result.refusal;
  json["tries"] = result.tries;
  json["lines"] = lines;
  json["unasked"] = result.ran.unasked;
  return json;
}

std::set<std::string> FilesBelow(const std::string& path, const std::string& ending) {
  std::set<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path, error)) {
    if (entry.path().extension() == ending) files.insert(entry.path().string());
  }
  return files;
}

}  // namespace

bool NamesPackets(const std::string& path) {
  if (path.ends_with(".pkt")) return true;
  return !FilesBelow(path, ".pkt").empty() && FilesBelow(path, ".sched").empty();
}

CommandResult ReplayPackets(const ReplayOptions& options) {
  const std::string& path = options.argument.path;
  if (options.matrix || !options.property.empty() || !options.kernel.empty() ||
      !options.a.empty() || !options.b.empty()) {
    return absl::InvalidArgumentError(
        "a packetdrill script takes --on TARGET, and none of --matrix, --property, --kernel, --a, "
        "--b");
  }
  const std::set<std::string> below = FilesBelow(path, ".pkt");
  const bool alone = below.empty();
  std::vector<FileResult> results;
  for (const std::string& file : alone ? std::set<std::string>{path} : below) {
    absl::StatusOr<FileResult> result = RunScriptAt(file, options.on);
    if (!result.ok()) return result.status();
    if (!options.ktap && !options.output.json) PrintText(*result, alone);
    results.push_back(*std::move(result));
  }
  if (options.ktap) std::fputs(pkt::KtapText(results).c_str(), stdout);
  if (options.output.json && !options.ktap) {
    Json json = Json::array();
    for (const FileResult& result : results) json.push_back(ToJson(result));
    std::printf("%s\n", json.dump(2).c_str());
  }
  const auto held = std::count_if(results.begin(), results.end(),
                                  [](const FileResult& result) { return result.Held(); });
  const bool refused = std::any_of(results.begin(), results.end(), [](const FileResult& result) {
    return !result.refusal.empty();
  });
  if (!alone && !options.ktap && !options.output.json) {
    std::printf("%d of %zu scripts held\n", static_cast<int>(held), results.size());
  }
  if (refused) return kExitUsage;
  return held == static_cast<long>(results.size()) ? kExitHeld : kExitViolated;
}

}  // namespace finwait
