// SPDX-License-Identifier: Apache-2.0
#include "props/counterexample.h"

#include "model/world/notation.h"

namespace finwait {

bool IsViolating(const StepRecord& step, const Violated& violated) {
  return step.choice_index == violated.choice_index && step.actor == violated.actor &&
         step.effects.rule == violated.rule;
}

Counterexample::Counterexample(const PairSetup& from, std::span<const Choice> made,
                               const Trace& run, const Violated& found)
    : setup(from), choices(made), trace(run), violated(found), before(from) {
  for (const StepRecord& each : trace) {
    if (IsViolating(each, violated)) {
      step = &each;
      return;
    }
    before.Note(each);
  }
}

State Counterexample::Last(Side side) const {
  State last = State::kEstablished;
  for (const StepRecord& each : trace) {
    if (each.actor == side) last = each.after.state;
  }
  return last;
}

std::string Quoted(const Segment& segment) { return "(" + SegmentText(segment) + ")"; }

std::string Occasion(const StepRecord& step) {
  switch (step.kind) {
    case StepKind::kCall:
      return "at its " + CallText(step.choice);
    case StepKind::kWake:
      return "when its sleeping close() ran again";
    case StepKind::kArrival:
      return std::string("when ") + Letter(Peer(step.actor)) + "'s segment " + Quoted(step) +
             " arrived";
    case StepKind::kTimer:
      return "when a timer fired (" + std::string(Name(step.effects.rule)) + ")";
    case StepKind::kLost:
    case StepKind::kCopied:
      break;
  }
  return "while its segment " + Quoted(step) + " was on its way";
}

std::string Doing(const StepRecord& step) {
  std::string doing;
  const auto add = [&](const std::string& what) { doing += (doing.empty() ? "" : " and ") + what; };
  for (const Segment& segment : step.effects.sent) add("sent " + Quoted(segment));
  if (step.before.state != step.after.state) {
    add("went from " + std::string(Name(step.before.state)) + " to " +
        std::string(Name(step.after.state)));
  }
  if (step.kind == StepKind::kCall && step.effects.result != CallResult{true}) {
    add("had a call that " + ResultText(step.effects.result));
  }
  return doing.empty() ? "did nothing" : doing;
}

std::string ByteCount(uint32_t count) {
  return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

}  // namespace finwait
