// SPDX-License-Identifier: Apache-2.0
#include "stacks/compare.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "model/world/notation.h"

namespace finwait {
namespace {

constexpr uint8_t WithoutPush(uint8_t flags) { return static_cast<uint8_t>(flags & ~kPsh); }

bool IsCallEvent(const Event& event) { return event.kind != EventKind::kSegment; }

// Whether `sent` is, in the model's order, what it sends at once on the event. Between them there
// may be segments that the model's timers have sent by then, `by_timers`, each once; those leave
// the list.
bool MatchesAtOnce(const ScriptEvent& event, const std::vector<Departure>& sent,
                   std::vector<Departure>& by_timers) {
  std::vector<Departure> at_once;
  for (const Departure& expected : event.expected->sent) {
    (expected.at == event.at ? at_once : by_timers).push_back(expected);
  }
  auto next = at_once.begin();
  for (const Departure& departure : sent) {
    const auto is_it = [&departure](const Departure& expected) {
      return SameOnTheWire(departure.segment, expected.segment);
    };
    if (next != at_once.end() && is_it(*next)) {
      ++next;
      continue;
    }
    const auto timers = std::find_if(by_timers.begin(), by_timers.end(), is_it);
    if (timers == by_timers.end()) return false;
    by_timers.erase(timers);
  }
  return next == at_once.end();
}

// What of the expectation `pace` can see.
std::vector<Departure> Visible(const ScriptEvent& event, Pace pace) {
  std::vector<Departure> visible;
  for (const Departure& departure : event.expected->sent) {
    if (pace == Pace::kRealTime || departure.at == event.at) visible.push_back(departure);
  }
  return visible;
}

// What differs in the answer to one event, or nothing.
std::string WhatDiffers(const ScriptEvent& event, const Answered& answer, Pace pace,
                        std::vector<Departure>& by_timers) {
  const Expected& expected = *event.expected;
  const bool same = pace == Pace::kRealTime ? SameOnTheWire(expected.sent, answer.sent)
                                            : MatchesAtOnce(event, answer.sent, by_timers);
  if (!same) {
    return absl::StrCat("sends '", SegmentsText(answer.sent), "'; the model sends '",
                        SegmentsText(Visible(event, pace)), "'");
  }
  if (IsCallEvent(event.event) && answer.result != expected.result) {
    return absl::StrCat(ResultText(answer.result), "; in the model it ",
                        ResultText(expected.result));
  }
  if (answer.state.has_value() && *answer.state != expected.state) {
    return absl::StrCat("is in ", std::string(Name(*answer.state)), "; the model is in ",
                        std::string(Name(expected.state)));
  }
  return "";
}

}  // namespace

bool SameOnTheWire(const Segment& a, const Segment& b) {
  return WithoutPush(a.flags) == WithoutPush(b.flags) && a.seq == b.seq &&
         (!a.Has(kAck) || a.ack == b.ack) && a.len == b.len && (a.wnd == 0) == (b.wnd == 0);
}

bool SameOnTheWire(const std::vector<Departure>& a, const std::vector<Departure>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const Departure& x, const Departure& y) { return SameOnTheWire(x.segment, y.segment); });
}

std::optional<Difference> FirstDifference(const Script& script,
                                          const std::vector<Answered>& answers, Pace pace) {
  std::vector<Departure> by_timers;
  for (size_t i = 0; i < script.events.size(); ++i) {
    if (!script.events[i].expected.has_value()) continue;
    if (i >= answers.size()) return Difference{i, "is not answered"};
    const std::string what = WhatDiffers(script.events[i], answers[i], pace, by_timers);
    if (!what.empty()) return Difference{i, what};
  }
  return std::nullopt;
}

std::string SegmentsText(const std::vector<Departure>& sent) {
  if (sent.empty()) return "nothing";
  return absl::StrJoin(sent, "; ", [](std::string* out, const Departure& departure) {
    out->append(SegmentText(departure.segment));
  });
}

}  // namespace finwait
