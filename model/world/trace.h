// SPDX-License-Identifier: Apache-2.0
//
// A recorded run. Recording is just another observer; the hot loop keeps no steps.
#ifndef FINWAIT_MODEL_WORLD_TRACE_H_
#define FINWAIT_MODEL_WORLD_TRACE_H_

#include <vector>

#include "model/world/step_record.h"

namespace finwait {

using Trace = std::vector<StepRecord>;

class Recorder {
 public:
  void operator()(const StepRecord& step) { trace_.push_back(step); }
  const Trace& trace() const { return trace_; }
  Trace Take() { return std::move(trace_); }

 private:
  Trace trace_;
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_TRACE_H_
