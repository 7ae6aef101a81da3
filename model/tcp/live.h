// SPDX-License-Identifier: Apache-2.0
//
// An endpoint left to itself between the events of a schedule: timers fire when they are due, and a
// close() that sleeps returns as soon as it may.
#ifndef FINWAIT_MODEL_TCP_LIVE_H_
#define FINWAIT_MODEL_TCP_LIVE_H_

#include "model/tcp/effects.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/event.h"
#include "model/tcp/step.h"
#include "model/tcp/time.h"

namespace finwait {

// Step, and the sleeper's return that may follow from it. `took(at)` is called after each, to look
// at `effects`. What the event itself returned, if it is a call.
template <typename Took>
CallResult Happen(Endpoint& endpoint, const Event& event, Time at, const Host& host,
                  Effects& effects, Took&& took) {
  Step(endpoint, event, at, host, effects);
  const CallResult result = effects.result;
  took(at);
  if (SleeperMayWake(endpoint)) {
    Step(endpoint, Event{.kind = EventKind::kWake}, at, host, effects);
    took(at);
  }
  return result;
}

// Until `t`, what is due then included.
template <typename Took>
void LiveUntil(Endpoint& endpoint, Time t, const Host& host, Effects& effects, Took&& took) {
  while (NextTimer(endpoint) <= t) {
    Happen(endpoint, Event{.kind = EventKind::kTimer}, NextTimer(endpoint), host, effects, took);
  }
}

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_LIVE_H_
