// SPDX-License-Identifier: Apache-2.0
//
// The region that an exhaustive search covers: how often users may call and the network may fail.
// What a schedule still has of each is part of the state.
#ifndef FINWAIT_FUZZ_REGION_H_
#define FINWAIT_FUZZ_REGION_H_

#include <array>
#include <cstdint>
#include <string>

#include "fuzz/mode.h"
#include "model/world/choice.h"
#include "model/world/world.h"

namespace finwait {

// A bound that is none.
inline constexpr uint8_t kUnbounded = 255;

struct Region {
  std::array<Mode, 2> modes = {Mode::kAny, Mode::kAny};  // kAny: every call, but no SO_LINGER.
  // Each side:
  uint8_t calls = 1;  // of close() and shutdown(),
  uint8_t sends = 1;  // of send(), one segment each,
  uint8_t reads = 0;  // of recv(), all there is,
  uint8_t in_flight = 2;
  // In all:
  uint8_t losses = 1;
  uint8_t duplicates = 0;
  uint8_t retransmissions = 2;  // Segments sent again by a timer, a probe or fast retransmission.
  bool every_size = false;      // Each size of send() and recv() that a hunt draws from.

  friend bool operator==(const Region&, const Region&) = default;

  // "each side 1 close or shutdown, 1 send, ...": for readers, and to tell regions apart.
  std::string Text() const;
};

// The bounds of a breadth-first search that is bounded by its depth alone.
constexpr Region EverythingOf(const std::array<Mode, 2>& modes) {
  return Region{modes,      kUnbounded, kUnbounded, kUnbounded, kUnbounded,
                kUnbounded, kUnbounded, kUnbounded, true};
}

// What is left of a region's bounds.
struct Budget {
  struct Calls {
    uint8_t ending, sends, reads;
  };
  std::array<Calls, 2> calls{};
  uint8_t losses = 0, duplicates = 0, retransmissions = 0;
  std::array<uint8_t, 3> unused{};  // Whole words, for packing.

  explicit Budget(const Region& region)
      : calls{{{region.calls, region.sends, region.reads},
               {region.calls, region.sends, region.reads}}},
        losses(region.losses),
        duplicates(region.duplicates),
        retransmissions(region.retransmissions) {}

  void Charge(const Choice& choice);
  // False when there are not so many left.
  bool ChargeRetransmissions(uint32_t count);
  // What a side can no longer spend is nothing.
  void Forget(const std::array<bool, 2>& may_call);
  uint64_t Of(Side side) const;
  uint64_t OfNetwork() const;
};

// Every choice that acts in `world` and that the budget allows: each segment in flight delivered,
// duplicated and dropped, the ending calls of the modes, send() and recv(), each wake-up, a wait.
void EnabledChoices(const Region& region, const Budget& budget, const Enabled& enabled,
                    Choices& out);

// Whether as much is in flight as the region allows.
bool WithinFlight(const Region& region, const World& world);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_REGION_H_
