// SPDX-License-Identifier: Apache-2.0
#include "fuzz/matrix.h"

#include <algorithm>
#include <span>

#include "fuzz/corpus.h"
#include "fuzz/matrix_why.h"
#include "model/world/play.h"

namespace finwait {
namespace {

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

Verdict VerdictOn(const Schedule& schedule, std::optional<size_t> property) {
  if (!property.has_value()) return Holds{};
  const Judgement judgement = Judge(schedule.setup, schedule.choices, Only(*property));
  return judgement.bound && !std::holds_alternative<Violated>(judgement.verdicts[*property])
             ? Verdict(Vacuous{})
             : judgement.verdicts[*property];
}

std::optional<MatrixSubject> ViolatedOn(const Schedule& schedule, std::optional<size_t> property) {
  const PropertySet asked = property.has_value() ? Only(*property) : EveryProperty();
  const Judgement judgement = Judge(schedule.setup, schedule.choices, asked);
  const std::optional<size_t> first = FirstViolated(judgement);
  if (!first.has_value()) return std::nullopt;
  const Violated& violated = std::get<Violated>(judgement.verdicts[*first]);
  MatrixSubject subject{*first, violated.actor};
  for (const StepRecord& step : Record(schedule.setup, schedule.choices).trace) {
    if (!subject.step.has_value() && IsViolating(step, violated)) subject.step = step;
  }
  return subject;
}

// Every profile, and in its place among them the kernel of the schedule.
std::vector<KernelProfile> KernelsFor(const Schedule& schedule) {
  std::vector<KernelProfile> kernels(Profiles().begin(), Profiles().end());
  for (const EndSetup& end : schedule.setup.ends) {
    const KernelProfile& own = end.host.kernel;
    const bool there = std::any_of(kernels.begin(), kernels.end(),
                                   [&](const KernelProfile& k) { return k.name == own.name; });
    if (!there) kernels.push_back(own);
  }
  return kernels;
}

class Grid {
 public:
  Grid(const Schedule& schedule, const MatrixSubject& subject)
      : schedule_(schedule), subject_(subject) {}

  std::vector<MatrixRow> Rows() {
    for (const Mode mode : kModes) {
      for (const KernelProfile& kernel : KernelsFor(schedule_)) AddRows(kernel, mode);
    }
    return std::move(rows_);
  }

 private:
  void AddRows(const KernelProfile& kernel, Mode mode) {
    const Schedule changed = InMode(WithKernel(schedule_, kernel), subject_.varied, mode);
    if (mode != Mode::kLingerN) return Add(kernel, mode, WakeUp::kNone, changed);
    Add(kernel, mode, WakeUp::kLate, changed);
    Add(kernel, mode, WakeUp::kSoon, WithWakeSoon(changed, subject_.varied));
  }

  // Joins the row that says the same, if there is one.
  void Add(const KernelProfile& kernel, Mode mode, WakeUp wake_up, Schedule schedule) {
    MatrixRow row{{kernel.name}, mode, wake_up, std::move(schedule), {}, ""};
    row.verdict = VerdictOn(row.schedule, subject_.property);
    row.why = WhyOf(row, subject_);
    for (MatrixRow& other : rows_) {
      const bool same = other.mode == mode && other.wake_up == wake_up && other.why == row.why &&
                        other.verdict.index() == row.verdict.index();
      if (same) return other.kernels.push_back(kernel.name);
    }
    rows_.push_back(std::move(row));
  }

  const Schedule& schedule_;
  const MatrixSubject& subject_;
  std::vector<MatrixRow> rows_;
};

}  // namespace

std::string_view VerdictName(const Verdict& verdict) {
  if (std::holds_alternative<Violated>(verdict)) return "violated";
  if (std::holds_alternative<Departs>(verdict)) return "departs";
  return std::holds_alternative<Holds>(verdict) ? "holds" : "vacuous";
}

MatrixSubject SubjectOf(const ScheduleFile& file, std::optional<size_t> property) {
  for (const Expectation& expectation : file.expectations) {
    if (!expectation.violated.has_value()) continue;
    if (property.has_value() && *property != *expectation.violated) continue;
    const KernelProfile* const kernel = FindProfile(expectation.kernel);
    if (kernel == nullptr) continue;
    const auto subject = ViolatedOn(WithKernel(file.schedule, *kernel), expectation.violated);
    if (subject.has_value()) return *subject;
  }
  if (const auto subject = ViolatedOn(file.schedule, property)) return *subject;
  for (const KernelProfile& kernel : Profiles()) {
    if (const auto subject = ViolatedOn(WithKernel(file.schedule, kernel), property)) {
      return *subject;
    }
  }
  MatrixSubject subject{property};
  for (const Choice& choice : file.schedule.choices) {  // The first to end is varied.
    if (!EndsSending(choice)) continue;
    subject.varied = choice.side;
    break;
  }
  return subject;
}

std::vector<MatrixRow> Matrix(const Schedule& schedule, const MatrixSubject& subject) {
  return Grid(schedule, subject).Rows();
}

std::vector<Mode> AvoidedBy(const Schedule& schedule, const MatrixSubject& subject) {
  std::vector<Mode> modes;
  const auto ends = [&](const Choice& c) { return c.side == subject.varied && EndsSending(c); };
  if (std::none_of(schedule.choices.begin(), schedule.choices.end(), ends)) return modes;
  for (const Mode mode : kModes) {
    if (mode == Mode::kLingerN || mode == Mode::kLinger0) continue;
    const Schedule changed = InMode(schedule, subject.varied, mode);
    if (std::holds_alternative<Holds>(VerdictOn(changed, subject.property))) modes.push_back(mode);
  }
  return modes;
}

}  // namespace finwait
