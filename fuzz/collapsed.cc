// SPDX-License-Identifier: Apache-2.0
#include "fuzz/collapsed.h"

#include <algorithm>

#include "fuzz/generate.h"
#include "model/world/fingerprint.h"

namespace finwait {
namespace {

// What is asked of the memo: kinds of questions, times two for the place of the end.
enum Question : uint64_t {
  kStep = 0,
  kAdvanceEnd = 2,
  kAdvanceWire = 4,
  kAppend = 6,
  kAdvanceMonitor = 8,
  kObserve = 10,
};

// Of what an observer sees of a step that began with `before` and ended with `after`.
uint64_t HashOf(const EndPart& before, const EndPart& after, const Effects& effects) {
  Hasher hasher;
  hasher.Add(before.hot.numbers, after.hot.numbers);
  hasher.Add(static_cast<uint64_t>(effects.rule) << 32U | effects.fired.count,
             uint64_t{effects.result.returned} << 32U |
                 static_cast<uint64_t>(effects.result.error) << 16U | effects.result.bytes);
  for (const RuleId rule : effects.fired) hasher.Add(static_cast<uint64_t>(rule));
  for (const State state : effects.states) hasher.Add(static_cast<uint64_t>(state) + 64);
  for (const Counter counter : effects.counted) hasher.Add(static_cast<uint64_t>(counter) + 128);
  for (const Segment& segment : effects.sent) {
    hasher.Add(MakeItem(segment, Duration(0), Duration(0)).hot.segment_print);
  }
  return hasher.Value();
}

uint64_t Count(Duration d) { return static_cast<uint64_t>(d.count()); }

}  // namespace

void Mirror(const CollapsedState& from, CollapsedState& to) {
  to.ends = {from.ends[1], from.ends[0]};
  to.wires = {from.wires[1], from.wires[0]};
  to.monitors = {from.monitors[1], from.monitors[0]};
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
        KeepEnd(place, EndPart{.hot = {}, .now = world.now, .quirk_memory = 0, .end = world[side]});
    state.wires[Index(side)] = KeepWire(place, {});
  }
  state.monitors[0] = state.monitors[1] = store_.monitors.Keep(
      MakeMonitor(ground_.start.monitors, world.now,
                  {StateOf(world[Side::kA]), StateOf(world[Side::kB])}, ground_));
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
    looked.parts.monitors[i] = store_.monitors.HotOf(state.monitors[i]).mixed;
  }
  return looked;
}

Event Collapsed::EventOf(const Shown& shown) const {
  Event event{.kind = shown.event, .amount = shown.choice.extra};
  if (shown.event == EventKind::kSegment) {
    event.segment = store_.items[Place(shown.choice.side)][shown.item].segment;
  }
  return event;
}

uint64_t Collapsed::bytes() const {
  uint64_t bytes = memo_.bytes() + observed_.bytes() + entries_.capacity() * sizeof(Entry) +
                   sent_.capacity() * sizeof(std::vector<PartId>);
  for (const size_t i : {size_t{0}, size_t{1}}) {
    bytes += end_links_[i].capacity() * sizeof(EndLinks) +
             wire_links_[i].capacity() * sizeof(WireLinks);
  }
  return bytes;
}

template <size_t kCount>
const Collapsed::Passed* Collapsed::FindPassed(const std::array<Passed, kCount>& passed,
                                               Duration by) {
  for (const Passed& p : passed) {
    if (p.by == static_cast<uint32_t>(by.count())) return &p;
  }
  return nullptr;
}

template <size_t kCount>
void Collapsed::AddPassed(std::array<Passed, kCount>& passed, Duration by, PartId after) {
  for (Passed& p : passed) {
    if (p.by != 0) continue;
    p = Passed{static_cast<uint32_t>(by.count()), after};
    return;
  }
}

PartId Collapsed::KeepEnd(size_t place, const EndPart& part) {
  return store_.ends[place].Keep(MakeEnd(part, static_cast<Side>(place), ground_.setup));
}

void Collapsed::StepEnd(size_t place, EndPart& part, const Event& event, Effects& effects) const {
  const EndSetup& setup = ground_.setup[static_cast<Side>(place)];
  if (setup.quirk == nullptr) {
    Step(part.end, event, part.now, setup.host, effects);
  } else {
    setup.quirk->step(
        QuirkStep{part.end, event, part.now, setup.host, part.quirk_memory, effects});
  }
}

