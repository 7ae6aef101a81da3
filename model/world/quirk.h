// SPDX-License-Identifier: Apache-2.0
//
// An end that is not what its kernel profile says: a peer that is not Linux (peer.h) or, in tests
// alone, a fault planted in the model.
#ifndef FINWAIT_MODEL_WORLD_QUIRK_H_
#define FINWAIT_MODEL_WORLD_QUIRK_H_

#include <cstdint>
#include <string_view>

#include "model/tcp/effects.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/event.h"
#include "model/tcp/profile.h"
#include "model/tcp/step.h"
#include "model/tcp/time.h"

namespace finwait {

// Whether the event is a call that ends sending.
constexpr bool EndsSending(const Event& event) {
  if (event.kind == EventKind::kShutdown) return static_cast<How>(event.amount) != How::kRd;
  return event.kind == EventKind::kClose;
}

// One step of such an end.
struct QuirkStep {
  Endpoint& end;
  const Event& event;
  Time now;
  const Host& host;
  uint32_t& memory;  // Its own, zero at the start; the same world only if it is the same.
  Effects& out;

  // What the model of the kernel does with the event, or with another in its place.
  void AsLinux() const { Step(end, event, now, host, out); }
  void AsLinux(const Event& other) const { Step(end, other, now, host, out); }
  // Nothing happens: a segment is not looked at, a timer does nothing.
  void Nothing() const { out.Clear(); }
};

// Names are stable: schedule files and causes use them.
struct Quirk {
  std::string_view name;    // "repeats-old-ack".
  std::string_view what;    // What it does, in a sentence.
  std::string_view source;  // Which stack did so, and where that is told.
  bool foreign;             // Another stack: properties do not judge this end.
  void (*step)(const QuirkStep&);
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_QUIRK_H_
