// SPDX-License-Identifier: Apache-2.0
#ifndef FINWAIT_PROPS_TRANSITIONS_H_
#define FINWAIT_PROPS_TRANSITIONS_H_

#include <array>

#include "model/world/fingerprint.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

inline constexpr Property kLegalTransitions{
    .name = "legal-transitions",
    .claim =
        "A connection changes state only along the arrows of RFC 9293, figure 5, or to CLOSED "
        "by a reset, an abort or a timer.",
    .cites = "RFC 9293 3.3.2, 3.10.7.4",
    .kind = Kind::kAlways,
    .strict = false,
};

// Whether figure 5 has the arrow, a FIN and its acknowledgement in one segment counting as one.
bool IsArrow(State from, State to);

class LegalTransitions {
 public:
  void Init(const PairSetup& setup) {
    for (const Side side : {Side::kA, Side::kB}) {
      aborts_[Index(side)] = setup[side].linger_on && setup[side].linger_s == 0;
    }
  }
  void Observe(const StepRecord& step);
  Verdict Finish() const { return ruling_.Finish(); }
  bool Suspects() const { return ruling_.violated(); }
  void Mix(Hasher& hasher, Time) const { ruling_.Mix(hasher); }

 private:
  bool EndsAbruptly(const StepRecord& step) const;

  std::array<bool, 2> aborts_{};  // close() is an abort: SO_LINGER with time 0.
  Ruling ruling_;
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_TRANSITIONS_H_
