// SPDX-License-Identifier: Apache-2.0
//
// One thing that happened, as observers see it.
#ifndef FINWAIT_MODEL_WORLD_STEP_RECORD_H_
#define FINWAIT_MODEL_WORLD_STEP_RECORD_H_

#include <cstdint>

#include "model/tcp/effects.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/state.h"
#include "model/tcp/time.h"
#include "model/world/choice.h"
#include "model/world/wire.h"

namespace finwait {

enum class StepKind : uint8_t {
  kCall,     // A user call of the actor.
  kWake,     // The actor's sleeping close() ran.
  kArrival,  // `segment` arrived at the actor.
  kTimer,    // A timer of the actor fired.
  kLost,     // `segment`, sent by the actor, was dropped by the network,
  kCopied,   // or duplicated.
};

// An end's numbers, for properties that RFCs state in them.
struct Numbers {
  State state = State::kClosed;
  Entry entry = Entry::kNone;
  bool fin_taken = false;                              // The peer's FIN is counted in rcv_nxt.
  bool orphan = false;                                 // The user is gone.
  SeqNum snd_una{}, snd_nxt{}, rcv_nxt{}, rcv_edge{};  // rcv_edge = RCV.NXT + RCV.WND.
  uint32_t max_window = 0;                             // MAX.SND.WND of RFC 5961.
  SeqNum sack_edge{};  // The highest number it has reported by SACK; zero when none.
};

Numbers NumbersOf(const Endpoint& endpoint);

struct StepRecord {
  Time at{};
  StepKind kind = StepKind::kCall;
  Side actor = Side::kA;
  bool foreign = false;  // The actor is another stack's model: nobody judges it.
  Choice choice{};
  uint32_t choice_index = 0;  // Of the choice that acted or let the timer fire; settling counts on.
  bool settling = false;
  InFlight segment{};         // For kArrival, kLost and kCopied.
  uint16_t first_serial = 0;  // Serial of effects.sent[0]; the others follow.
  Duration rto{};             // The actor's time-out in force after the step.
  Numbers before{}, after{};
  Effects effects{};
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_STEP_RECORD_H_
