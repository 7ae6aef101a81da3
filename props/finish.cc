// SPDX-License-Identifier: Apache-2.0
#include "props/finish.h"

namespace finwait {

void BothEndsFinish::Observe(const StepRecord& step) {
  End& end = ends_[Index(step.actor)];
  end.state = step.after.state;
  if (!step.settling) {
    last_choice_ = step.choice_index;
    last_rule_ = step.effects.rule;
    last_at_ = step.at;
  }
  if (step.kind != StepKind::kCall) return;
  const CallResult& result = step.effects.result;
  switch (step.choice.op) {
    case Op::kClose:
      end.closed = true;
      return;
    case Op::kShutdown:
      end.send_shut |= step.choice.extra != static_cast<uint8_t>(How::kRd);
      return;
    case Op::kRecv:
      end.read_to_eof |= result.error == Errno::kNone && result.bytes == 0 && step.after.fin_taken;
      return;
    default:
      return;
  }
}

Verdict BothEndsFinish::Finish() const {
  if (!Suspects()) return Vacuous{};
  for (const Side side : {Side::kA, Side::kB}) {
    if (ends_[Index(side)].state == State::kClosed) continue;
    return Violated{.choice_index = last_choice_,
                    .rule = last_rule_,
                    .actor = side,
                    .at = last_at_,
                    .departed = {},
                    .limit = {},
                    .recovered = std::nullopt};
  }
  return Holds{};
}

void BothEndsFinish::Mix(Hasher& hasher, Time) const {
  for (const End& end : ends_) {
    hasher.Add((end.closed ? 1U : 0U) | (end.send_shut ? 2U : 0U) | (end.read_to_eof ? 4U : 0U));
  }
}

}  // namespace finwait
