// SPDX-License-Identifier: Apache-2.0
#include "cli/finding_output.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/hunt_output.h"
#include "fuzz/keep.h"
#include "report/finding_text.h"
#include "report/wrap.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

double Milliseconds(Duration d) { return static_cast<double>(d.count()) / 1000.0; }

Json NamesJson(const std::vector<std::string_view>& names) {
  Json json = Json::array();
  for (const std::string_view name : names) json.push_back(name);
  return json;
}

Json OriginJson(const Finding& finding, const TraitValue& origin) {
  const KernelProfile& kernel = finding.minimal.setup[finding.violation.actor].host.kernel;
  const TraitValue here{origin.trait, origin.trait->get(kernel)};
  return Json{{"behaviour", origin.trait->name},
              {"here", here.Sentence()},
              {"holds_where", origin.Sentence()},
              {"commit", origin.trait->commit}};
}

}  // namespace

Json ToJson(const Finding& finding) {
  const Violated& v = finding.violation;
  Json json{{"property", kProperties[finding.property].name},
            {"says", finding.says},
            {"end", std::string(1, Letter(v.actor))},
            {"rule", Name(v.rule)},
            {"cause", finding.cause.Id()},
            {"known", !finding.IsNew()},
            {"schedule_number", finding.index},
            {"choices", finding.minimal.choices.size()},
            {"packets", finding.packets},
            {"proven_minimal", finding.proven_minimal}};
  json["recovery_ms"] = v.recovered.has_value() ? Json(Milliseconds(*v.recovered)) : Json(nullptr);
  json["rto_ms"] = v.limit > Duration(0) ? Json(Milliseconds(v.limit)) : Json(nullptr);
  json["origins"] = Json::array();
  for (const TraitValue& origin : finding.origins) {
    json["origins"].push_back(OriginJson(finding, origin));
  }
  json["violated_on"] = NamesJson(finding.violated_on);
  json["holds_on"] = NamesJson(finding.holds_on);
  json["avoided_by"] = Json::array();
  for (const Mode mode : finding.avoided_by) json["avoided_by"].push_back(Name(mode));
  json["found_choices"] = finding.found.choices.size();
  json["shrink_runs"] = finding.executions;
  json["proof_states"] = finding.proof_states;
  json["found"] = FormatOneLine(finding.found);
  json["schedule"] = FormatOneLine(finding.minimal);
  if (finding.other.has_value()) {
    json["other_run"] = Json{{"change", finding.other->change},
                             {"schedule", FormatOneLine(finding.other->schedule)}};
  }
  return json;
}

std::string OriginNames(const Finding& finding) {
  return absl::StrJoin(finding.origins, " or ", [](std::string* out, const TraitValue& origin) {
    absl::StrAppend(out, View(origin.trait->name));
  });
}

std::string FindingHeadline(const Finding& finding, double seconds, const Output& output) {
  const std::string red = output.colour ? "\x1b[1;31m" : "";
  const std::string plain = output.colour ? "\x1b[0m" : "";
  const Schedule& minimal = finding.minimal;
  std::string text = absl::StrCat(
      PairName(minimal.setup), "  ", red, "VIOLATED", plain, "  ",
      View(kProperties[finding.property].name),
      absl::StrFormat("    schedule %s, after %.2f s\n", Grouped(finding.index), seconds));
  absl::StrAppend(&text, "  ", Wrapped(finding.says, 2), "\n  ", finding.found.choices.size(),
                  " choices shrunk to ", minimal.choices.size(), " in ", finding.executions,
                  " runs. ");
  absl::StrAppend(&text, finding.proven_minimal ? "Proven minimal: every shorter one holds.\n"
                                                : "Not proven minimal within the budget.\n");
  for (const Side side : {Side::kA, Side::kB}) {
    const uint16_t buffer = minimal.setup[side].host.environment.rcv_buffer;
    if (buffer == Environment{}.rcv_buffer) continue;
    absl::StrAppend(&text, "  ", std::string(1, Letter(side)), " has a receive buffer of ", buffer,
                    " bytes.\n");
  }
  return text;
}

std::string FindingLadder(const Finding& finding, const Output& output) {
  return FindingText(finding, Labels{}, DrawOptions{output.ascii, output.colour});
}

absl::StatusOr<std::string> Keep(const Finding& finding, const std::string& directory) {
  return KeepSchedule(finding.minimal, finding.cause, directory);
}

}  // namespace finwait
