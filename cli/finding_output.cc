// SPDX-License-Identifier: Apache-2.0
#include "cli/finding_output.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/hunt_output.h"
#include "fuzz/keep.h"
#include "report/facts.h"
#include "report/ladder.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

double Milliseconds(Duration d) { return static_cast<double>(d.count()) / 1000.0; }

// What happened, in a sentence.
std::string Headline(const Finding& finding) {
  const std::string end(1, Letter(finding.violation.actor));
  const std::string peer(1, Letter(Peer(finding.violation.actor)));
  const bool fin = kProperties[finding.property].name.starts_with("fin-");
  const bool text = kProperties[finding.property].name.starts_with("text-");
  if (!fin && !text) return std::string(kProperties[finding.property].claim);
  const char* const what = fin ? "a FIN" : "text";
  return finding.violation.recovered.has_value()
             ? absl::StrCat(end, " discarded ", what, " it had not yet taken; only ", peer,
                            "'s retransmission saved it.")
             : absl::StrCat(end, " discarded ", what, " it had not yet taken, for good.");
}

}  // namespace

Json ToJson(const Finding& finding) {
  const Violated& v = finding.violation;
  Json json{{"property", kProperties[finding.property].name},
            {"rule", Name(v.rule)},
            {"cause", finding.cause.Id()},
            {"known", !finding.known_in.empty()},
            {"index", finding.index},
            {"choices", finding.minimal.choices.size()},
            {"packets", finding.packets},
            {"minimal", finding.proven_minimal}};
  json["recovery_ms"] = v.recovered.has_value() ? Json(Milliseconds(*v.recovered)) : Json(nullptr);
  json["rto_ms"] = v.limit > Duration(0) ? Json(Milliseconds(v.limit)) : Json(nullptr);
  json["origins"] = Json::array();
  for (const TraitValue& origin : finding.origins) json["origins"].push_back(origin.trait->name);
  json["found_choices"] = finding.found.choices.size();
  json["executions"] = finding.executions;
  json["proof_states"] = finding.proof_states;
  json["found"] = FormatOneLine(finding.found);
  json["schedule"] = FormatOneLine(finding.minimal);
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
  absl::StrAppend(&text, "  ", Headline(finding), "\n  ", finding.found.choices.size(),
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
  const Story story = Tell(finding.minimal, Labels{}, finding.property, finding.violation);
  const DrawOptions draw{output.ascii, output.colour};
  return absl::StrCat("\n", DrawLadder(story, draw), "\n", FactsText(story));
}

absl::StatusOr<std::string> Keep(const Finding& finding, const std::string& directory) {
  return KeepSchedule(finding.minimal, finding.cause, directory);
}

}  // namespace finwait
