// SPDX-License-Identifier: Apache-2.0
//
// Segments, calls and their results in the field's words. All numbers are the schedule's.
#ifndef FINWAIT_MODEL_WORLD_NOTATION_H_
#define FINWAIT_MODEL_WORLD_NOTATION_H_

#include <string>

#include "model/tcp/effects.h"
#include "model/tcp/event.h"
#include "model/tcp/segment.h"
#include "model/tcp/time.h"
#include "model/world/choice.h"

namespace finwait {

// In the notation of packetdrill: "F. 753:753(0) ack 4416", with "win 0" when the window is zero
// and the segment is no reset.
std::string SegmentText(const Segment& segment);

// "returns 0", "returns 10", "fails with EPIPE", "sleeps".
std::string ResultText(const CallResult& result);

// The call as in a program: "send(10)", "recv()", "shutdown(SHUT_RDWR)", "close()".
std::string CallText(const Event& call);
std::string CallText(const Choice& call);

// "197 ms", "60 s", "13 min".
std::string DurationText(Duration duration);

// The text with its first letter, if it is one, as at the beginning of a sentence.
std::string Capitalized(std::string text);

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_NOTATION_H_
