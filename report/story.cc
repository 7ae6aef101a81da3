// SPDX-License-Identifier: Apache-2.0
#include "report/story.h"

#include "props/counterexample.h"

namespace finwait {

Story StoryOf(const Finding& finding, const Labels& labels) {
  return Story{finding.minimal, labels, finding.trace, finding.violation};
}

const StepRecord* ViolatingStep(const Story& story) {
  if (!story.violation.has_value()) return nullptr;
  for (const StepRecord& step : story.trace) {
    if (IsViolating(step, *story.violation)) return &step;
  }
  return nullptr;
}

}  // namespace finwait
