// SPDX-License-Identifier: Apache-2.0
#ifndef FINWAIT_PROPS_TRANSITIONS_H_
#define FINWAIT_PROPS_TRANSITIONS_H_

#include "model/world/fingerprint.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "props/property.h"

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
  void Init(const PairSetup&) {}
  void Observe(const StepRecord& step);
  Verdict Finish() const;
  bool Suspects() const { return violated_; }
  void Mix(Hasher& hasher, Time now) const;

 private:
  bool applied_ = false, violated_ = false;
  Violated violation_{};
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_TRANSITIONS_H_
