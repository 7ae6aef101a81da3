// SPDX-License-Identifier: Apache-2.0
#include "fuzz/collapsed_expand.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "model/world/fingerprint.h"

namespace finwait {

CollapsedState CollapsedExpander::Begin() {
  const CollapsedState start = collapsed_.Start();
  if (visited_.Insert(Fingerprint(start))) ++counts_.states;
  return start;
}

void CollapsedExpander::Take(CollapsedStates& out) {
  if (waiting_print_ == 0 || !visited_.Insert(std::exchange(waiting_print_, 0))) return;
  ++counts_.states;
  out.push_back(waiting_);
}

void CollapsedExpander::Try(const CollapsedState& from, const Choice& choice, bool mirrored,
                            CollapsedStates& out) {
  CollapsedState state = from;
  collapsed_.Apply(state, choice);
  const Collapsed::Told& told = collapsed_.told();
  if (told.bound) {
    ++counts_.bound;
    return;
  }
  if (told.left) {
    ++counts_.left;
    left_.push_back(mirrored ? Mirror(choice) : choice);
    return;
  }
  ++counts_.edges;
  const Collapsed::Looked looked = collapsed_.Look(state);
  const Enabled& enabled = looked.enabled;
  state.budget.Charge(choice);
  state.budget.ChargeRetransmissions(told.sent_again);
  state.budget.Forget(enabled.may_call);
  // A call that changed nothing only took something from the budget: all that can follow can follow
  // without it.
  if (!mirrored && state.ends == from.ends && state.wires == from.wires &&
      state.monitors == from.monitors && choice.op != Op::kWait && !PicksSegment(choice.op)) {
    return;
  }
  const uint64_t print = FingerprintOf(ground_.symmetric, looked.parts, state.budget);
  visited_.Prefetch(print);
  Take(out);
  waiting_ = state;
  waiting_print_ = print;
}

// Of two timers due at one instant A's fires first: in a symmetric search such a choice is tried on
// the mirror image as well.
void CollapsedExpander::Expand(const CollapsedState& state, CollapsedStates& out) {
  left_.clear();
  EnabledChoices(ground_.region, state.budget, collapsed_.Look(state).enabled, enabled_);
  for (const Choice& choice : enabled_) {
    Try(state, choice, false, out);
    if (!ground_.symmetric) continue;
    const auto& timers = collapsed_.told().timers;
    const bool tied = choice.op == Op::kWait &&
                      collapsed_.TimerOf(state, Side::kA) == collapsed_.TimerOf(state, Side::kB);
    if (!tied && !(timers[0] && timers[1])) continue;
    CollapsedState mirror = state;
    Mirror(state, mirror);
    Try(mirror, Mirror(choice), true, out);
  }
  Take(out);
  Border(state);
}

void CollapsedExpander::Border(const CollapsedState& state) {
  const bool goes_on = std::any_of(enabled_.begin(), enabled_.end(), [](const Choice& c) {
    return c.op == Op::kDeliver || c.op == Op::kWake;
  });
  if (goes_on && left_.empty()) return;
  const auto leaves = [&](const std::optional<Choice>& next) {
    return next.has_value() && std::find(left_.begin(), left_.end(), *next) != left_.end();
  };
  const std::optional<Choice> next = collapsed_.NextSettling(state);
  if (!next.has_value() || leaves(next)) Judge(state);
  if (!next.has_value() || !ground_.symmetric) return;
  CollapsedState mirror = state;
  Mirror(state, mirror);
  std::optional<Choice> other = collapsed_.NextSettling(mirror);
  if (other.has_value()) other = Mirror(*other);
  if (other != next && leaves(other)) Judge(mirror);
}

void CollapsedExpander::Judge(CollapsedState state) {
  // What is left of the budget does not matter on a faultless network.
  const uint64_t ends = uint64_t{state.ends[0]} << 32U | state.ends[1];
  const uint64_t wires = uint64_t{state.wires[0]} << 32U | state.wires[1];
  const uint64_t monitors = collapsed_.Look(state).parts.monitors[0];
  if (!judged_.insert(Joined(Joined(ends, wires), monitors)).second) return;
  ++counts_.settled;
  if (!collapsed_.Settle(state)) {
    ++counts_.bound;
    return;
  }
  applied_.bits |= collapsed_.Applied(state).bits;
  violated_.bits |= collapsed_.ViolatedBy(state).bits;
}

}  // namespace finwait
