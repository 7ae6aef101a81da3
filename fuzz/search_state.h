// SPDX-License-Identifier: Apache-2.0
//
// What a breadth-first search keeps of a point in a run: the world, the monitors, what is left of
// the region's bounds; how it is hashed, mirrored, packed.
#ifndef FINWAIT_FUZZ_SEARCH_STATE_H_
#define FINWAIT_FUZZ_SEARCH_STATE_H_

#include <array>
#include <cstdint>

#include "fuzz/region.h"
#include "model/world/compact.h"
#include "model/world/world.h"
#include "props/monitors.h"

namespace finwait {

struct SearchState {
  World world;
  Monitors monitors;
  Monitors mirrored;  // In a symmetric search: fed as if A were B and B were A.
  Budget budget;
};

// What a search stands on.
struct Ground {
  PairSetup setup;  // As searched.
  Region region;
  PropertySet properties;
  bool symmetric = false;  // A and B may be exchanged.
  SearchState start;
};

// As `to = from`, but for what is dead.
void CopyState(const Ground& ground, const SearchState& from, SearchState& to);

// The setup as it is.
Ground PlainGround(const PairSetup& setup, const Region& region, PropertySet properties);

// With the round-trip estimator frozen and SO_LINGER as the modes ask. If both ends are then equal
// in everything but their numbers and who sent the SYN, and `fold` is set, these are made equal
// too (as after a simultaneous open) and the search is symmetric.
Ground FrozenGround(const PairSetup& setup, const Region& region, PropertySet properties,
                    bool fold);

// Fingerprints of the parts of a state, kept to be reused where a choice leaves a part alone.
struct Parts {
  std::array<uint64_t, 2> ends{}, wires{}, monitors{};  // monitors[1]: the mirrored.
};
Parts PartsOf(const Ground& ground, const SearchState& state);
uint64_t PrintOf(const Monitors& monitors, Time now);

// The parts of what `choice` made of a state with `before` at `then`.
Parts PartsAfter(const Ground& ground, const SearchState& state, const Choice& choice,
                 const Parts& before, Time then);

// Of the whole state; never 0. Equal for a state and its mirror image in a symmetric search.
uint64_t FingerprintOf(bool symmetric, const Parts& parts, const Budget& budget);

// A and B exchanged, in a symmetric search.
void Mirror(const SearchState& from, SearchState& to);
constexpr Choice Mirror(Choice choice) {
  if (choice.op != Op::kWait) choice.side = Peer(choice.side);
  return choice;
}

void Pack(const Ground& ground, const SearchState& state, Bytes& bytes);
// Reads one state at `at`, which it moves behind it.
void Unpack(const Ground& ground, const uint8_t*& at, SearchState& state);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_SEARCH_STATE_H_
