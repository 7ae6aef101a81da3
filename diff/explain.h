// SPDX-License-Identifier: Apache-2.0
//
// Words for what the model would have done where a stack did something else. Internal to diff.
#ifndef FINWAIT_DIFF_EXPLAIN_H_
#define FINWAIT_DIFF_EXPLAIN_H_

#include <cstddef>
#include <vector>

#include "diff/acceptor.h"
#include "diff/candidate.h"
#include "diff/observe.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/event.h"
#include "model/tcp/profile.h"

namespace finwait {

// What surrounds one event, or, without one, the end of a run.
struct Around {
  const Endpoint& start;  // The model before it.
  const Event* event;
  const Observed* observed;
  const std::vector<Departure>& segments;  // All that left.
  Time until{};
  const Ending& ending;
  const Host& host;
};

// The straightforward way: every timer at its deadline, then the event.
Mismatch Explained(size_t index, const Around& a);

// The model's last word about an event of a schedule, likewise.
RuleId LastRule(const Solo& solo, const Terms& terms, size_t event, const Host& host);

// Whether it tells what was seen of counters and states.
bool TellsTheSame(const Told& told, const Observation& seen);

// It does not, and nothing else differs at the end of the run.
Mismatch ToldOtherwise(size_t index, const Told& told, const Observation& seen);

}  // namespace finwait

#endif  // FINWAIT_DIFF_EXPLAIN_H_
