// SPDX-License-Identifier: Apache-2.0
//
// What a monitor of an always-claim has to remember: whether it applied, and the first violation.
#ifndef FINWAIT_PROPS_RULING_H_
#define FINWAIT_PROPS_RULING_H_

#include <array>

#include "model/world/fingerprint.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "props/verdict.h"

namespace finwait {

// The violation that `step` is.
inline Violated ViolationAt(const StepRecord& step) {
  return Violated{.choice_index = step.choice_index,
                  .rule = step.effects.rule,
                  .actor = step.actor,
                  .at = step.at,
                  .departed = {},
                  .limit = {},
                  .recovered = std::nullopt};
}

class Ruling {
 public:
  void Apply() { applied_ = true; }

  // `step` violates the claim; only the first one counts, and none at another stack's end.
  void Violate(const StepRecord& step) {
    if (!step.foreign) Violate(ViolationAt(step));
  }
  void Violate(const Violated& violation) {
    if (violated_) return;
    violated_ = true;
    violation_ = violation;
  }

  // `step` does what Linux does on purpose. `departure` must outlive the ruling.
  void Depart(const StepRecord& step, const char* departure) {
    applied_ = true;
    if (!step.foreign) departure_ = departure;
  }

  bool violated() const { return violated_; }

  Verdict Finish() const {
    if (violated_) return violation_;
    if (departure_ != nullptr) return Departs{departure_};
    if (applied_) return Holds{};
    return Vacuous{};
  }

  void Mix(Hasher& hasher) const {
    hasher.Add((applied_ ? 1U : 0U) | (violated_ ? 2U : 0U) | (departure_ != nullptr ? 4U : 0U));
  }

 private:
  bool applied_ = false;
  bool violated_ = false;
  const char* departure_ = nullptr;
  Violated violation_{};
};

// The monitor of an always-claim that needs no memory but its ruling.
class AlwaysMonitor {
 public:
  void Init(const PairSetup&) {}
  Verdict Finish() const { return ruling_.Finish(); }
  bool Convicted() const { return ruling_.violated(); }
  bool Suspects() const { return ruling_.violated(); }
  void Mix(Hasher& hasher, Time) const { ruling_.Mix(hasher); }

 protected:
  // The premise came true at `step`: does it keep the claim?
  void Judge(const StepRecord& step, bool keeps) {
    ruling_.Apply();
    if (!keeps) ruling_.Violate(step);
  }

  Ruling ruling_;
};

// One that must know at which ends close() is an abort: SO_LINGER with time 0.
class AbortAwareMonitor : public AlwaysMonitor {
 public:
  void Init(const PairSetup& setup) {
    for (const Side side : {Side::kA, Side::kB}) {
      aborts_[Index(side)] = setup[side].linger_on && setup[side].linger_s == 0;
    }
  }

 protected:
  bool Aborts(Side side) const { return aborts_[Index(side)]; }

 private:
  std::array<bool, 2> aborts_{};
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_RULING_H_
