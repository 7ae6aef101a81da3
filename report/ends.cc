// SPDX-License-Identifier: Apache-2.0
#include "report/ends.h"

#include "absl/strings/str_cat.h"
#include "fuzz/view.h"
#include "model/world/notation.h"
#include "report/wrap.h"

namespace finwait {
namespace {

std::string End(Side side) { return std::string(1, Letter(side)); }

std::string ResetText(const StepRecord& step, int number) {
  const Rule& rule = RuleOf(step.effects.rule);
  std::string text = absl::StrCat(number, ", from ", End(step.actor), ". ", View(rule.says), " (",
                                  View(rule.name));
  absl::StrAppend(&text, rule.rfc.empty() ? "" : "; ", View(rule.rfc), ")");
  if (!rule.avoid.empty()) absl::StrAppend(&text, " To avoid it: ", View(rule.avoid), ".");
  return Fact("reset", text);
}

// Why nothing ends the state that an end is left in.
std::string Stays(const Numbers& at) {
  switch (at.state) {
    case State::kEstablished:
      return "until one of the users ends the connection";
    case State::kCloseWait:
      return "until its user closes, or shuts down sending";
    case State::kFinWait2:
      return at.orphan ? "until its timer fires (tcp_fin_timeout)"
                       : "until the peer's FIN comes: while its user holds the socket no timer "
                         "ends it, tcp_fin_timeout counts from close() on";
    default:
      return "to the end of the run, 30 min after the network's last fault";
  }
}

std::string LaterOf(const Story& story, Side side, size_t end) {
  Numbers now{.state = State::kEstablished};
  const StepRecord* last = nullptr;  // The one that brings the last state, if it is not drawn.
  for (size_t i = 0; i < story.trace.size(); ++i) {
    const StepRecord& step = story.trace[i];
    if (step.actor != side) continue;
    if (i >= end && step.after.state != now.state) last = &step;
    now = step.after;
  }
  if (last == nullptr) {
    if (now.state == State::kClosed) return "";
    return Fact("later",
                absl::StrCat(End(side), " stays in ", View(Name(now.state)), " ", Stays(now), "."));
  }
  const Rule& rule = RuleOf(last->effects.rule);
  const Duration at = SinceStart(last->at) - story.schedule.setup.idle;
  std::string text =
      absl::StrCat(End(side), " goes from ", View(Name(last->before.state)), " to ",
                   View(Name(now.state)), " at ", DurationText(at), " (", View(rule.name));
  absl::StrAppend(&text, rule.set_by.empty() ? "" : "; ", View(rule.set_by), ").");
  if (now.state != State::kClosed) absl::StrAppend(&text, " It stays there ", Stays(now), ".");
  return Fact("later", text);
}

}  // namespace

std::string ResetsText(const Story& story, size_t end,
                       const std::function<int(Side, uint16_t)>& number) {
  std::string text;
  for (size_t i = 0; i < end; ++i) {
    const StepRecord& step = story.trace[i];
    for (uint8_t sent = 0; sent < step.effects.sent.count; ++sent) {
      if (!step.effects.sent[sent].Has(kRst)) continue;
      const auto serial = static_cast<uint16_t>(step.first_serial + sent);
      text += ResetText(step, number(step.actor, serial));
    }
  }
  return text;
}

std::string LaterText(const Story& story, size_t end) {
  return LaterOf(story, Side::kA, end) + LaterOf(story, Side::kB, end);
}

}  // namespace finwait
