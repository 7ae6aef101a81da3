// SPDX-License-Identifier: Apache-2.0
#include "fuzz/finding.h"

#include <optional>
#include <utility>

#include "fuzz/corpus.h"
#include "fuzz/matrix.h"
#include "fuzz/origin.h"
#include "fuzz/shrink.h"

namespace finwait {
namespace {

std::optional<OtherRun> OtherRunOf(const Schedule& schedule, size_t property) {
  const auto counterpart = kProperties[property].relation.counterpart;
  if (counterpart == nullptr) return std::nullopt;
  std::optional<Variant> variant = counterpart(schedule.setup, schedule.choices);
  if (!variant.has_value()) return std::nullopt;
  OtherRun other{std::string(variant->change), {variant->setup, std::move(variant->choices)}, {}};
  other.trace = Record(other.schedule.setup, other.schedule.choices).trace;
  return other;
}

void Compare(Finding& finding) {
  for (const KernelProfile& kernel : Profiles()) {
    const Schedule run = WithKernel(finding.minimal, kernel);
    const Judgement judgement = Judge(run.setup, run.choices, Only(finding.property));
    if (judgement.bound) continue;
    const Verdict& verdict = judgement.verdicts[finding.property];
    if (std::holds_alternative<Violated>(verdict)) finding.violated_on.push_back(kernel.name);
    if (std::holds_alternative<Holds>(verdict)) finding.holds_on.push_back(kernel.name);
  }
}

}  // namespace

Finding FindingOf(const Schedule& schedule, size_t property, const Violated& violation) {
  Finding finding;
  finding.property = property;
  finding.violation = violation;
  finding.minimal = finding.found = schedule;
  finding.trace = Record(schedule.setup, schedule.choices).trace;
  finding.says = kProperties[property].tells(
      Counterexample(schedule.setup, schedule.choices, finding.trace, violation));
  finding.other = OtherRunOf(schedule, property);
  finding.cause = CauseOf(schedule, property, violation);
  finding.origins = OriginsOf(schedule, property);
  finding.packets = PacketsOf(finding.trace, violation);
  finding.avoided_by = AvoidedBy(schedule, MatrixSubject{property, violation.actor});
  Compare(finding);
  return finding;
}

std::optional<Finding> FirstFinding(const Schedule& schedule, PropertySet properties) {
  const Judgement judgement = Judge(schedule.setup, schedule.choices, properties);
  const std::optional<size_t> property = FirstViolated(judgement);
  if (judgement.bound || !property.has_value()) return std::nullopt;
  return FindingOf(schedule, *property, std::get<Violated>(judgement.verdicts[*property]));
}

Finding ShrinkFinding(const Schedule& found, const Goal& goal) {
  Shrunk shrunk = Shrink(found, goal);
  Finding finding = FindingOf(shrunk.schedule, goal.property, shrunk.violation);
  finding.found = found;
  finding.executions = shrunk.executions;
  return finding;
}

}  // namespace finwait
