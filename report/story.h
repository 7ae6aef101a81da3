// SPDX-License-Identifier: Apache-2.0
//
// One run and what was found in it: what every report is made from.
#ifndef FINWAIT_REPORT_STORY_H_
#define FINWAIT_REPORT_STORY_H_

#include <cstddef>
#include <optional>

#include "fuzz/judge.h"
#include "fuzz/schedule_file.h"
#include "model/world/trace.h"
#include "props/property.h"

namespace finwait {

struct Story {
  Schedule schedule;
  Labels labels;
  Trace trace;  // Of the whole run, settling included.
  size_t property = 0;
  std::optional<Violated> violation{};
};

// Runs `schedule` and keeps what a report needs.
Story Tell(const Schedule& schedule, const Labels& labels, size_t property,
           const std::optional<Violated>& violation);

// The step where it was violated, or nullptr.
const StepRecord* ViolatingStep(const Story& story);

}  // namespace finwait

#endif  // FINWAIT_REPORT_STORY_H_