PartId Collapsed::AdvanceEnd(size_t place, PartId id, Duration by) {
  if (const Passed* p = FindPassed(LinksOf(end_links_[place], id).passed, by)) return p->after;
  const uint64_t key = Memo::Key(kAdvanceEnd + place, id, Count(by));
  if (const uint32_t known = memo_.Find(key); known != Memo::kNone) return known;
  EndPart part = store_.ends[place][id];
  part.now += by;
  const PartId after = KeepEnd(place, part);
  auto& passed = LinksOf(end_links_[place], id).passed;
  if (passed.back().by != 0) memo_.Add(key, after);
  AddPassed(passed, by, after);
  return after;
}

PartId Collapsed::KeepWire(size_t place, const InlineList<PartId, 12>& items) {
  Wire wire;
  for (const PartId id : items) {
    const ItemPart& item = store_.items[place][id];
    wire.PushBack(InFlight{item.segment, 0, Time{} - item.hot.age, item.rto});
  }
  const uint64_t print = WireFingerprint(wire, Time{}, static_cast<Side>(place), ground_.setup);
  return store_.wires[place].Keep(WirePart{{items, print}});
}

PartId Collapsed::AdvanceWire(size_t place, PartId id, Duration by) {
  if (const Passed* p = FindPassed(LinksOf(wire_links_[place], id).passed, by)) return p->after;
  InlineList<PartId, 12> items = store_.wires[place].HotOf(id).items;
  if (items.Empty()) return id;
  const uint64_t key = Memo::Key(kAdvanceWire + place, id, Count(by));
  if (const uint32_t known = memo_.Find(key); known != Memo::kNone) return known;
  for (PartId& item : items) {
    const ItemPart& part = store_.items[place][item];
    item = store_.items[place].Keep(MakeItem(part.segment, part.hot.age + by, part.rto));
  }
  const PartId after = KeepWire(place, items);
  auto& passed = LinksOf(wire_links_[place], id).passed;
  if (passed.back().by != 0) memo_.Add(key, after);
  AddPassed(passed, by, after);
  return after;
}

PartId Collapsed::AdvanceMonitor(const CollapsedState& state, size_t which, Duration by) {
  const PartId id = state.monitors[which];
  const uint64_t key = Memo::Key(kAdvanceMonitor, id, Count(by));
  if (const uint32_t known = observed_.Find(key); known != Memo::kNone) return known;
  std::array<State, 2> states = {End(state, Side::kA).state, End(state, Side::kB).state};
  if (which == 1) std::swap(states[0], states[1]);
  const MonitorPart& part = store_.monitors[id];
  const PartId after = store_.monitors.Keep(
      MakeMonitor(finwait::MonitorsOf(part, ground_), part.now + by, states, ground_));
  observed_.Add(key, after);
  return after;
}

void Collapsed::Advance(CollapsedState& state, Duration by) {
  if (by <= Duration(0)) return;
  passed_ += by;
  for (const Side side : {Side::kA, Side::kB}) {
    const size_t i = Index(side);
    if (i == 0 || ground_.symmetric) state.monitors[i] = AdvanceMonitor(state, i, by);
  }
  for (const Side side : {Side::kA, Side::kB}) {
    const size_t i = Index(side);
    state.ends[i] = AdvanceEnd(Place(side), state.ends[i], by);
    state.wires[i] = AdvanceWire(Place(side), state.wires[i], by);
  }
}

PartId Collapsed::Remove(size_t place, PartId wire, uint8_t pick) {
  PartId& known = LinksOf(wire_links_[place], wire).without[std::min<size_t>(pick, 3)];
  if (pick < 4 && known != 0) return known - 1;
  InlineList<PartId, 12> items = store_.wires[place].HotOf(wire).items;
  items.Erase(pick);
  const PartId after = KeepWire(place, items);
  if (pick < 4) known = after + 1;
  return after;
}

PartId Collapsed::Append(size_t place, PartId wire, const std::vector<PartId>& more, uint64_t what) {
  const uint64_t key = Memo::Key(kAppend + place, wire, what);
  if (const uint32_t known = memo_.Find(key); known != Memo::kNone) return known;
  InlineList<PartId, 12> items = store_.wires[place].HotOf(wire).items;
  if (items.count + more.size() > 12) {
    told_.bound = true;
    return wire;
  }
  for (const PartId item : more) items.PushBack(item);
  const PartId after = KeepWire(place, items);
  memo_.Add(key, after);
  return after;
}

