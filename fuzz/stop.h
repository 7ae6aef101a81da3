// SPDX-License-Identifier: Apache-2.0
//
// How a long search is told to end: it looks between two pieces of work, and then gives what it has
// come to so far.
#ifndef FINWAIT_FUZZ_STOP_H_
#define FINWAIT_FUZZ_STOP_H_

#include <atomic>

namespace finwait {

// Set from outside, by a handler of signals perhaps. nullptr: never.
using Stop = const std::atomic<bool>*;

inline bool Stopped(Stop stop) { return stop != nullptr && stop->load(std::memory_order_relaxed); }

}  // namespace finwait

#endif  // FINWAIT_FUZZ_STOP_H_
