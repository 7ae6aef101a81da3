// SPDX-License-Identifier: Apache-2.0
#include "diff/explain.h"

#include <optional>

#include "diff/agreement.h"
#include "diff/candidate.h"
#include "model/tcp/step.h"

namespace finwait {

Mismatch Explained(size_t index, const Around& a) {
  Mismatch mismatch{.event = index};
  Endpoint end = a.start;
  Effects effects;
  std::vector<Departure> sent;
  const auto take = [&](Time at) {
    mismatch.rule = effects.rule;
    for (const Segment& segment : effects.sent) sent.push_back({.at = at, .segment = segment});
  };
  for (int i = 0; i < kTimersMax && NextTimer(end) <= a.until; ++i) {
    const Time due = NextTimer(end);
    Step(end, Event{.kind = EventKind::kTimer}, due, a.host, effects);
    take(due);
  }
  CallResult result;
  if (a.event != nullptr) {
    Step(end, *a.event, a.until, a.host, effects);
    result = effects.result;
    take(a.until);
  }
  const bool call = a.event != nullptr && a.event->kind != EventKind::kSegment;
  const std::optional<State> state = a.event == nullptr ? a.ending.state : a.observed->state;
  mismatch.expected = Account(sent, call ? &result : nullptr,
                              state.has_value() ? std::optional(StateOf(end)) : std::nullopt);
  mismatch.seen = Account(a.segments, call ? &a.observed->result : nullptr, state);
  if (a.event == nullptr) {
    mismatch.expected += EndingText(EndingOf(end));
    mismatch.seen += EndingText(a.ending);
  }
  return mismatch;
}

RuleId LastRule(const Solo& solo, const Terms& terms, size_t event, const Host& host) {
  Endpoint end = StartOf(solo.connection, terms, host);
  Effects effects;
  RuleId rule = RuleId::kNone;
  Time now{};
  const auto live = [&] {
    for (; NextTimer(end) <= now; rule = effects.rule) {
      Step(end, Event{.kind = EventKind::kTimer}, NextTimer(end), host, effects);
    }
  };
  for (size_t i = 0; i < solo.events.size() && i <= event; ++i) {
    now += solo.events[i].wait;
    live();
    Step(end, solo.events[i].event, now, host, effects);
    rule = effects.rule;
  }
  if (event < solo.events.size()) return rule;
  now += solo.listen_on;
  live();
  return rule;
}

}  // namespace finwait
