// SPDX-License-Identifier: Apache-2.0
//
// One way in which a run may have gone so far, as the acceptor follows it. Internal to diff.
#ifndef FINWAIT_DIFF_CANDIDATE_H_
#define FINWAIT_DIFF_CANDIDATE_H_

#include <array>
#include <cstddef>
#include <vector>

#include "diff/acceptor.h"
#include "model/tcp/counts.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/time.h"

namespace finwait {

inline constexpr int kTimersMax = 12;  // That may fire around one event.

// What the steps of one way tell besides segments and results.
struct Told {
  Counts counts{};
  std::vector<State> states{};

  void Add(const Effects& effects) {
    counts.Add(effects);
    states.insert(states.end(), effects.states.begin(), effects.states.end());
  }
};

// One way in which things may have gone so far.
struct Candidate {
  Endpoint end;
  // For the deadline it has now: when it was set. Wheels are coarser for timers set long before.
  std::array<Time, 5> armed{};
  std::array<Time, 5> due{};
  bool overtaken = false;  // Around this event one timer has let another go first; once is enough.
  Told told{};             // When the observation has such.
  std::vector<Firing> path{};  // When the tally keeps it.
};

// The endpoint's timers, in a fixed order: the bucket's life, delayed acknowledgement, the sending
// side's, FIN-WAIT-2, linger.
std::array<Time, 5> Deadlines(const Endpoint& end);
void SetDeadline(Endpoint& end, size_t timer, Time due);

// How much later than its deadline a timer may fire.
Duration Lateness(const Candidate& c, size_t timer, const Slack& slack, Duration tick);

// Whether a timer should have fired long before `now`.
bool Overdue(const Candidate& c, Time now, const Slack& slack, Duration tick);

// Deadlines that have changed were set now.
void NoteArmed(Candidate& c, Time now);

}  // namespace finwait

#endif  // FINWAIT_DIFF_CANDIDATE_H_
