// SPDX-License-Identifier: Apache-2.0
//
// Everything there is to say of a violation. Whoever finds one (random or exhaustive search, a fuzz
// target, a check, a replay) has it explained here, once; reports only draw it.
#ifndef FINWAIT_FUZZ_FINDING_H_
#define FINWAIT_FUZZ_FINDING_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/cause.h"
#include "fuzz/schedule.h"
#include "model/tcp/trait.h"
#include "model/world/trace.h"
#include "props/catalog.h"

namespace finwait {

// The run that a relation compares with: the same schedule, changed in what ought not to matter.
struct OtherRun {
  std::string change;  // "with timestamps".
  Schedule schedule;
  Trace trace;
};

struct Finding {
  size_t property = 0;
  Violated violation{};
  Schedule minimal;               // What shows it; as small as it was made.
  Trace trace;                    // Of the whole run, settling included.
  std::string says;               // What went wrong, in the property's own sentence.
  std::optional<OtherRun> other;  // Only of relations.

  Cause cause;
  std::vector<TraitValue> origins;  // The behaviours it comes from, each alone.
  uint32_t packets = 0;             // PacketsOf.
  std::vector<Mode> avoided_by;     // On the same kernels: modes of the end at fault that hold.
  // The profiles of `list kernels` that violate the property by this schedule, and those that do
  // not: where it never applies is neither.
  std::vector<std::string_view> violated_on, holds_on;

  // How it came about.
  uint64_t index = 0;           // The schedule of a hunt that showed it, counted from 1.
  Schedule found;               // As generated.
  std::string known_in;         // The file that shows it, or another of its origin. Empty: new.
  bool proven_minimal = false;  // Every shorter schedule was tried, and holds.
  uint32_t executions = 0;      // Runs that shrinking took.
  uint64_t proof_states = 0;

  bool IsNew() const { return known_in.empty(); }
};

// Explains `violation`, which `schedule` brings as it stands; `minimal` and `found` are it.
Finding FindingOf(const Schedule& schedule, size_t property, const Violated& violation);

// The first property of the set that `schedule` violates, explained; nothing when it violates none
// or ends as bound.
std::optional<Finding> FirstFinding(const Schedule& schedule, PropertySet properties);

// Shrinks `found`, which reaches `goal`, and explains what is left.
Finding ShrinkFinding(const Schedule& found, const Goal& goal);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_FINDING_H_
