// SPDX-License-Identifier: Apache-2.0
//
// Random schedules on one model, judged by another.
#ifndef FINWAIT_TESTS_DIFF_RANDOM_SCHEDULES_H_
#define FINWAIT_TESTS_DIFF_RANDOM_SCHEDULES_H_

#include <chrono>
#include <cstdint>
#include <optional>

#include "diff/beside.h"
#include "diff/diff.h"
#include "diff/generate.h"
#include "model/tcp/profile.h"
#include "stacks/model_stack.h"

namespace finwait {

struct Found {
  uint64_t index = 0;
  Solo solo;
  Mismatch mismatch;
};

// Time is virtual: timers fire at their deadlines.
inline constexpr Slack kNoSlack{.wheel = false};

// The first of `schedules` random schedules on `stack` that `judge` does not accept. In some, time
// passes. The counters are compared, too.
inline std::optional<Found> FirstDifference(const KernelProfile& judge, const KernelProfile& kernel,
                                            uint64_t schedules, uint64_t* bound = nullptr) {
  const Host host{.kernel = judge, .environment = {}};
  ModelStack stack(Host{.kernel = kernel, .environment = {}});
  SoloRules rules{
      .terms = AskTerms(stack).value(), .waits_percent = 30, .wait_max = std::chrono::seconds(70)};
  Beside beside(host, stack, kNoSlack, {.counters = true, .events = true});
  Found found;
  std::optional<Mismatch> mismatch;
  for (; found.index < schedules; ++found.index) {
    Random random = Random::ForCase(1, found.index);
    Generate(random, rules, host, found.solo);
    if (!beside.Once(found.solo, found.index % 4 == 0, mismatch).ok()) return found;
    if (bound != nullptr && beside.bound()) ++*bound;
    if (!mismatch.has_value()) continue;
    found.mismatch = *mismatch;
    return found;
  }
  return std::nullopt;
}

}  // namespace finwait

#endif  // FINWAIT_TESTS_DIFF_RANDOM_SCHEDULES_H_
