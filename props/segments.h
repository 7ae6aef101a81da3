// SPDX-License-Identifier: Apache-2.0
//
// What properties ask of the segments of a step.
#ifndef FINWAIT_PROPS_SEGMENTS_H_
#define FINWAIT_PROPS_SEGMENTS_H_

#include <algorithm>

#include "model/world/step_record.h"

namespace finwait {

// Whether the actor answers, or ends the connection, by a reset in this step.
inline bool SendsReset(const StepRecord& step) {
  for (const Segment& segment : step.effects.sent) {
    if (segment.Has(kRst)) return true;
  }
  return false;
}

// An acknowledgement and nothing else.
inline bool IsPureAck(const Segment& segment) {
  return segment.Length() == 0 && segment.Has(kAck) && !segment.Has(kRst);
}

// Whether the step sends an acknowledgement that reaches `number`.
inline bool Acknowledges(const StepRecord& step, SeqNum number) {
  for (const Segment& segment : step.effects.sent) {
    if (segment.Has(kAck) && AtOrAfter(segment.ack, number)) return true;
  }
  return false;
}

// Whether the rule had a part in the step.
inline bool Fired(const StepRecord& step, RuleId rule) {
  const auto& fired = step.effects.fired;
  return std::find(fired.begin(), fired.end(), rule) != fired.end();
}

inline bool ArrivesWith(const StepRecord& step, Flag flag) {
  return step.kind == StepKind::kArrival && step.segment.segment.Has(flag);
}

// Text of an end that its user has not read: in order, the FIN not counted.
inline uint32_t Unread(const Numbers& at, SeqNum first, uint32_t read) {
  const uint32_t text = at.rcv_nxt - first - (at.fin_taken ? 1U : 0U);
  return read < text ? text - read : 0;
}

}  // namespace finwait

#endif  // FINWAIT_PROPS_SEGMENTS_H_
