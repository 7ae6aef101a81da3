// SPDX-License-Identifier: Apache-2.0
//
// One side of a run as exact events at exact times: what a stack is driven with. A script is never
// shrunk; the schedule it was written from is.
#ifndef FINWAIT_STACKS_SCRIPT_H_
#define FINWAIT_STACKS_SCRIPT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "model/tcp/effects.h"
#include "model/tcp/event.h"
#include "model/tcp/state.h"
#include "model/tcp/time.h"
#include "model/world/choice.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "stacks/connection.h"

namespace finwait {

// What the model did with an event.
struct Expected {
  // What it sent at once (`at` is the event's time), then what its timers sent before the next
  // event.
  std::vector<Departure> sent;
  CallResult result;             // Of a call.
  State state = State::kClosed;  // After the event, before those timers.
};

struct ScriptEvent {
  Time at{};
  Event event{};                     // kSegment, or a call: kSend, kRecv, kShutdown, kClose.
  std::string label;                 // "B2" for a segment, "shutdown(SHUT_WR)" for a call.
  std::optional<Expected> expected;  // Nothing when the script was not written from a model's run.
};

struct Script {
  Side side = Side::kA;  // Whose calls, and at whom the segments arrive.
  Connection connection;
  std::vector<ScriptEvent> events;  // In order of time.
  Time ends_at{};                   // When the recorded run ended; not before the last event.
};

// Where the run of `side` starts: its numbers and options, the handshake's round trip two
// latencies.
Connection ConnectionOf(Side side, const PairSetup& setup);

// Whether another stack can take the place of that end. InvalidArgument with the reason when not:
// it is a peer that is not Linux, or offers a window that no socket option gives.
absl::Status CanBePlayed(Side side, const PairSetup& setup);

// The script of `side` from the recorded steps of a model's run. Its calls and its arrivals become
// events; its timers and wake-ups do not, as a stack has its own; the other side's steps leave no
// trace.
Script ScriptFor(Side side, const PairSetup& setup, const std::vector<StepRecord>& steps);

}  // namespace finwait

#endif  // FINWAIT_STACKS_SCRIPT_H_
