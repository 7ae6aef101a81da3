// SPDX-License-Identifier: Apache-2.0
#include "fuzz/collapsed.h"

#include <algorithm>
#include <utility>

namespace finwait {

void Mirror(const CollapsedState& from, CollapsedState& to) {
  to.ends = {from.ends[1], from.ends[0]};
  to.wires = {from.wires[1], from.wires[0]};
  to.monitors = from.monitors ^ 1U;
  to.budget = from.budget;
  std::swap(to.budget.calls[0], to.budget.calls[1]);
}

Collapsed::Collapsed(const Ground& ground, PartStore& store) : ground_(ground), store_(store) {}

CollapsedState Collapsed::Start() {
  CollapsedState state{.budget = ground_.start.budget};
  const World& world = ground_.start.world;
  for (const Side side : {Side::kA, Side::kB}) {
    const size_t place = Place(side);
    state.ends[Index(side)] =
        KeepEnd(place, LiveEnd{.now = world.now, .quirk_memory = 0, .end = world[side]});
    state.wires[Index(side)] = KeepWire(place, {});
  }
  const LiveMonitors monitors{world.now,
                              {StateOf(world[Side::kA]), StateOf(world[Side::kB])},
                              ground_.start.monitors,
                              ground_.start.mirrored};
  state.monitors = 2 * store_.monitors.Keep(MakeMonitor(monitors, ground_));
  return state;
}

Collapsed::Looked Collapsed::Look(const CollapsedState& state) const {
  Looked looked;
  for (const size_t i : {size_t{0}, size_t{1}}) {
    const size_t place = ground_.symmetric ? 0 : i;
    const EndPart::Hot& end = store_.ends[place].HotOf(state.ends[i]);
    const WirePart::Hot& wire = store_.wires[place].HotOf(state.wires[i]);
    looked.enabled.in_flight[i] = wire.items.count;
    looked.enabled.may_call[i] = end.may_call;
    looked.enabled.may_wake[i] = end.may_wake;
    looked.enabled.timer |= end.timer != kNoTimer;
    looked.parts.ends[i] = end.print;
    looked.parts.wires[i] = wire.print;
  }
  const auto& mixed = store_.monitors.HotOf(state.monitors / 2).mixed;
  const size_t exchanged = state.monitors % 2;
  looked.parts.monitors = {mixed[exchanged], mixed[1 - exchanged]};
  return looked;
}

void Collapsed::Advance(CollapsedState& state, Duration by) {
  if (by <= Duration(0)) return;
  passed_ += by;
  state.monitors = AdvanceMonitors(state, by);
  for (const Side side : {Side::kA, Side::kB}) {
    const size_t i = Index(side);
    state.ends[i] = AdvanceEnd(Place(side), state.ends[i], by);
    state.wires[i] = AdvanceWire(Place(side), state.wires[i], by);
  }
}

void Collapsed::FireNextTimer(CollapsedState& state, bool last) {
  const Duration a = TimerOf(state, Side::kA);
  const Duration b = TimerOf(state, Side::kB);
  const Side side = a <= b ? Side::kA : Side::kB;
  Advance(state, std::min(a, b));
  told_.timers[Index(side)] = true;
  Act(state, Shown{StepKind::kTimer, side, Wait(), EventKind::kTimer, state.ends[Index(side)]},
      static_cast<uint64_t>(EventKind::kTimer), last);
}

void Collapsed::Deliver(CollapsedState& state, const Choice& choice) {
  const size_t from = Index(choice.side);
  const size_t place = Place(choice.side);
  const auto picked = [&] {
    return store_.wires[place].HotOf(state.wires[from]).items[choice.pick];
  };
  Duration left = ground_.setup.latency - store_.items[place].HotOf(picked()).age;
  while (left > Duration(0) && !told_.bound) {
    const Duration timer = std::min(TimerOf(state, Side::kA), TimerOf(state, Side::kB));
    if (timer > left) break;
    left -= timer;
    FireNextTimer(state, false);
  }
  if (told_.bound) return;
  Advance(state, left);
  const PartId item = picked();
  state.wires[from] = Remove(place, state.wires[from], choice.pick);
  const Side actor = Peer(choice.side);
  Act(state,
      Shown{StepKind::kArrival, actor, finwait::Deliver(choice.side, 0), EventKind::kSegment,
            state.ends[Index(actor)], item},
      store_.items[place].HotOf(item).segment_print, true);
}

void Collapsed::Network(CollapsedState& state, const Choice& choice) {
  const size_t i = Index(choice.side);
  const size_t place = Place(choice.side);
  const bool lost = choice.op == Op::kDrop;
  const PartId item = store_.wires[place].HotOf(state.wires[i]).items[choice.pick];
  // An odd number is no index of sent_ times two.
  state.wires[i] = lost ? Remove(place, state.wires[i], choice.pick)
                        : Append(place, state.wires[i], {item}, uint64_t{item} << 1U | 1U);
  const Shown shown{lost ? StepKind::kLost : StepKind::kCopied,
                    choice.side,
                    Choice{choice.op, choice.side, 0, 0},
                    EventKind::kTimer,
                    state.ends[i],
                    item};
  told_.left = Leaves(state, i, 0);
  if (told_.left) return;
  Show(state, shown, Joined(lost ? 1 : 2, End(state, choice.side).numbers));
}

// Whether the choice leads out of the region when that end sends so many segments at the end of it.
bool Collapsed::Leaves(const CollapsedState& state, size_t side, size_t sends) const {
  if (settling_) return false;
  const uint32_t again = state.budget.retransmissions;
  return FlightOf(state, side) + sends > ground_.region.in_flight ||
         FlightOf(state, 1 - side) > ground_.region.in_flight ||
         (again != kUnbounded && told_.sent_again > again);
}

void Collapsed::Prefetch(const CollapsedState& state) const {
  for (const size_t i : {size_t{0}, size_t{1}}) {
    const size_t place = ground_.symmetric ? 0 : i;
    __builtin_prefetch(&store_.ends[place].HotOf(state.ends[i]));
    __builtin_prefetch(&store_.wires[place].HotOf(state.wires[i]));
    const auto& ends = end_links_[place];
    const auto& wires = wire_links_[place];
    if (state.ends[i] < ends.size()) __builtin_prefetch(&ends[state.ends[i]]);
    if (state.wires[i] < wires.size()) __builtin_prefetch(&wires[state.wires[i]]);
  }
}

void Collapsed::Act(CollapsedState& state, const Shown& shown, uint64_t event, bool last) {
  const size_t i = Index(shown.actor);
  const size_t place = Place(shown.actor);
  const uint32_t index = EntryOf(place, shown, event);
  const Entry& entry = entries_[index];
  told_.bound |= entry.bound;
  told_.sent_again += entry.sent_again;
  state.ends[i] = entry.after;
  if (last && Leaves(state, i, sent_[entry.sent].size())) {
    told_.left = true;
    return;
  }
  if (entry.sent != 0) {
    state.wires[i] = Append(place, state.wires[i], sent_[entry.sent], uint64_t{entry.sent} << 1U);
  }
  Show(state, shown, entry.shown);
}

void Collapsed::Apply(CollapsedState& state, const Choice& choice) {
  told_ = Told{};
  const auto call = [&](EventKind kind, StepKind step) {
    Act(state, Shown{step, choice.side, choice, kind, state.ends[Index(choice.side)]},
        uint64_t{choice.extra} << 8U | static_cast<uint64_t>(kind), true);
  };
  switch (choice.op) {
    case Op::kDeliver:
      return Deliver(state, choice);
    case Op::kShutdown:
      return call(EventKind::kShutdown, StepKind::kCall);
    case Op::kClose:
      return call(EventKind::kClose, StepKind::kCall);
    case Op::kRecv:
      return call(EventKind::kRecv, StepKind::kCall);
    case Op::kSend:
      return call(EventKind::kSend, StepKind::kCall);
    case Op::kWake:
      return call(EventKind::kWake, StepKind::kWake);
    case Op::kDuplicate:
    case Op::kDrop:
      return Network(state, choice);
    case Op::kWait:
      return FireNextTimer(state, true);
  }
}

Duration Collapsed::OldestAge(const CollapsedState& state, Side side) const {
  const size_t place = Place(side);
  Duration oldest{-1};
  for (const PartId item : store_.wires[place].HotOf(state.wires[Index(side)]).items) {
    oldest = std::max(oldest, store_.items[place].HotOf(item).age);
  }
  return oldest;
}

std::optional<Choice> Collapsed::NextSettling(const CollapsedState& state) const {
  for (const Side side : {Side::kA, Side::kB}) {
    if (End(state, side).may_wake) return WakeOf(side);
  }
  const Duration a = OldestAge(state, Side::kA);
  const Duration b = OldestAge(state, Side::kB);
  if (a >= Duration(0) || b >= Duration(0)) {
    const Side side = a >= b ? Side::kA : Side::kB;
    const size_t place = Place(side);
    const auto& items = store_.wires[place].HotOf(state.wires[Index(side)]).items;
    for (uint8_t pick = 0;; ++pick) {
      if (store_.items[place].HotOf(items[pick]).age == std::max(a, b))
        return finwait::Deliver(side, pick);
    }
  }
  const Duration timer = std::min(TimerOf(state, Side::kA), TimerOf(state, Side::kB));
  if (timer == kNoTimer || (settling_ && passed_ + timer > kSettleMax)) return std::nullopt;
  return Wait();
}

bool Collapsed::Settle(CollapsedState& state) {
  settling_ = true;
  passed_ = Duration(0);
  bool over = false;
  for (int i = 0; i < kSettleChoicesMax && !over; ++i) {
    const std::optional<Choice> next = NextSettling(state);
    over = !next.has_value();
    if (over) break;
    Apply(state, *next);
    if (told_.bound) break;
  }
  settling_ = false;
  return over;
}

}  // namespace finwait
