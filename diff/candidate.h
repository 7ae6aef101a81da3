// SPDX-License-Identifier: Apache-2.0
//
// One way in which a run may have gone so far, as the acceptor follows it. Internal to diff.
#ifndef FINWAIT_DIFF_CANDIDATE_H_
#define FINWAIT_DIFF_CANDIDATE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "diff/acceptor.h"
#include "model/tcp/counts.h"
#include "model/tcp/effects.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/time.h"
#include "stacks/connection.h"

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

  friend bool operator==(const Told&, const Told&) = default;
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

// Deadlines that have changed were set now.
void NoteArmed(Candidate& c, Time now);

inline constexpr size_t kLingerTimer = 4;  // Its place among them.

// Which of them is the first, and when the next one after it is due.
struct Due {
  size_t first = 0;
  Time second = kNever;
};
Due Earliest(const Candidate& c);

// How much later than its deadline that timer may fire.
Duration Lateness(const Candidate& c, size_t timer, const Slack& slack, Duration tick);

// Whether the timer may have fired then: no more than a tick early, and no later than it may be.
bool MayFireAt(const Candidate& c, size_t timer, Time at, const Slack& slack, Duration tick);

// Whether a timer should have fired long before `now`.
bool Overdue(const Candidate& c, Time now, const Slack& slack, Duration tick);

// Whether one of them goes on as this one does. Padding may make equals look different.
bool IsAmong(const Candidate& c, std::span<const Candidate> others);

// How many of the segments are what the model has just sent, all of that; what only the stack knows
// is taken over.
inline constexpr size_t kNoMatch = SIZE_MAX;
size_t TakeSent(const Effects& effects, std::span<const Departure> segments, Endpoint& end);

}  // namespace finwait

#endif  // FINWAIT_DIFF_CANDIDATE_H_
