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
inline Story StoryOf(const Schedule& schedule, const Labels& labels = {}) {
  const Judgement judgement = Judge(schedule.setup, schedule.choices, EveryProperty());
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (const auto* violated = std::get_if<Violated>(&judgement.verdicts[i])) {
      return Tell(schedule, labels, i, *violated);
    }
  }
  return Tell(schedule, labels, 0, std::nullopt);
}

}  // namespace finwait

#endif  // FINWAIT_TESTS_REPORT_STORIES_H_
