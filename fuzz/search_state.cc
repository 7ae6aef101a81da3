// SPDX-License-Identifier: Apache-2.0
#include "fuzz/search_state.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "model/world/fingerprint.h"

namespace finwait {
namespace {

// As an active opener leaves it: its SYN is an acknowledged byte, and the peer's is the segment
// that told of the window.
void OpenActively(Tcb& tcb) {
  tcb.bytes_acked = 1;
  tcb.snd_wl1 = tcb.rcv_nxt - 1U;
}

// A tuple is assigned member by member, but constructed as bytes.
void Assign(const Monitors& from, Monitors& to) { std::construct_at(&to, from); }

uint64_t Oriented(const Ground& ground, const SearchState& state, std::array<uint64_t, 2> ends,
                  const Monitors& monitors) {
  Hasher hasher;
  hasher.Add(Joined(ends[0], ends[1]), state.budget.OfNetwork());
  monitors.Mix(hasher, state.world.now);
  hasher.Add(ground.symmetric ? 1 : 0);
  return hasher.Value();
}

}  // namespace

void CopyState(const Ground& ground, const SearchState& from, SearchState& to) {
  CopyLive(from.world, to.world);
  Assign(from.monitors, to.monitors);
  if (ground.symmetric) Assign(from.mirrored, to.mirrored);
  to.budget = from.budget;
}

Ground PlainGround(const PairSetup& setup, const Region& region, PropertySet properties) {
  const Monitors monitors(properties, setup);
  return Ground{setup, region, properties, false,
                SearchState{Start(setup), monitors, monitors, Budget(region)}};
}

Ground FrozenGround(const PairSetup& setup, const Region& region, PropertySet properties,
                    bool fold) {
  PairSetup frozen = setup;
  for (const Side side : {Side::kA, Side::kB}) {
    frozen[side].host.environment.rtt_frozen = true;
    SetLinger(frozen[side], region.modes[Index(side)]);
  }
  EndSetup other = frozen[Side::kB];
  other.next = frozen[Side::kA].next;
  const bool alike = other == frozen[Side::kA] && region.modes[0] == region.modes[1];
  if (!alike || !fold) return PlainGround(frozen, region, properties);
  frozen[Side::kB].next = frozen[Side::kA].next;
  Ground ground = PlainGround(frozen, region, properties);
  ground.symmetric = true;
  for (Endpoint& end : ground.start.world.ends) OpenActively(end.socket);
  return ground;
}

Parts PartsOf(const Ground& ground, const World& world) {
  Parts parts;
  for (const Side side : {Side::kA, Side::kB}) {
    parts.ends[Index(side)] = EndFingerprint(world, side, ground.setup);
    parts.wires[Index(side)] = WireFingerprint(world, side, ground.setup);
  }
  return parts;
}

Parts PartsAfter(const Ground& ground, const World& world, const Choice& choice,
                 const Parts& before, Time then) {
  if (world.now != then || choice.op == Op::kWait) return PartsOf(ground, world);
  Parts parts = before;
  const bool network = choice.op == Op::kDrop || choice.op == Op::kDuplicate;
  const Side actor = choice.op == Op::kDeliver ? Peer(choice.side) : choice.side;
  if (!network) parts.ends[Index(actor)] = EndFingerprint(world, actor, ground.setup);
  parts.wires[Index(actor)] = WireFingerprint(world, actor, ground.setup);
  if (actor != choice.side) {
    parts.wires[Index(choice.side)] = WireFingerprint(world, choice.side, ground.setup);
  }
  return parts;
}

uint64_t FingerprintOf(const Ground& ground, const SearchState& state, const Parts& parts) {
  std::array<uint64_t, 2> ends{};
  for (const Side side : {Side::kA, Side::kB}) {
    const size_t i = Index(side);
    ends[i] = Joined(Joined(parts.ends[i], parts.wires[i]), state.budget.Of(side));
  }
  const bool swapped = ground.symmetric && ends[1] < ends[0];
  if (swapped) std::swap(ends[0], ends[1]);
  uint64_t value = Oriented(ground, state, ends, swapped ? state.mirrored : state.monitors);
  if (ground.symmetric && ends[0] == ends[1]) {
    value = std::min(value, Oriented(ground, state, ends, state.mirrored));
  }
  return value == 0 ? 1 : value;
}

void Mirror(const SearchState& from, SearchState& to) {
  CopyLive(from.world, to.world);
  std::swap(to.world.ends[0], to.world.ends[1]);
  std::swap(to.world.wires[0], to.world.wires[1]);
  std::swap(to.world.segments_sent[0], to.world.segments_sent[1]);
  Assign(from.mirrored, to.monitors);
  Assign(from.monitors, to.mirrored);
  to.budget = from.budget;
  std::swap(to.budget.calls[0], to.budget.calls[1]);
}

void Pack(const Ground& ground, const SearchState& state, Bytes& bytes) {
  // Written beside the vector, which would fill what it makes room for.
  constexpr size_t kMax = PackedMax(sizeof(World)) + 2 * PackedMax(sizeof(Monitors)) + 64;
  std::array<uint8_t, kMax> packed;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  Packer packer(packed.data());
  packer.Put(state.world, ground.start.world);
  packer.Put(state.monitors, ground.start.monitors);
  if (ground.symmetric) packer.Put(state.mirrored, ground.start.mirrored);
  packer.Put(state.budget, ground.start.budget);
  bytes.insert(bytes.end(), packed.data(), packer.at());
}

void Unpack(const Ground& ground, const uint8_t*& at, SearchState& state) {
  Unpacker unpacker(at);
  unpacker.Get(state.world, ground.start.world);
  Assign(ground.start.monitors, state.monitors);
  unpacker.Get(state.monitors);
  if (ground.symmetric) {
    Assign(ground.start.mirrored, state.mirrored);
    unpacker.Get(state.mirrored);
  }
  state.budget = ground.start.budget;
  unpacker.Get(state.budget);
  at = unpacker.at();
}

}  // namespace finwait
