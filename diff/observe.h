// SPDX-License-Identifier: Apache-2.0
//
// Runs a solo schedule on a stack and writes down what it did, with the times at which it did it.
#ifndef FINWAIT_DIFF_OBSERVE_H_
#define FINWAIT_DIFF_OBSERVE_H_

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "diff/solo.h"
#include "model/tcp/counts.h"
#include "model/tcp/effects.h"
#include "model/tcp/poll.h"
#include "model/tcp/state.h"
#include "stacks/connection.h"
#include "stacks/stack.h"

namespace finwait {

// What a stack did around one event.
struct Observed {
  std::vector<Departure> before;  // What left while time passed, before the event.
  Time at{};                      // When the event happened,
  std::vector<Departure> sent;    // what left at once,
  CallResult result;              // what the call returned,
  std::optional<State> state;     // and the state after it, if it was asked for.
  std::optional<bool> sleeps;     // Whether a close() sleeps now, where one may.

  friend bool operator==(const Observed&, const Observed&) = default;
};

// What the descriptor of the connection shows at the end of a run.
struct Ending {
  State state = State::kClosed;  // Of the connection, wherever it lives.
  bool open = false;             // The user has not closed the descriptor. If so:
  uint32_t unread = 0;           // FIONREAD,
  uint16_t poll = 0;             // poll(), a union of PollBit,
  Errno error = Errno::kNone;    // and SO_ERROR.
  std::optional<bool> sleeps{};  // Whether a close() sleeps, where one may.

  friend constexpr bool operator==(const Ending&, const Ending&) = default;
};

struct Observation {
  Terms terms;
  std::vector<Observed> events;  // One for each of the schedule's.
  std::vector<Departure> after;  // What left while the end was listened for.
  Time ends_at{};
  std::optional<Time> closed_at;  // When close() returned, where one may sleep.
  Ending ending;
  std::optional<Counts> counts;              // How far the MIB counters went, if they were read.
  std::optional<std::vector<State>> states;  // What the socket was set to, if that was asked for.

  friend bool operator==(const Observation&, const Observation&) = default;
};

// What a stack is asked besides its answers.
struct Watch {
  bool states = false;    // The state after each event.
  bool counters = false;  // The MIB counters, before the first event and after the last.
  bool events = false;    // What the socket was set to, by the events of the tracepoint.
};

// The connection is released at the end.
absl::Status RunAndObserve(const Solo& solo, const Watch& watch, Stack& stack, Observation& out);

}  // namespace finwait

#endif  // FINWAIT_DIFF_OBSERVE_H_
