// SPDX-License-Identifier: Apache-2.0
//
// One run and what was found in it: what every drawing is made from. It is made elsewhere; nothing
// in report/ runs the model.
#ifndef FINWAIT_REPORT_STORY_H_
#define FINWAIT_REPORT_STORY_H_

#include <optional>

#include "fuzz/finding.h"
#include "fuzz/schedule.h"
#include "fuzz/schedule_file.h"
#include "model/world/trace.h"
#include "props/verdict.h"

namespace finwait {

struct Story {
  Schedule schedule;
  Labels labels;
  Trace trace;  // Of the whole run, settling included.
  std::optional<Violated> violation{};
};

Story StoryOf(const Finding& finding, const Labels& labels = {});

// The step where it was violated, or nullptr.
const StepRecord* ViolatingStep(const Story& story);

}  // namespace finwait

#endif  // FINWAIT_REPORT_STORY_H_
