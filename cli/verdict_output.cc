// SPDX-License-Identifier: Apache-2.0
#include "cli/verdict_output.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "fuzz/matrix.h"
#include "fuzz/view.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

std::string Milliseconds(Duration d) {
  return absl::StrFormat("%g ms", static_cast<double>(d.count()) / 1000.0);
}

}  // namespace

std::string VerdictText(const Verdict& verdict) {
  if (const auto* violated = std::get_if<Violated>(&verdict)) {
    std::string text = absl::StrCat("violated by ", View(Name(violated->rule)), " at ",
                                    std::string(1, Letter(violated->actor)), ", choice ",
                                    violated->choice_index + 1);
    if (violated->recovered.has_value()) {
      absl::StrAppend(&text, "; made good after ", Milliseconds(*violated->recovered));
    }
    if (violated->limit > Duration(0)) {
      absl::StrAppend(&text, "; limit ", Milliseconds(violated->limit));
    }
    return text;
  }
  const auto* holds = std::get_if<Holds>(&verdict);
  if (const auto* departs = std::get_if<Departs>(&verdict)) {
    return absl::StrCat("departs: ", View(departs->departure));
  }
  if (holds == nullptr) return "vacuous";
  if (!holds->rescue.has_value()) return "holds";
  const double rtos = static_cast<double>(holds->rescue->took.count()) /
                      static_cast<double>(holds->rescue->limit.count());
  return absl::StrCat("holds; discarded once, made good after ", Milliseconds(holds->rescue->took),
                      absl::StrFormat(" (%.2f RTO)", rtos));
}

Json ToJson(const Verdict& verdict) {
  Json json{{"verdict", VerdictName(verdict)}};
  if (const auto* violated = std::get_if<Violated>(&verdict)) {
    json["rule"] = Name(violated->rule);
    json["end"] = std::string(1, Letter(violated->actor));
    json["choice"] = violated->choice_index + 1;
    json["recovery_ms"] = violated->recovered.has_value()
                              ? Json(static_cast<double>(violated->recovered->count()) / 1000.0)
                              : Json(nullptr);
    json["rto_ms"] = static_cast<double>(violated->limit.count()) / 1000.0;
  } else if (const auto* holds = std::get_if<Holds>(&verdict);
             holds != nullptr && holds->rescue.has_value()) {
    json["rescued_ms"] = static_cast<double>(holds->rescue->took.count()) / 1000.0;
  }
  return json;
}

}  // namespace finwait
