// SPDX-License-Identifier: Apache-2.0
//
// A solo schedule: one endpoint, and a peer that is the schedule itself. It forges every segment,
// so it reaches what no honest peer would send.
#ifndef FINWAIT_DIFF_SOLO_H_
#define FINWAIT_DIFF_SOLO_H_

#include <vector>

#include "model/tcp/event.h"
#include "model/tcp/profile.h"
#include "model/tcp/step.h"
#include "model/tcp/time.h"
#include "stacks/connection.h"

namespace finwait {

// A call of the user or a segment of the peer, `wait` after the event before it.
struct SoloEvent {
  Duration wait{};
  Event event{};
};

struct Solo {
  Connection connection;
  std::vector<SoloEvent> events;
  Duration listen_on{};  // How long to listen after the last event.

  // Whether time passes in it.
  bool Waits() const;

  // Whether its close() may sleep.
  bool Lingers() const { return connection.linger_on && connection.linger_s > 0; }
};

// Numbers of every solo schedule: packetdrill's relative ones.
inline constexpr SeqNum kSoloNext{1};

}  // namespace finwait

#endif  // FINWAIT_DIFF_SOLO_H_