void Collapsed::FireNextTimer(CollapsedState& state) {
  const Duration a = TimerOf(state, Side::kA);
  const Duration b = TimerOf(state, Side::kB);
  const Side side = a <= b ? Side::kA : Side::kB;
  Advance(state, std::min(a, b));
  told_.timers[Index(side)] = true;
  Act(state,
      Shown{StepKind::kTimer, side, Wait(), EventKind::kTimer, state.ends[Index(side)]},
      static_cast<uint64_t>(EventKind::kTimer));
}

void Collapsed::Deliver(CollapsedState& state, const Choice& choice) {
  const size_t from = Index(choice.side);
  const size_t place = Place(choice.side);
  const auto picked = [&] { return store_.wires[place].HotOf(state.wires[from]).items[choice.pick]; };
  Duration left = ground_.setup.latency - store_.items[place].HotOf(picked()).age;
  while (left > Duration(0) && !told_.bound) {
    const Duration timer = std::min(TimerOf(state, Side::kA), TimerOf(state, Side::kB));
    if (timer > left) break;
    left -= timer;
    FireNextTimer(state);
  }
  if (told_.bound) return;
  Advance(state, left);
  const PartId item = picked();
  state.wires[from] = Remove(place, state.wires[from], choice.pick);
  const Side actor = Peer(choice.side);
  Act(state,
      Shown{StepKind::kArrival, actor, finwait::Deliver(choice.side, 0), EventKind::kSegment,
            state.ends[Index(actor)], item},
      store_.items[place].HotOf(item).segment_print);
}

void Collapsed::Network(CollapsedState& state, const Choice& choice) {
  const size_t i = Index(choice.side);
  const size_t place = Place(choice.side);
  const bool lost = choice.op == Op::kDrop;
  const PartId item = store_.wires[place].HotOf(state.wires[i]).items[choice.pick];
  // An odd number is no index of sent_ times two.
  state.wires[i] = lost ? Remove(place, state.wires[i], choice.pick)
                        : Append(place, state.wires[i], {item}, uint64_t{item} << 1U | 1U);
  const Shown shown{lost ? StepKind::kLost : StepKind::kCopied, choice.side,
                    Choice{choice.op, choice.side, 0, 0}, EventKind::kTimer,
                    state.ends[i], item};
  Show(state, shown, Joined(lost ? 1 : 2, End(state, choice.side).numbers));
}

// Which of an end's links the step has; nothing for those in the memo.
std::optional<size_t> Collapsed::LinkOf(const Shown& shown) {
  switch (shown.event) {
    case EventKind::kTimer:
      return 0;
    case EventKind::kWake:
      return 1;
    case EventKind::kClose:
      return 2;
    case EventKind::kShutdown:
      return 3U + shown.choice.extra;
    case EventKind::kSend:
      return shown.choice.extra == kSendSizes[0] ? std::optional<size_t>(6) : std::nullopt;
    case EventKind::kRecv:
      return shown.choice.extra == kRecvSizes[0] ? std::optional<size_t>(7) : std::nullopt;
    case EventKind::kSegment:
      return std::nullopt;
  }
  return std::nullopt;
}

uint32_t Collapsed::EntryOf(size_t place, const Shown& shown, uint64_t event) {
  const std::optional<size_t> link = LinkOf(shown);
  const uint64_t key = Memo::Key(kStep + place, shown.before, event);
  if (link.has_value()) {
    const uint32_t known = LinksOf(end_links_[place], shown.before).entries[*link];
    if (known != 0) return known;
  } else if (const uint32_t known = memo_.Find(key); known != Memo::kNone) {
    return known;
  }
  const auto index = static_cast<uint32_t>(entries_.size());
  entries_.push_back(MakeEntry(place, shown, event));
  if (link.has_value()) {
    LinksOf(end_links_[place], shown.before).entries[*link] = index;
  } else {
    memo_.Add(key, index);
  }
  return index;
}

