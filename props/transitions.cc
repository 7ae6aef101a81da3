// SPDX-License-Identifier: Apache-2.0
#include "props/transitions.h"

#include <array>

#include "model/tcp/shifts.h"

namespace finwait {
namespace {

constexpr std::array kArrows = {
    Shift{State::kEstablished, State::kFinWait1}, Shift{State::kEstablished, State::kCloseWait},
    Shift{State::kFinWait1, State::kFinWait2},    Shift{State::kFinWait1, State::kClosing},
    Shift{State::kFinWait1, State::kTimeWait},    Shift{State::kFinWait2, State::kTimeWait},
    Shift{State::kCloseWait, State::kLastAck},    Shift{State::kClosing, State::kTimeWait},
    Shift{State::kLastAck, State::kClosed},       Shift{State::kTimeWait, State::kClosed},
};

// A reset in either direction, an abort by the user, or a time-out.
bool EndsAbruptly(const StepRecord& step) {
  if (step.kind != StepKind::kArrival || step.segment.segment.Has(kRst)) return true;
  for (const Segment& segment : step.effects.sent) {
    if (segment.Has(kRst)) return true;
  }
  return false;
}

}  // namespace

bool IsArrow(State from, State to) {
  for (const Shift& arrow : kArrows) {
    if (arrow.from == from && arrow.to == to) return true;
  }
  return false;
}

void LegalTransitions::Observe(const StepRecord& step) {
  const State from = step.before.state;
  const State to = step.after.state;
  if (from == to) return;
  applied_ = true;
  if (violated_ || IsArrow(from, to) || (to == State::kClosed && EndsAbruptly(step))) return;
  violated_ = true;
  violation_ = Violated{.choice_index = step.choice_index,
                        .rule = step.effects.rule,
                        .actor = step.actor,
                        .at = step.at,
                        .departed = {},
                        .limit = {},
                        .recovered = std::nullopt};
}

Verdict LegalTransitions::Finish() const {
  if (violated_) return violation_;
  if (applied_) return Holds{};
  return Vacuous{};
}

void LegalTransitions::Mix(Hasher& hasher, Time) const {
  hasher.Add((applied_ ? 1U : 0U) | (violated_ ? 2U : 0U));
}

}  // namespace finwait
