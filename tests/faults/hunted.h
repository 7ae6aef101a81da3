// SPDX-License-Identifier: Apache-2.0
//
// Hunting planted faults: which property catches each, and how small the case becomes.
#ifndef FINWAIT_TESTS_FAULTS_HUNTED_H_
#define FINWAIT_TESTS_FAULTS_HUNTED_H_

#include <optional>

#include "fuzz/hunt.h"
#include "tests/faults/fault.h"

namespace finwait::testing {

struct FaultHunt {
  const KernelProfile* kernel = nullptr;  // Of both ends.
  uint64_t seed = 1;
  uint64_t schedules_max = 100'000;
  PropertySet properties = PropertiesByDefault();
  bool first_only = false;  // The end once each property has a case: not the smallest, perhaps.
};

// What a kSometimes claim catches: no schedule of the hunt showed it.
struct NeverShownCase {
  size_t property = 0;
  Schedule shows;  // The smallest found that does without the fault. It still stands here.
};

struct HuntedFault {
  PropertySet caught_by;                      // Every property that was violated.
  std::optional<Finding> finding;             // The smallest case: what the fault is told by,
  std::optional<NeverShownCase> never_shown;  // or, where no single schedule tells it, this.
  bool changes = false;  // In that case a state or a segment is another than without it.

  bool Caught() const { return finding.has_value() || never_shown.has_value(); }
  size_t Property() const { return finding ? finding->property : never_shown->property; }
  const Schedule& Smallest() const { return finding ? finding->minimal : never_shown->shows; }
};

// What the fault is told by does not depend on the seed.
HuntedFault HuntFault(const Fault& fault, const FaultHunt& hunt);

}  // namespace finwait::testing

#endif  // FINWAIT_TESTS_FAULTS_HUNTED_H_