Collapsed::Entry Collapsed::MakeEntry(size_t place, const Shown& shown, uint64_t event) {
  EndPart part = store_.ends[place][shown.before];
  Effects effects;
  StepEnd(place, part, EventOf(shown), effects);
  Entry entry;
  entry.after = KeepEnd(place, part);
  entry.shown = Joined(event, HashOf(store_.ends[place][shown.before],
                                     store_.ends[place][entry.after], effects));
  entry.bound = effects.bound;
  for (const Counter counter : effects.counted) {
    if (counter == Counter::kRetransSegs || counter == Counter::kTcpWinProbe) ++entry.sent_again;
  }
  if (!effects.sent.Empty()) {
    std::vector<PartId> items;
    for (const Segment& segment : effects.sent) {
      items.push_back(
          store_.items[place].Keep(MakeItem(segment, Duration(0), part.end.socket.rto.rto)));
    }
    const auto at = std::find(sent_.begin(), sent_.end(), items);
    entry.sent = static_cast<uint32_t>(at - sent_.begin());
    if (at == sent_.end()) sent_.push_back(items);
  }
  return entry;
}

void Collapsed::Act(CollapsedState& state, const Shown& shown, uint64_t event) {
  const size_t i = Index(shown.actor);
  const size_t place = Place(shown.actor);
  const uint32_t index = EntryOf(place, shown, event);
  const Entry& entry = entries_[index];
  told_.bound |= entry.bound;
  told_.sent_again += entry.sent_again;
  state.ends[i] = entry.after;
  if (entry.sent != 0) {
    state.wires[i] = Append(place, state.wires[i], sent_[entry.sent], uint64_t{entry.sent} << 1U);
  }
  Show(state, shown, entry.shown);
}

StepRecord Collapsed::RecordOf(const Shown& shown, Time now) const {
  const size_t place = Place(shown.actor);
  StepRecord record;
  record.at = now;
  record.kind = shown.kind;
  record.actor = shown.actor;
  record.choice = shown.choice;
  record.settling = settling_;
  if (PicksSegment(shown.choice.op)) {
    const ItemPart& item = store_.items[Place(shown.choice.side)][shown.item];
    record.segment = InFlight{item.segment, 0, now - item.hot.age, item.rto};
  }
  EndPart part = store_.ends[place][shown.before];
  record.before = NumbersOf(part.end);
  const bool network = shown.kind == StepKind::kLost || shown.kind == StepKind::kCopied;
  if (!network) {
    StepEnd(place, part, EventOf(shown), record.effects);
    record.foreign = ground_.setup[static_cast<Side>(place)].Foreign();
  }
  record.after = NumbersOf(part.end);
  record.rto = part.end.socket.rto.rto;
  return record;
}

// The monitor after the step; `state` is the one after it.
PartId Collapsed::Observe(const CollapsedState& state, const Shown& shown, bool mirrored) {
  const MonitorPart& before = store_.monitors[state.monitors[mirrored ? 1 : 0]];
  StepRecord record = RecordOf(shown, before.now);
  std::array<State, 2> states = {End(state, Side::kA).state, End(state, Side::kB).state};
  if (mirrored) {
    record.actor = Peer(record.actor);
    record.choice = finwait::Mirror(record.choice);
    std::swap(states[0], states[1]);
  }
  Monitors after = finwait::MonitorsOf(before, ground_);
  after(record);
  return store_.monitors.Keep(MakeMonitor(after, before.now, states, ground_));
}

void Collapsed::Show(CollapsedState& state, const Shown& shown, uint64_t step) {
  const uint64_t item = PicksSegment(shown.choice.op)
                            ? store_.items[Place(shown.choice.side)].HotOf(shown.item).print
                            : 0;
  for (const bool mirrored : {false, true}) {
    if (mirrored && !ground_.symmetric) continue;
    PartId& monitor = state.monitors[mirrored ? 1 : 0];
    const bool by_b = (shown.actor == Side::kB) != mirrored;
    const uint64_t how = uint64_t{by_b} << 33U | uint64_t{settling_} << 32U | monitor;
    const uint64_t key = Memo::Key(kObserve, step ^ item, how);
    uint32_t after = observed_.Find(key);
    if (after == Memo::kNone) {
      after = Observe(state, shown, mirrored);
      observed_.Add(key, after);
    }
    monitor = after;
  }
}

void Collapsed::Apply(CollapsedState& state, const Choice& choice) {
  told_ = Told{};
  const auto call = [&](EventKind kind, StepKind step) {
    Act(state, Shown{step, choice.side, choice, kind, state.ends[Index(choice.side)]},
        uint64_t{choice.extra} << 8U | static_cast<uint64_t>(kind));
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
      return FireNextTimer(state);
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
      if (store_.items[place].HotOf(items[pick]).age == std::max(a, b)) return finwait::Deliver(side, pick);
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
