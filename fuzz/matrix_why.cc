// SPDX-License-Identifier: Apache-2.0
#include "fuzz/matrix_why.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "fuzz/view.h"
#include "model/world/notation.h"
#include "props/segments.h"

namespace finwait {
namespace {

std::string End(Side side) { return std::string(1, Letter(side)); }

// Whether `step` is to its run what `model` is to its own: the arrival of the segment with the same
// serial, a call of the same kind, a timer by the same rule.
bool Corresponds(const StepRecord& step, const StepRecord& model) {
  if (step.kind != model.kind || step.actor != model.actor) return false;
  switch (step.kind) {
    case StepKind::kArrival:
    case StepKind::kLost:
    case StepKind::kCopied:
      return step.segment.serial == model.segment.serial;
    case StepKind::kCall:
      return step.choice.op == model.choice.op ||
             (EndsSending(step.choice) && EndsSending(model.choice));
    case StepKind::kTimer:
      return step.effects.rule == model.effects.rule;
    case StepKind::kWake:
      return true;
  }
  return false;
}

// What ended the connection at `side` before its run was over, or kNone.
RuleId EndedBy(const Trace& trace, Side side) {
  for (const StepRecord& step : trace) {
    if (step.actor == side && step.after.entry == Entry::kNone) return step.effects.rule;
  }
  return RuleId::kNone;
}

// The rules that fired here and not in the case's own step, the decisive one first.
std::vector<RuleId> Deciding(const StepRecord& step, const StepRecord& model) {
  std::vector<RuleId> rules;
  for (const RuleId rule : step.effects.fired) {
    if (!Fired(model, rule)) rules.push_back(rule);
  }
  if (rules.empty()) rules.push_back(step.effects.rule);
  return rules;
}

std::string Handled(const Trace& trace, const StepRecord& step, const StepRecord& model) {
  const std::string end = End(step.actor);
  const std::string segment =
      absl::StrCat(End(Peer(step.actor)), "'s segment ", Quoted(step.segment.segment));
  if (step.kind == StepKind::kArrival && step.before.entry == Entry::kNone) {
    const RuleId by = EndedBy(trace, step.actor);
    return absl::StrCat(end, " has no connection left when ", segment, " arrives (", View(Name(by)),
                        ")");
  }
  const std::vector<RuleId> rules = Deciding(step, model);
  const std::string what = step.kind == StepKind::kArrival ? segment : Occasion(step);
  const std::string names = absl::StrJoin(
      rules, ", ", [](std::string* out, RuleId rule) { absl::StrAppend(out, View(Name(rule))); });
  return absl::StrCat(end, step.before.entry == Entry::kTimewait ? "'s timewait bucket" : "",
                      " in ", View(Name(step.before.state)), ", ", what, ": ",
                      View(RuleOf(rules.front()).says), " (", names, ")");
}

std::string Missing(const StepRecord& model) {
  if (model.kind == StepKind::kCall) {
    return absl::StrCat(CallText(model.choice), " is not called");
  }
  if (model.kind != StepKind::kArrival) {
    return absl::StrCat("no timer of ", End(model.actor), "'s fires by ",
                        View(Name(model.effects.rule)));
  }
  return absl::StrCat("no segment ", End(Peer(model.actor)), model.segment.serial, " arrives at ",
                      End(model.actor));
}

std::string ByTheStep(const Trace& trace, const StepRecord& model) {
  for (const StepRecord& step : trace) {
    if (Corresponds(step, model)) return Handled(trace, step, model);
  }
  return Missing(model);
}

std::string HowOneEnds(const Trace& trace, Side side) {
  const StepRecord* last = nullptr;  // The one that brought the last state.
  const StepRecord* reset = nullptr;
  State state = State::kEstablished;
  for (const StepRecord& step : trace) {
    if (step.actor != side) continue;
    if (SendsReset(step) && step.before.entry != Entry::kNone) reset = &step;
    if (step.after.state == state) continue;
    state = step.after.state;
    last = &step;
  }
  const std::string end = End(side);
  if (last == nullptr) return absl::StrCat(end, " stays in ", View(Name(state)));
  const std::string when = absl::StrCat(" at ", DurationText(SinceStart(last->at)), " (",
                                        View(Name(last->effects.rule)), ")");
  if (reset == last) return absl::StrCat(end, " resets the connection", when);
  if (state != State::kClosed) return absl::StrCat(end, " stays in ", View(Name(state)), when);
  if (ArrivesWith(*last, kRst)) return absl::StrCat(end, " is reset", when);
  return absl::StrCat(end, " is CLOSED", when);
}

std::string ReasonFor(const MatrixRow& row, const MatrixSubject& subject) {
  const Trace trace = Record(row.schedule.setup, row.schedule.choices).trace;
  if (const auto* violated = std::get_if<Violated>(&row.verdict)) {
    return kProperties[*subject.property].tells(
        Counterexample(row.schedule.setup, row.schedule.choices, trace, *violated));
  }
  if (const auto* departs = std::get_if<Departs>(&row.verdict)) {
    return std::string(departs->departure);
  }
  if (!subject.step.has_value()) return HowItEnds(trace);
  return ByTheStep(trace, *subject.step);
}

}  // namespace

std::string HowItEnds(const Trace& trace) {
  return absl::StrCat(HowOneEnds(trace, Side::kA), "; ", HowOneEnds(trace, Side::kB));
}

std::string WhyOf(const MatrixRow& row, const MatrixSubject& subject) {
  const std::string why = ReasonFor(row, subject);
  if (row.wake_up == WakeUp::kNone) return why;
  return absl::StrCat(row.wake_up == WakeUp::kSoon ? "close() returns as soon as it may: "
                                                   : "close() still sleeps: ",
                      why);
}

}  // namespace finwait
