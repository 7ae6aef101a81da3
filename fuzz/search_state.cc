// SPDX-License-Identifier: Apache-2.0
#include "fuzz/search_state.h"

#include <algorithm>
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

void PutMonitors(Packer& packer, const Monitors& monitors, const Monitors& base) {
  packer.PutRaw(&monitors, &base, monitors.LiveBytes());
}

void GetMonitors(Unpacker& unpacker, const Monitors& base, Monitors& monitors) {
  monitors = base;
  unpacker.GetRaw(&monitors, base.LiveBytes());
}

uint64_t EndPrint(const Ground& ground, const World& world, Side side) {
  return EndFingerprint(world, side, ground.setup);
}
uint64_t WirePrint(const Ground& ground, const World& world, Side side) {
  return WireFingerprint(world.From(side), world.now, side, ground.setup);
}

}  // namespace

void CopyState(const Ground& ground, const SearchState& from, SearchState& to) {
  CopyLive(from.world, to.world);
  to.monitors = from.monitors;
  if (ground.symmetric) to.mirrored = from.mirrored;
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

uint64_t PrintOf(const Monitors& monitors, Time now) {
  Hasher hasher;
  monitors.Mix(hasher, now);
  return hasher.Value();
}

void PartsOfMonitors(const Ground& ground, const SearchState& state, Parts& parts) {
  parts.monitors[0] = PrintOf(state.monitors, state.world.now);
  if (ground.symmetric) parts.monitors[1] = PrintOf(state.mirrored, state.world.now);
}

Parts PartsOf(const Ground& ground, const SearchState& state) {
  Parts parts;
  const World& world = state.world;
  PartsOfMonitors(ground, state, parts);
  for (const Side side : {Side::kA, Side::kB}) {
    parts.ends[Index(side)] = EndPrint(ground, world, side);
    parts.wires[Index(side)] = WirePrint(ground, world, side);
  }
  return parts;
}

Parts PartsAfter(const Ground& ground, const SearchState& state, const Choice& choice,
                 const Parts& before, Time then) {
  const World& world = state.world;
  if (world.now != then || choice.op == Op::kWait) return PartsOf(ground, state);
  Parts parts = before;
  PartsOfMonitors(ground, state, parts);
  const bool network = choice.op == Op::kDrop || choice.op == Op::kDuplicate;
  const Side actor = choice.op == Op::kDeliver ? Peer(choice.side) : choice.side;
  if (!network) parts.ends[Index(actor)] = EndPrint(ground, world, actor);
  parts.wires[Index(actor)] = WirePrint(ground, world, actor);
  if (actor != choice.side) {
    parts.wires[Index(choice.side)] = WirePrint(ground, world, choice.side);
  }
  return parts;
}

uint64_t FingerprintOf(bool symmetric, const Parts& parts, const Budget& budget) {
  std::array<uint64_t, 2> ends{};
  for (const Side side : {Side::kA, Side::kB}) {
    const size_t i = Index(side);
    ends[i] = Joined(Joined(parts.ends[i], parts.wires[i]), budget.Of(side));
  }
  const uint64_t network = budget.OfNetwork();
  if (!symmetric || ends[0] < ends[1]) {
    return Joined(Joined(ends[0], ends[1]), parts.monitors[0] ^ network) | 1U;
  }
  if (ends[1] < ends[0]) return Joined(Joined(ends[1], ends[0]), parts.monitors[1] ^ network) | 1U;
  const uint64_t monitors = std::min(parts.monitors[0], parts.monitors[1]);
  return Joined(Joined(ends[0], ends[1]), monitors ^ network) | 1U;
}

void Mirror(const SearchState& from, SearchState& to) {
  CopyLive(from.world, to.world);
  std::swap(to.world.ends[0], to.world.ends[1]);
  std::swap(to.world.wires[0], to.world.wires[1]);
  std::swap(to.world.segments_sent[0], to.world.segments_sent[1]);
  to.monitors = from.mirrored;
  to.mirrored = from.monitors;
  to.budget = from.budget;
  std::swap(to.budget.calls[0], to.budget.calls[1]);
}

void Pack(const Ground& ground, const SearchState& state, Bytes& bytes) {
  // Written beside the vector, which would fill what it makes room for.
  constexpr size_t kMax = PackedMax(sizeof(World)) + 2 * PackedMax(sizeof(Monitors)) + 64;
  std::array<uint8_t, kMax> packed;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  Packer packer(packed.data());
  packer.Put(state.world, ground.start.world);
  PutMonitors(packer, state.monitors, ground.start.monitors);
  if (ground.symmetric) PutMonitors(packer, state.mirrored, ground.start.mirrored);
  packer.Put(state.budget, ground.start.budget);
  bytes.insert(bytes.end(), packed.data(), packer.at());
}

void Unpack(const Ground& ground, const uint8_t*& at, SearchState& state) {
  Unpacker unpacker(at);
  unpacker.Get(state.world, ground.start.world);
  GetMonitors(unpacker, ground.start.monitors, state.monitors);
  if (ground.symmetric) {
    GetMonitors(unpacker, ground.start.mirrored, state.mirrored);
  }
  state.budget = ground.start.budget;
  unpacker.Get(state.budget);
  at = unpacker.at();
}

}  // namespace finwait
