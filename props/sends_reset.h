// SPDX-License-Identifier: Apache-2.0
#ifndef FINWAIT_PROPS_SENDS_RESET_H_
#define FINWAIT_PROPS_SENDS_RESET_H_

#include "model/world/step_record.h"

namespace finwait {

// Whether the actor answers, or ends the connection, by a reset in this step.
inline bool SendsReset(const StepRecord& step) {
  for (const Segment& segment : step.effects.sent) {
    if (segment.Has(kRst)) return true;
  }
  return false;
}

}  // namespace finwait

#endif  // FINWAIT_PROPS_SENDS_RESET_H_
