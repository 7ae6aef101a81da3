// SPDX-License-Identifier: Apache-2.0
//
// The tables of this folder, each in the source of the same name.
#ifndef FINWAIT_TESTS_MODEL_TCP_SCENARIOS_H_
#define FINWAIT_TESTS_MODEL_TCP_SCENARIOS_H_

#include <span>
#include <vector>

#include "tests/testing/scenario.h"

namespace finwait::testing {

std::span<const Scenario> OrderlyScenarios();     // Close in order, at once, and out of order.
std::span<const Scenario> AckScenarios();         // Acknowledgement numbers.
std::span<const Scenario> SequenceScenarios();    // Sequence numbers, RST, SYN, the limiter.
std::span<const Scenario> TextScenarios();        // Text and FINs, in order and not.
std::span<const Scenario> ResetScenarios();       // Text that nobody can read.
std::span<const Scenario> CallScenarios();        // What calls send and return.
std::span<const Scenario> BucketScenarios();      // Timewait buckets.
std::span<const Scenario> DelayedAckScenarios();  // When an acknowledgement leaves.
std::span<const Scenario> TimerScenarios();       // The other timers.

std::vector<Scenario> EveryScenario();

}  // namespace finwait::testing

#endif  // FINWAIT_TESTS_MODEL_TCP_SCENARIOS_H_
