// SPDX-License-Identifier: Apache-2.0
#include "stacks/script.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "model/world/notation.h"

namespace finwait {
namespace {

// The event of a step that is one, as Runner made it from the choice.
Event EventOf(const StepRecord& step) {
  if (step.kind == StepKind::kArrival) {
    return Event{.kind = EventKind::kSegment, .segment = step.segment.segment};
  }
  const auto call = [&step](EventKind kind) {
    return Event{.kind = kind, .amount = step.choice.extra};
  };
  switch (step.choice.op) {
    case Op::kSend:
      return call(EventKind::kSend);
    case Op::kRecv:
      return call(EventKind::kRecv);
    case Op::kShutdown:
      return call(EventKind::kShutdown);
    default:
      return Event{.kind = EventKind::kClose};
  }
}

std::string LabelOf(const StepRecord& step, const Event& event) {
  if (event.kind != EventKind::kSegment) return CallText(event);
  const char sender = Letter(Peer(step.actor));
  return absl::StrCat(std::string(1, sender), step.segment.serial);
}

void AppendSent(const StepRecord& step, Expected& expected) {
  for (const Segment& segment : step.effects.sent) {
    expected.sent.push_back(Departure{.at = step.at, .segment = segment});
  }
}

}  // namespace

Connection ConnectionOf(Side side, const PairSetup& setup) {
  const EndSetup& mine = setup[side];
  const EndSetup& other = setup[Peer(side)];
  return Connection{
      .next = mine.next,
      .peer_next = other.next,
      .opener = side == setup.opener ? Opener::kActive : Opener::kPassive,
      .peer_window = other.host.environment.rcv_buffer,
      .peer_mss = other.host.environment.mss,
      .options = {.sack = setup.sack, .timestamps = setup.timestamps},
      .rtt = 2 * setup.latency,
      .linger_on = mine.linger_on,
      .linger_s = mine.linger_s,
  };
}

absl::Status CanBePlayed(Side side, const PairSetup& setup) {
  const EndSetup& end = setup[side];
  const std::string name(1, Letter(side));
  if (end.quirk != nullptr) {
    return absl::InvalidArgumentError(absl::StrCat("end ", name,
                                                   " is peer=", std::string(end.quirk->name),
                                                   ": no real stack can stand for it"));
  }
  const uint16_t window = end.host.environment.rcv_buffer;
  if (window == Environment{}.rcv_buffer) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("end ", name, " has window=", window,
                                                 ", which no socket option gives a real stack"));
}

Script ScriptFor(Side side, const PairSetup& setup, const std::vector<StepRecord>& steps) {
  Script script;
  script.side = side;
  script.connection = ConnectionOf(side, setup);
  for (const StepRecord& step : steps) {
    script.ends_at = std::max(script.ends_at, step.at);
    if (step.actor != side) continue;
    if (step.kind == StepKind::kTimer || step.kind == StepKind::kWake) {
      // Before its first event an endpoint in ESTABLISHED has nothing to send.
      if (!script.events.empty()) AppendSent(step, *script.events.back().expected);
      continue;
    }
    if (step.kind != StepKind::kCall && step.kind != StepKind::kArrival) continue;
    const Event event = EventOf(step);
    Expected expected{.sent = {}, .result = step.effects.result, .state = step.after.state};
    AppendSent(step, expected);
    script.events.push_back(ScriptEvent{.at = step.at,
                                        .event = event,
                                        .label = LabelOf(step, event),
                                        .expected = std::move(expected)});
  }
  return script;
}

}  // namespace finwait
