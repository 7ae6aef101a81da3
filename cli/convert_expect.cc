// SPDX-License-Identifier: Apache-2.0
#include "cli/convert_expect.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "fuzz/corpus.h"
#include "fuzz/finding.h"
#include "fuzz/view.h"
#include "model/tcp/rule.h"

namespace finwait {
namespace {

// "old-ack-while-closing=taken": a behaviour, and enough of what it does to tell its values apart.
absl::StatusOr<TraitValue> ParseChange(const std::string& text) {
  const size_t equals = text.find('=');
  const Trait* const trait = FindTrait(text.substr(0, equals));
  if (trait == nullptr || equals == std::string::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("--expect takes fixed, observed or BEHAVIOUR=VALUE, not '", text,
                     "'; behaviours and values: finwait list behaviours"));
  }
  const std::string value = text.substr(equals + 1);
  std::optional<TraitValue> change;
  std::string known;
  for (uint8_t i = 0; i < trait->values.size(); ++i) {
    const std::string words(trait->values[i]);
    absl::StrAppend(&known, i == 0 ? "" : "' and '", words);
    if (value.empty() || words.find(value) == std::string::npos) continue;
    if (change.has_value() && words != value) {
      return absl::InvalidArgumentError(absl::StrCat("--expect: '", value,
                                                     "' is more than one of '", words, "' and '",
                                                     View(change->Words()), "'"));
    }
    change = TraitValue{trait, i};
  }
  if (change.has_value()) return *change;
  return absl::InvalidArgumentError(absl::StrCat("--expect: ", View(trait->name), " has no value '",
                                                 value, "'; it has '", known, "'"));
}

}  // namespace

absl::StatusOr<std::vector<TraitValue>> ChangesFor(const ScheduleFile& file,
                                                   const std::string& expect) {
  if (expect == "observed") return std::vector<TraitValue>{};
  if (expect != "fixed") {
    const absl::StatusOr<TraitValue> change = ParseChange(expect);
    if (!change.ok()) return change.status();
    return std::vector<TraitValue>{*change};
  }
  std::vector<Schedule> shown = {file.schedule};
  for (const KernelProfile& kernel : Profiles()) {
    shown.push_back(WithKernel(file.schedule, kernel));
  }
  for (const Schedule& schedule : shown) {
    const std::optional<Finding> finding = FirstFinding(schedule, EveryProperty());
    if (finding.has_value() && !finding->origins.empty()) return finding->origins;
  }
  return absl::InvalidArgumentError(
      "--expect fixed: the schedule shows nothing that a change of one behaviour would mend; use "
      "--expect observed, or --expect BEHAVIOUR=VALUE");
}

std::string CommitOf(const Trait& trait) {
  for (const Rule& rule : Rules()) {
    if (!trait.commit.empty() && rule.commit.starts_with(trait.commit)) {
      return std::string(rule.commit);
    }
  }
  return std::string(trait.commit);
}

}  // namespace finwait
