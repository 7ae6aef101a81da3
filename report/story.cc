// SPDX-License-Identifier: Apache-2.0
#include "report/story.h"

#include "fuzz/cause.h"

namespace finwait {

Story Tell(const Schedule& schedule, const Labels& labels, size_t property,
           const std::optional<Violated>& violation) {
  Story story{schedule, labels, {}, property, violation};
  story.trace = Record(schedule.setup, schedule.choices).trace;
  return story;
}

const StepRecord* ViolatingStep(const Story& story) {
  if (!story.violation.has_value()) return nullptr;
  for (const StepRecord& step : story.trace) {
    if (IsViolating(step, *story.violation)) return &step;
  }
  return nullptr;
}

}  // namespace finwait
