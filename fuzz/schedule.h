// SPDX-License-Identifier: Apache-2.0
//
// A schedule as a value.
#ifndef FINWAIT_FUZZ_SCHEDULE_H_
#define FINWAIT_FUZZ_SCHEDULE_H_

#include "model/world/choice.h"
#include "model/world/setup.h"

namespace finwait {

// A schedule with everything it needs to run.
struct Schedule {
  PairSetup setup;
  Choices choices;
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_SCHEDULE_H_
