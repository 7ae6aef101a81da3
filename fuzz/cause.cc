// SPDX-License-Identifier: Apache-2.0
#include "fuzz/cause.h"

#include <string_view>

#include "absl/strings/str_format.h"
#include "model/world/fingerprint.h"
#include "model/world/trace.h"
#include "props/catalog.h"

namespace finwait {
namespace {

void AddText(Hasher& hasher, std::string_view text) {
  for (const char c : text) hasher.Add(static_cast<unsigned char>(c));
  hasher.Add(0);
}

}  // namespace

std::string Cause::Id() const {
  Hasher hasher;
  AddText(hasher, kProperties[property].name);
  AddText(hasher, Name(rule));
  for (const State state : states) AddText(hasher, Name(state));
  for (const Mode mode : modes) AddText(hasher, Name(mode));
  return absl::StrFormat("C-%06x", hasher.Value() & 0xFFFFFFU);
}

Cause CauseOf(const Schedule& schedule, size_t property, const Violated& violation) {
  Cause cause;
  cause.property = property;
  cause.rule = violation.rule;
  const Recorded recorded = Record(schedule.setup, schedule.choices);
  State peer = State::kEstablished;
  for (const StepRecord& step : recorded.trace) {
    if (step.actor != violation.actor) {
      peer = step.after.state;
    } else if (IsViolating(step, violation)) {
      cause.states = {step.before.state, peer};
      break;
    }
  }
  const Choices before = Performed(schedule.setup, schedule.choices, violation.choice_index);
  cause.modes = {ModeOf(schedule.setup, violation.actor, before),
                 ModeOf(schedule.setup, Peer(violation.actor), before)};
  return cause;
}

uint32_t PacketsOf(const Trace& trace, const Violated& violation) {
  uint32_t packets = 0;
  bool ending = false;
  for (const StepRecord& step : trace) {
    ending |= step.kind == StepKind::kCall && EndsSending(step.choice);
    if (ending) packets += step.effects.sent.count;
    if (IsViolating(step, violation)) break;
  }
  return packets;
}

}  // namespace finwait
