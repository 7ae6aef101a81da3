// SPDX-License-Identifier: Apache-2.0
#include "cli/exhaustive_output.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/finding_output.h"
#include "cli/hunt_output.h"
#include "fuzz/schedule_file.h"
#include "model/world/fingerprint.h"
#include "report/wrap.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

const ExhaustFinding* FindingOf(const ExhaustResult& result, size_t property) {
  for (const ExhaustFinding& finding : result.findings) {
    if (finding.property == property) return &finding;
  }
  return nullptr;
}

double PerState(const ExhaustResult& result) {
  double most = 0;
  for (const ExhaustPass& pass : result.passes) {
    if (pass.counts.states == 0) continue;
    most = std::max(most,
                    static_cast<double>(pass.bytes_peak) / static_cast<double>(pass.counts.states));
  }
  return most;
}

double Rate(const ExhaustResult& result) {
  return static_cast<double>(result.counts.states) / std::max(result.seconds, 1e-9);
}

Json RegionJson(const Region& region) {
  return Json{{"calls", region.calls},
              {"sends", region.sends},
              {"reads", region.reads},
              {"in_flight", region.in_flight},
              {"losses", region.losses},
              {"duplicates", region.duplicates},
              {"retransmissions", region.retransmissions},
              {"modes", {Name(region.modes[0]), Name(region.modes[1])}}};
}

Json PropertyJson(const ExhaustResult& result, size_t property) {
  Json json{{"property", kProperties[property].name},
            {"verdict", VerdictWord(result, property)},
            {"states", PassOf(result, property).counts.states},
            {"edges", PassOf(result, property).counts.edges}};
  const ExhaustFinding* const finding = FindingOf(result, property);
  if (finding == nullptr) return json;
  json["schedule"] = FormatOneLine(finding->shortest);
  json["choices"] = finding->shortest.choices.size();
  json["shortest"] = true;
  json["violates_in_full_model"] = finding->replayed.has_value();
  if (finding->replayed.has_value()) json["finding"] = ToJson(*finding->replayed);
  return json;
}

std::string FindingText(const ExhaustFinding& finding) {
  std::string text = absl::StrCat("    shortest    ", finding.shortest.choices.size(),
                                  " choices; every shorter one in the region holds\n");
  if (finding.replayed.has_value()) {
    absl::StrAppend(&text, "    full model  violated too, by ", View(Name(finding.rule)), ": ",
                    finding.replayed->cause.Id(), "\n    says        ",
                    Wrapped(finding.replayed->says, 16), "\n");
  } else {
    absl::StrAppend(&text, "    full model  HOLDS: what the region freezes made the difference\n");
  }
  absl::StrAppend(&text, "    again       ./x replay -e ",
                  ShellQuoted(FormatOneLine(finding.shortest)), "\n");
  return text;
}

std::string Coloured(std::string_view word, const Output& output) {
  if (!output.colour) return std::string(word);
  return absl::StrCat(word == "VIOLATED" ? "\x1b[1;31m" : "\x1b[1;32m", View(word), "\x1b[0m");
}

}  // namespace

std::string SizeText(uint64_t bytes) {
  const auto b = static_cast<double>(bytes);
  return bytes >= 1'000'000'000 ? absl::StrFormat("%.1f GB", b / 1e9)
                                : absl::StrFormat("%.0f MB", b / 1e6);
}

std::string_view VerdictWord(const ExhaustResult& result, size_t property) {
  if (FindingOf(result, property) != nullptr || result.not_shown.Has(property)) return "violated";
  if (Searchable(Only(property)) == PropertySet{}) return "skipped";
  if (!PassOf(result, property).complete) return "unfinished";
  return result.applied.Has(property) ? "holds" : "vacuous";
}

Json ToJson(const ExhaustOptions& options, const ExhaustResult& result) {
  Json properties = Json::array();
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (options.properties.Has(i)) properties.push_back(PropertyJson(result, i));
  }
  Json shard{{"number", options.shard.number}, {"count", options.shard.count}};
  return Json{{"a", options.setup[Side::kA].host.kernel.name},
              {"b", options.setup[Side::kB].host.kernel.name},
              {"kernel", PairName(options.setup)},
              {"exhaustive", true},
              {"region", RegionJson(options.region)},
              {"shard", shard},
              {"complete", result.complete},
              {"interrupted", result.stopped},
              {"symmetric", result.symmetric},
              {"frozen", FrozenText(result)},
              {"fingerprint_version", kFingerprintVersion},
              {"states", result.counts.states},
              {"edges", result.counts.edges},
              {"edges_leaving", result.counts.left},
              {"truncated", result.counts.bound},
              {"settled", result.counts.settled},
              {"levels", result.levels},
              {"passes", result.passes.size()},
              {"bytes_per_state", PerState(result)},
              {"bytes_peak", result.bytes_peak},
              {"properties", properties},
              {"timing",
               {{"seconds", result.seconds},
                {"states_per_second", Rate(result)},
                {"jobs", options.jobs},
                {"resumed", result.resumed}}}};
}

std::string ExhaustText(const ExhaustOptions& options, const ExhaustResult& result,
                        const Output& output) {
  const bool violated = !result.findings.empty() || result.not_shown != PropertySet{};
  const std::string_view word = violated ? "VIOLATED" : result.complete ? "HELD" : "UNFINISHED";
  std::string text = absl::StrFormat(
      "\n%s  %s  %s states, %s edges, %d passes in %.1f s; %s states/s, %.1f bytes a state%s\n",
      PairName(options.setup), Coloured(word, output), Grouped(result.counts.states),
      Grouped(result.counts.edges), result.passes.size(), result.seconds,
      Grouped(static_cast<uint64_t>(Rate(result))), PerState(result),
      result.symmetric ? ", mirror images folded" : "");
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!Searchable(options.properties).Has(i)) continue;
    absl::StrAppend(
        &text,
        absl::StrFormat("  %-28s %s states, %s edges, %s\n", View(kProperties[i].name),
                        Grouped(PassOf(result, i).counts.states),
                        Grouped(PassOf(result, i).counts.edges), View(VerdictWord(result, i))));
    if (const ExhaustFinding* const finding = FindingOf(result, i)) text += FindingText(*finding);
    if (result.not_shown.Has(i)) {
      absl::StrAppend(&text, "    shortest    not found: ",
                      result.stopped ? "interrupted" : "the memory limit ended the search for it",
                      "\n");
    }
  }
  if (result.counts.bound > 0) {
    absl::StrAppend(&text, "  ", Grouped(result.counts.bound),
                    " choices filled a queue of the model: what follows them is not judged\n");
  }
  for (const ExhaustFinding& finding : result.findings) {
    if (finding.replayed.has_value()) return text + FindingLadder(*finding.replayed, output);
  }
  return text;
}

std::string JoinedText(const ShardResult& joined, uint32_t shards) {
  std::string text = absl::StrFormat(
      "joined   %d shards, %s states and %s edges in sum (some in more than one shard)\n%s\n",
      shards, Grouped(joined.states), Grouped(joined.edges), joined.search);
  for (const std::string& property : joined.properties) {
    const auto& applied = joined.applied;
    std::string verdict =
        std::find(applied.begin(), applied.end(), property) == applied.end() ? "vacuous" : "holds";
    for (const ShardViolation& v : joined.violations) {
      if (v.property == property) {
        verdict = absl::StrCat("violated\n    again  ./x replay -e ", ShellQuoted(v.schedule));
      }
    }
    absl::StrAppend(&text, absl::StrFormat("  %-28s %s\n", property, verdict));
  }
  return text;
}

}  // namespace finwait
