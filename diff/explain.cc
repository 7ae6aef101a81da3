// SPDX-License-Identifier: Apache-2.0
#include "diff/explain.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "diff/agreement.h"
#include "diff/candidate.h"
#include "model/tcp/live.h"

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

// "is set to FIN-WAIT-1, FIN-WAIT-2, CLOSED".
std::string StatesText(const std::vector<State>& states) {
  if (states.empty()) return "is set to no state";
  return absl::StrCat("is set to ", absl::StrJoin(states, ", ", [](std::string* out, State state) {
                        absl::StrAppend(out, absl::string_view(Name(state).data()));
                      }));
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
  LiveUntil(end, a.until, a.host, effects, take);
  CallResult result;
  if (a.event != nullptr) result = Happen(end, *a.event, a.until, a.host, effects, take);
  const bool call = a.event != nullptr && a.event->kind != EventKind::kSegment;
  const std::optional<State> state = a.event == nullptr ? a.ending.state : a.observed->state;
  mismatch.expected = Account(sent, call ? &result : nullptr,
                              state.has_value() ? std::optional(StateOf(end)) : std::nullopt);
  mismatch.seen = Account(a.segments, call ? &a.observed->result : nullptr, state);
  if (a.event != nullptr &&
      a.observed->sleeps.value_or(end.socket.lingering) != end.socket.lingering) {
    mismatch.expected += end.socket.lingering ? "; close() sleeps" : "; close() does not sleep";
    mismatch.seen += end.socket.lingering ? "; close() does not sleep" : "; close() sleeps";
  }
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
  const auto take = [&](Time) { rule = effects.rule; };
  Time now{};
  for (size_t i = 0; i < solo.events.size() && i <= event; ++i) {
    now += solo.events[i].wait;
    LiveUntil(end, now, host, effects, take);
    Happen(end, solo.events[i].event, now, host, effects, take);
  }
  if (event >= solo.events.size()) LiveUntil(end, now + solo.listen_on, host, effects, take);
  return rule;
}

bool TellsTheSame(const Told& told, const Observation& seen) {
  return (!seen.counts.has_value() || told.counts == *seen.counts) &&
         (!seen.states.has_value() || told.states == *seen.states);
}

Mismatch ToldOtherwise(size_t index, const Told& told, const Observation& seen) {
  if (seen.states.has_value() && told.states != *seen.states) {
    return {.event = index, .expected = StatesText(told.states), .seen = StatesText(*seen.states)};
  }
  return {.event = index,
          .expected = CountsText(told.counts, *seen.counts),
          .seen = CountsText(*seen.counts, told.counts),
          .counter = FirstDifferent(told.counts, *seen.counts)};
}

}  // namespace finwait
