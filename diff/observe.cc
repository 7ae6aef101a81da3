// SPDX-License-Identifier: Apache-2.0
#include "diff/observe.h"

#include <utility>

namespace finwait {
namespace {

absl::Status CollectInto(std::vector<Departure>& out, Stack& stack) {
  absl::StatusOr<std::vector<Departure>> sent = stack.Collect();
  if (!sent.ok()) return sent.status();
  out = *std::move(sent);
  return absl::OkStatus();
}

absl::Status Wait(Duration wait, std::vector<Departure>& out, Stack& stack) {
  out.clear();
  if (wait == Duration{}) return absl::OkStatus();
  absl::Status status = stack.AdvanceTo(stack.Elapsed() + wait);
  return status.ok() ? CollectInto(out, stack) : status;
}

absl::Status Happen(const Event& event, Observed& seen, Stack& stack) {
  seen.result = CallResult{};
  if (event.kind == EventKind::kSegment) {
    if (absl::Status status = stack.Inject(event.segment); !status.ok()) return status;
  } else {
    const absl::StatusOr<CallResult> result = stack.Invoke(event);
    if (!result.ok()) return result.status();
    seen.result = *result;
  }
  return CollectInto(seen.sent, stack);
}

absl::StatusOr<Ending> ObserveEnding(const Solo& solo, Stack& stack,
                                     std::optional<Time>& closed_at) {
  const absl::StatusOr<State> state = stack.ObserveState();
  if (!state.ok()) return state.status();
  const absl::StatusOr<UserView> user = stack.ObserveUser();
  if (!user.ok()) return user.status();
  Ending ending{.state = *state, .open = user->open};
  if (solo.Lingers()) {
    closed_at = user->closed_at;
    ending.sleeps = !user->open && !closed_at.has_value();
  }
  if (!user->open) return ending;
  ending.unread = user->unread;
  ending.poll = user->poll;
  const absl::StatusOr<Errno> error = stack.TakeError();
  if (!error.ok()) return error.status();
  ending.error = *error;
  return ending;
}

absl::Status ObserveSleeper(Stack& stack, Observation& out) {
  const absl::StatusOr<UserView> user = stack.ObserveUser();
  if (!user.ok()) return user.status();
  out.closed_at = user->closed_at;
  out.events.back().sleeps = !user->open && !user->closed_at.has_value();
  return absl::OkStatus();
}

absl::Status Count(const Watch& watch, Stack& stack, Counts& out) {
  if (!watch.counters) return absl::OkStatus();
  const absl::StatusOr<Counts> counts = stack.ReadCounters();
  if (!counts.ok()) return counts.status();
  out = *counts;
  return absl::OkStatus();
}

// What the socket was set to since this was last asked.
absl::Status TakeStates(const Watch& watch, Stack& stack, Observation& out) {
  out.states.reset();
  if (!watch.events) return absl::OkStatus();
  absl::StatusOr<std::vector<State>> states = stack.StateChanges();
  if (!states.ok()) return states.status();
  out.states = *std::move(states);
  return absl::OkStatus();
}

absl::Status Run(const Solo& solo, const Watch& watch, Stack& stack, Observation& out) {
  if (absl::Status status = TakeStates(watch, stack, out); !status.ok()) return status;
  Counts before;
  if (absl::Status status = Count(watch, stack, before); !status.ok()) return status;
  for (const SoloEvent& event : solo.events) {
    Observed& seen = out.events.emplace_back();
    if (absl::Status status = Wait(event.wait, seen.before, stack); !status.ok()) return status;
    seen.at = stack.Elapsed();
    if (absl::Status status = Happen(event.event, seen, stack); !status.ok()) return status;
    if (solo.Lingers()) {
      if (absl::Status status = ObserveSleeper(stack, out); !status.ok()) return status;
    }
    if (!watch.states) continue;
    const absl::StatusOr<State> state = stack.ObserveState();
    if (!state.ok()) return state.status();
    seen.state = *state;
  }
  if (absl::Status status = Wait(solo.listen_on, out.after, stack); !status.ok()) return status;
  out.ends_at = stack.Elapsed();
  Counts after;
  if (absl::Status status = Count(watch, stack, after); !status.ok()) return status;
  if (watch.counters) out.counts = after.Since(before);
  if (absl::Status status = TakeStates(watch, stack, out); !status.ok()) return status;
  const absl::StatusOr<Ending> ending = ObserveEnding(solo, stack, out.closed_at);
  if (!ending.ok()) return ending.status();
  out.ending = *ending;
  return absl::OkStatus();
}

}  // namespace

absl::Status RunAndObserve(const Solo& solo, const Watch& watch, Stack& stack, Observation& out) {
  out.events.clear();
  out.counts.reset();
  out.closed_at.reset();
  const absl::StatusOr<Terms> terms = stack.Establish(solo.connection);
  if (!terms.ok()) return terms.status();
  out.terms = *terms;
  const absl::Status ran = Run(solo, watch, stack, out);
  const absl::Status released = stack.Release();
  return ran.ok() ? released : ran;
}

}  // namespace finwait
