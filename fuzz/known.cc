// SPDX-License-Identifier: Apache-2.0
#include "fuzz/known.h"

#include "fuzz/origin.h"

namespace finwait {

Known::Known(const std::vector<NamedSchedule>& schedules) {
  for (const NamedSchedule& named : schedules) {
    for (const Expectation& expectation : named.file.expectations) {
      if (!expectation.violated.has_value()) continue;
      const Schedule schedule = WithKernel(named.file.schedule, *FindProfile(expectation.kernel));
      const Judgement judgement = Judge(schedule.setup, schedule.choices, EveryProperty());
      for (size_t i = 0; i < kPropertyCount; ++i) {
        const auto* violated = std::get_if<Violated>(&judgement.verdicts[i]);
        if (violated != nullptr) Add(CauseOf(schedule, i, *violated), schedule, named.path);
      }
    }
  }
}

void Known::Add(const Cause& cause, const Schedule& schedule, const std::string& path) {
  cases_.emplace(cause.Id(), Case{cause.property, schedule, path});
}

std::string Known::Find(const Cause& cause, std::span<const TraitValue> origins) const {
  if (const auto at = cases_.find(cause.Id()); at != cases_.end()) return at->second.path;
  for (const TraitValue& origin : origins) {
    for (const auto& [id, known] : cases_) {
      if (IsMendedBy(origin, known.schedule, known.property)) return known.path;
    }
  }
  return "";
}

}  // namespace finwait
