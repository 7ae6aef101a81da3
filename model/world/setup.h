// SPDX-License-Identifier: Apache-2.0
//
// Where a run starts: two hosts, their numbers and options, and the network between them.
#ifndef FINWAIT_MODEL_WORLD_SETUP_H_
#define FINWAIT_MODEL_WORLD_SETUP_H_

#include <array>
#include <chrono>
#include <cstdint>

#include "model/tcp/profile.h"
#include "model/tcp/seq.h"
#include "model/tcp/time.h"
#include "model/world/choice.h"
#include "model/world/quirk.h"

namespace finwait {

struct EndSetup {
  Host host{};
  SeqNum next{};                 // The number of its next byte when the run starts.
  bool linger_on = false;        // SO_LINGER, set before the run starts,
  uint8_t linger_s = 0;          // with this time; 0 asks close() for a reset.
  const Quirk* quirk = nullptr;  // Not what its profile says.

  friend bool operator==(const EndSetup&, const EndSetup&) = default;

  constexpr bool Foreign() const { return quirk != nullptr && quirk->foreign; }
};

struct PairSetup {
  std::array<EndSetup, 2> ends{};
  Side opener = Side::kB;   // Who sent the SYN.
  bool sack = false;        // The SYNs agreed on selective acknowledgements,
  bool timestamps = false;  // and on timestamps.
  Duration idle{};          // How long nothing happens before the first choice.
  Duration latency = std::chrono::milliseconds(5);  // One way; no segment arrives sooner.

  const EndSetup& operator[](Side side) const { return ends[Index(side)]; }
  EndSetup& operator[](Side side) { return ends[Index(side)]; }
};

// The numbers of the incident: A is its server, B its client.
inline constexpr SeqNum kNextOfA{753};
inline constexpr SeqNum kNextOfB{4416};

// Both ends on `a` and `b`, in default environments, with the incident's numbers.
PairSetup PairOf(const KernelProfile& a, const KernelProfile& b);

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_SETUP_H_
