// SPDX-License-Identifier: Apache-2.0
//
// Choices and stories that the tests of report/ share.
#ifndef FINWAIT_TESTS_REPORT_STORIES_H_
#define FINWAIT_TESTS_REPORT_STORIES_H_

#include <cstddef>
#include <optional>
#include <variant>

#include "fuzz/judge.h"
#include "model/world/notation.h"
#include "props/catalog.h"
#include "report/story.h"

namespace finwait {

inline constexpr Choice kShutA = ShutdownBy(Side::kA, How::kWr);
inline constexpr Choice kShutB = ShutdownBy(Side::kB, How::kWr);

// The first property that is violated, told with the file's labels.
inline Story StoryOfRun(const Schedule& schedule, const Labels& labels = {}) {
  if (const std::optional<Finding> finding = FirstFinding(schedule, EveryProperty())) {
    return StoryOf(*finding, labels);
  }
  return Story{schedule, labels, Record(schedule.setup, schedule.choices).trace};
}

}  // namespace finwait

#endif  // FINWAIT_TESTS_REPORT_STORIES_H_
