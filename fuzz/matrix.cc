// SPDX-License-Identifier: Apache-2.0
#include "fuzz/matrix.h"

#include "absl/strings/str_cat.h"
#include "fuzz/corpus.h"
#include "fuzz/view.h"
#include "model/world/world.h"

namespace finwait {
namespace {

std::string Ms(Duration d) { return absl::StrCat(d.count() / 1000, " ms"); }

// The choices with the end's first ending call replaced by the mode's, and its later ones left out.
Schedule InMode(const Schedule& schedule, Side side, Mode mode) {
  Schedule changed = schedule;
  changed.choices.clear();
  bool ended = false;
  for (const Choice& choice : schedule.choices) {
    if (choice.side != side || (!EndsSending(choice) && choice.op != Op::kWake)) {
      changed.choices.push_back(choice);
    } else if (!ended) {
      ended = true;
      Choice call = EndingCalls(mode)[0];
      call.side = side;
      changed.choices.push_back(call);
    }
  }
  SetLinger(changed.setup[side], mode);
  return changed;
}

// The same with the sleeper's return written in at the first moment it may run.
Schedule WithWakeSoon(const Schedule& schedule, Side side) {
  Schedule changed{schedule.setup, {}};
  World world = Start(schedule.setup);
  const NoObserver nobody;
  Runner runner(schedule.setup, world, nobody);
  bool woken = false;
  for (const Choice& choice : schedule.choices) {
    runner.Apply(choice);
    changed.choices.push_back(choice);
    if (woken || !runner.Apply(WakeOf(side))) continue;
    changed.choices.push_back(WakeOf(side));
    woken = true;
  }
  return changed;
}

// The first copy of the peer's FIN to arrive at `side`, or nothing.
const StepRecord* FinArrival(const Trace& trace, Side side) {
  for (const StepRecord& step : trace) {
    if (step.kind == StepKind::kArrival && step.actor == side && step.segment.segment.Has(kFin)) {
      return &step;
    }
  }
  return nullptr;
}

// What had ended the connection at `side` before `step`.
RuleId EndedBy(const Trace& trace, Side side) {
  for (const StepRecord& step : trace) {
    if (step.actor == side && step.after.entry == Entry::kNone) return step.effects.rule;
  }
  return RuleId::kNone;
}

std::string WhyViolated(const Trace& trace, const Violated& violated) {
  const std::string end(1, Letter(violated.actor));
  std::string why = absl::StrCat(end, " discards the segment by ", View(Name(violated.rule)));
  for (const StepRecord& step : trace) {
    if (step.choice_index != violated.choice_index || step.kind != StepKind::kArrival) continue;
    why = absl::StrCat(end, " discards it in ", View(Name(step.before.state)), ": ack ",
                       step.segment.segment.ack.raw, " < SND.UNA ", step.before.snd_una.raw, " (",
                       View(Name(violated.rule)), ")");
  }
  if (!violated.recovered.has_value()) return absl::StrCat(why, "; never made good");
  return absl::StrCat(why, "; taken after ", Ms(*violated.recovered), ", limit ",
                      Ms(violated.limit));
}

std::string WhyHolds(const StepRecord& arrival) {
  const std::string end(1, Letter(arrival.actor));
  if (arrival.before.entry == Entry::kTimewait) {
    return absl::StrCat("the FIN finds ", end, "'s timewait bucket in ",
                        View(Name(arrival.before.state)), ", which never looks at ack numbers (",
                        View(Name(arrival.effects.rule)), ")");
  }
  for (const RuleId rule : arrival.effects.fired) {
    if (rule != RuleId::kSegmentFinOldAckTaken) continue;
    return absl::StrCat(end, " is a full socket in ", View(Name(arrival.before.state)),
                        " and takes the FIN, old ack number and all (", View(Name(rule)), ")");
  }
  return absl::StrCat(end, " takes the FIN in ", View(Name(arrival.before.state)), " (",
                      View(Name(arrival.effects.rule)), ")");
}

std::string Why(const MatrixRow& row, const MatrixSubject& subject) {
  const Trace trace = Record(row.schedule.setup, row.schedule.choices).trace;
  if (const auto* violated = std::get_if<Violated>(&row.verdict))
    return WhyViolated(trace, *violated);
  const StepRecord* const arrival = FinArrival(trace, subject.varied);
  const std::string end(1, Letter(subject.varied));
  if (arrival == nullptr) return absl::StrCat("no FIN ever arrives at ", end);
  if (std::holds_alternative<Holds>(row.verdict)) return WhyHolds(*arrival);
  if (arrival->before.entry == Entry::kNone) {
    return absl::StrCat(end, " has no connection left when the FIN arrives (",
                        View(Name(EndedBy(trace, subject.varied))), ")");
  }
  return absl::StrCat("no segment arrives at ", end, " that the property speaks of");
}

MatrixRow RowFor(const KernelProfile& kernel, Mode mode, Schedule schedule,
                 const MatrixSubject& subject) {
  MatrixRow row;
  row.kernel = kernel.name;
  row.mode = mode;
  row.schedule = std::move(schedule);
  row.verdict = Judge(row.schedule.setup, row.schedule.choices, Only(subject.property))
                    .verdicts[subject.property];
  return row;
}

}  // namespace

std::string_view Word(const Verdict& verdict) {
  if (std::holds_alternative<Violated>(verdict)) return "violated";
  if (std::holds_alternative<Departs>(verdict)) return "departs";
  return std::holds_alternative<Holds>(verdict) ? "holds" : "vacuous";
}

MatrixSubject SubjectOf(const Schedule& schedule, std::optional<size_t> property) {
  for (const KernelProfile& kernel : HeadlineProfiles()) {
    const Schedule run = WithKernel(schedule, kernel);
    const Judgement judgement = Judge(run.setup, run.choices, EveryProperty());
    for (size_t i = 0; i < kPropertyCount; ++i) {
      if (property.has_value() && *property != i) continue;
      const auto* violated = std::get_if<Violated>(&judgement.verdicts[i]);
      if (violated != nullptr) return MatrixSubject{i, violated->actor};
    }
  }
  return MatrixSubject{property.value_or(0), Side::kA};
}

std::vector<MatrixRow> Matrix(const Schedule& schedule, const MatrixSubject& subject) {
  std::vector<MatrixRow> rows;
  for (const KernelProfile& kernel : HeadlineProfiles()) {
    for (const Mode mode : kModes) {
      const Schedule changed = InMode(WithKernel(schedule, kernel), subject.varied, mode);
      rows.push_back(RowFor(kernel, mode, changed, subject));
      if (mode == Mode::kLingerN) {
        rows.back().wake_up = WakeUp::kLate;
        rows.push_back(RowFor(kernel, mode, WithWakeSoon(changed, subject.varied), subject));
        rows.back().wake_up = WakeUp::kSoon;
      }
    }
  }
  for (MatrixRow& row : rows) {
    row.why = Why(row, subject);
    if (row.wake_up == WakeUp::kNone) continue;
    row.why = absl::StrCat(row.wake_up == WakeUp::kSoon ? "close() returns as soon as it may: "
                                                        : "close() still sleeps: ",
                           row.why);
  }
  return rows;
}

}  // namespace finwait
