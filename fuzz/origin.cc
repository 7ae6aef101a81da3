// SPDX-License-Identifier: Apache-2.0
#include "fuzz/origin.h"

#include <algorithm>

namespace finwait {

bool IsMendedBy(const TraitValue& change, const Schedule& schedule, size_t property) {
  PairSetup setup = schedule.setup;
  bool changed = false;
  for (EndSetup& end : setup.ends) {
    KernelProfile& kernel = end.host.kernel;
    changed |= change.trait->get(kernel) != change.value;
    kernel = With(kernel, change);
  }
  if (!changed) return false;
  const Judgement judgement = Judge(setup, schedule.choices, Only(property));
  return !judgement.bound && !std::holds_alternative<Violated>(judgement.verdicts[property]);
}

std::vector<TraitValue> OriginsOf(const Schedule& schedule, size_t property) {
  std::vector<TraitValue> origins;
  for (const Trait& trait : Traits()) {
    const TraitValue newest{&trait, trait.get(Profiles().back())};
    if (IsMendedBy(newest, schedule, property)) origins.push_back(newest);
  }
  return origins;
}

}  // namespace finwait
