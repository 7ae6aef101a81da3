// SPDX-License-Identifier: Apache-2.0
//
// Holds what a stack answered against what the model did.
#ifndef FINWAIT_STACKS_COMPARE_H_
#define FINWAIT_STACKS_COMPARE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/tcp/segment.h"
#include "stacks/connection.h"
#include "stacks/driver.h"
#include "stacks/script.h"

namespace finwait {

// Equal in what every kernel agrees on: flags but PSH, seq, ack where ACK is set, len, and whether
// the window is zero. The size of a window and PSH differ from kernel to kernel, with no meaning
// for teardown.
bool SameOnTheWire(const Segment& a, const Segment& b);
bool SameOnTheWire(const std::vector<Departure>& a, const std::vector<Departure>& b);

struct Difference {
  size_t event;      // Index into Script::events.
  std::string what;  // "sends '. 754:754(0) ack 4416'; the model sends '...'".
};

// The first event whose answer is not what the script expects; events without expectations differ
// in nothing, nor do states that were not asked for.
//
// kRealTime: the segments of each event must be equal, those of timers included.
// kAtOnce: the segments sent at once must be there; those that timers sent may be, there or later.
//
// Kernel timers run up to an eighth late, and at kAtOnce a tick may fall between any two events:
// run a script that differs twice more before believing it.
std::optional<Difference> FirstDifference(const Script& script,
                                          const std::vector<Answered>& answers, Pace pace);

// Segments in the notation of packetdrill, joined by "; ", or "nothing".
std::string SegmentsText(const std::vector<Departure>& sent);

}  // namespace finwait

#endif  // FINWAIT_STACKS_COMPARE_H_
