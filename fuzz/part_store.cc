// SPDX-License-Identifier: Apache-2.0
#include "fuzz/part_store.h"

#include "model/world/fingerprint.h"

namespace finwait {

uint64_t PartStore::bytes() const {
  uint64_t bytes = monitors.bytes();
  for (const size_t i : {size_t{0}, size_t{1}}) {
    bytes += ends[i].bytes() + items[i].bytes() + wires[i].bytes();
  }
  return bytes;
}

namespace {

uint64_t HashOf(const Numbers& n, Duration rto) {
  Hasher hasher;
  hasher.Add(static_cast<uint64_t>(n.state) << 24U | static_cast<uint64_t>(n.entry) << 16U |
                 (n.fin_taken ? 2U : 0U) | (n.orphan ? 1U : 0U),
             n.max_window);
  hasher.Add(uint64_t{n.snd_una.raw} << 32U | n.snd_nxt.raw,
             uint64_t{n.rcv_nxt.raw} << 32U | n.rcv_edge.raw);
  hasher.Add(static_cast<uint64_t>(rto.count()), n.sack_edge.raw);
  return hasher.Value();
}

}  // namespace

EndPart MakeEnd(const LiveEnd& live, Side side, const Ground& ground) {
  EndPart part{.hot = {}, .now = live.now, .quirk_memory = live.quirk_memory, .packed = {}};
  const Endpoint& end = live.end;
  part.hot.print = EndFingerprint(end, live.now, side, ground.setup);
  if (ground.setup[side].quirk != nullptr) {
    part.hot.print = Joined(part.hot.print, live.quirk_memory);
  }
  const Time timer = NextTimer(end);
  part.hot.timer = timer == kNever ? kNoTimer : timer - live.now;
  part.hot.numbers = HashOf(NumbersOf(end), end.socket.rto.rto);
  part.hot.state = StateOf(end);
  part.hot.may_call = UserMayCall(end);
  part.hot.may_wake = SleeperMayWake(end);
  std::array<uint8_t, PackedMax(sizeof(Endpoint))> packed;  // NOLINT(*-member-init)
  Packer packer(packed.data());
  packer.Put(end, ground.start.world[side]);
  part.packed.assign(packed.data(), packer.at());
  return part;
}

LiveEnd EndOf(const EndPart& part, Side side, const Ground& ground) {
  LiveEnd live{.now = part.now, .quirk_memory = part.quirk_memory, .end = ground.start.world[side]};
  Unpacker unpacker(part.packed.data());
  unpacker.Get(live.end);
  return live;
}

ItemPart MakeItem(const Segment& segment, Duration age, Duration rto) {
  ItemPart part;
  part.segment = segment;
  part.hot.age = age;
  part.rto = rto;
  Hasher hasher;
  hasher.Add(segment.seq.raw, segment.ack.raw);
  hasher.Add(uint64_t{segment.len} << 32U | uint64_t{segment.wnd} << 8U | segment.flags);
  hasher.Add(segment.timestamps ? 1 : 0, uint64_t{segment.tsval} << 32U | segment.tsecr);
  for (const SackBlock& block : segment.sack) hasher.Add(block.begin.raw, block.end.raw);
  part.hot.segment_print = hasher.Value();
  part.hot.print = Joined(part.hot.segment_print, Joined(static_cast<uint64_t>(age.count()),
                                                         static_cast<uint64_t>(rto.count())));
  return part;
}

MonitorPart MakeMonitor(const LiveMonitors& live, const Ground& ground) {
  MonitorPart part;
  part.now = live.now;
  const auto mixed = [&](Time now) {
    return std::array{PrintOf(live.monitors, now),
                      ground.symmetric ? PrintOf(live.mirrored, now) : 0};
  };
  part.hot.mixed = mixed(live.now);
  // What time changes it changes in one direction until it no longer does.
  part.hot.timeless = mixed(live.now + Duration(1)) == part.hot.mixed &&
                      mixed(live.now + 2 * kSettleMax) == part.hot.mixed;
  part.hot.print =
      Joined(Joined(part.hot.mixed[0], part.hot.mixed[1]),
             static_cast<uint64_t>(live.states[0]) << 8U | static_cast<uint64_t>(live.states[1]));
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!ground.properties.Has(i)) continue;
    for (const size_t which : {size_t{0}, size_t{1}}) {
      if (which == 1 && !ground.symmetric) continue;
      const Verdict verdict = (which == 0 ? live.monitors : live.mirrored).Finish(i);
      if (!std::holds_alternative<Vacuous>(verdict)) part.hot.applied[which].Add(i);
      if (std::holds_alternative<Violated>(verdict)) part.hot.violated[which].Add(i);
    }
  }
  const size_t bytes = live.monitors.LiveBytes();
  part.packed.resize(2 * PackedMax(bytes));
  Packer packer(part.packed.data());
  packer.PutRaw(&live.monitors, &ground.start.monitors, bytes);
  if (ground.symmetric) packer.PutRaw(&live.mirrored, &ground.start.mirrored, bytes);
  part.packed.resize(static_cast<size_t>(packer.at() - part.packed.data()));
  part.packed.shrink_to_fit();
  return part;
}

LiveMonitors MonitorsOf(const MonitorPart& part, std::array<State, 2> states,
                        const Ground& ground) {
  LiveMonitors live{part.now, states, ground.start.monitors, ground.start.mirrored};
  const size_t bytes = live.monitors.LiveBytes();
  Unpacker unpacker(part.packed.data());
  unpacker.GetRaw(&live.monitors, bytes);
  if (ground.symmetric) unpacker.GetRaw(&live.mirrored, bytes);
  return live;
}

}  // namespace finwait
