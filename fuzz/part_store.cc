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
  hasher.Add(static_cast<uint64_t>(rto.count()));
  return hasher.Value();
}

}  // namespace

EndPart MakeEnd(const Endpoint& end, Time now, Side side, const PairSetup& setup) {
  EndPart part;
  part.end = end;
  part.now = now;
  part.hot.print = EndFingerprint(end, now, side, setup);
  const Time timer = NextTimer(end);
  part.hot.timer = timer == kNever ? kNoTimer : timer - now;
  part.hot.numbers = HashOf(NumbersOf(end), end.socket.rto.rto);
  part.hot.state = StateOf(end);
  part.hot.may_call = UserMayCall(end);
  part.hot.may_wake = SleeperMayWake(end);
  return part;
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

MonitorPart MakeMonitor(const Monitors& monitors, Time now, std::array<State, 2> states,
                        PropertySet properties) {
  const uint64_t mixed = PrintOf(monitors, now);
  const uint64_t both = static_cast<uint64_t>(states[0]) << 8U | static_cast<uint64_t>(states[1]);
  MonitorPart part{.hot = {.print = Joined(mixed, both), .mixed = mixed, .applied = {}, .violated = {}},
                   .monitors = monitors,
                   .now = now};
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!properties.Has(i)) continue;
    const Verdict verdict = monitors.Finish(i);
    if (!std::holds_alternative<Vacuous>(verdict)) part.hot.applied.Add(i);
    if (std::holds_alternative<Violated>(verdict)) part.hot.violated.Add(i);
  }
  return part;
}

}  // namespace finwait
