// SPDX-License-Identifier: Apache-2.0
#include "diff/explain.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "diff/agreement.h"
#include "diff/candidate.h"
#include "model/tcp/step.h"

namespace finwait {
namespace {

// Those that are not as in `other`: "TCPChallengeACK 2, OutSegs 5".
std::string CountsText(const Counts& counts, const Counts& other) {
  std::string text;
  for (const CounterRow& row : Counters()) {
    if (counts[row.id] == other[row.id]) continue;
    absl::StrAppend(&text, text.empty() ? "counts " : ", ", absl::string_view(row.name.data()), " ",
                    counts[row.id]);
  }
  return text;
}

Counter FirstDifferent(const Counts& a, const Counts& b) {
  for (const CounterRow& row : Counters()) {
    if (a[row.id] != b[row.id]) return row.id;
  }
  return Counter::kNone;
}

}  // namespace

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

Mismatch Miscounted(size_t index, const Counts& model, const Counts& seen) {
  return {.event = index,
          .expected = CountsText(model, seen),
          .seen = CountsText(seen, model),
          .counter = FirstDifferent(model, seen)};
}

}  // namespace finwait
