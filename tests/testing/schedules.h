// SPDX-License-Identifier: Apache-2.0
//
// Pairs of ends, random choices and whole runs, for tests of everything above one endpoint.
#ifndef FINWAIT_TESTS_TESTING_SCHEDULES_H_
#define FINWAIT_TESTS_TESTING_SCHEDULES_H_

#include <rapidcheck.h>

#include <string_view>

#include "model/world/setup.h"
#include "model/world/trace.h"

namespace finwait::testing {

// Both ends on the profile of that name.
PairSetup Pair(std::string_view kernel);

// Choices of every kind, many of which have nothing to act on. One container, so that it shrinks.
rc::Gen<Choices> AnyChoices();

// The run of `choices`, settled.
Trace RunWhole(const PairSetup& setup, const Choices& choices);

// Whether two runs are the same step by step once the numbers of the second are shifted back.
bool SameRun(const Trace& one, const Trace& other, uint32_t shift_a, uint32_t shift_b);

}  // namespace finwait::testing

#endif  // FINWAIT_TESTS_TESTING_SCHEDULES_H_
