// SPDX-License-Identifier: Apache-2.0
//
// Makes a counterexample small: fewer choices first, then duller ones (shortlex order).
#ifndef FINWAIT_FUZZ_SHRINK_H_
#define FINWAIT_FUZZ_SHRINK_H_

#include <cstdint>

#include "fuzz/judge.h"

namespace finwait {

struct Shrunk {
  Schedule schedule;  // Every choice acts; the last is the violating step wherever that suffices.
  Violated violation;
  uint32_t executions = 0;  // Schedules run on the way.
};

// `schedule` must reach `goal`. A candidate counts only if the same property fails by the same rule
// (in the same mode, when the goal has one). Never explores.
Shrunk Shrink(const Schedule& schedule, const Goal& goal);

// Fewer choices, or as many and the first that differs duller; plain sockets before lingering ones,
// and the usual receive buffers before others.
bool Shorter(const Schedule& a, const Schedule& b);

// The same schedule with A's calls and segments B's, and B's A's.
Schedule SwapSides(const Schedule& schedule);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_SHRINK_H_
