// SPDX-License-Identifier: Apache-2.0
//
// What becomes of single parts: asked of the model once, then looked up.
#include <algorithm>

#include "fuzz/collapsed.h"
#include "fuzz/generate.h"
#include "model/world/fingerprint.h"

namespace finwait {
namespace {

// What is asked of the memo: kinds of questions, times two for the place of the end.
enum Question : uint64_t { kStep = 0, kAdvanceEnd = 2, kAdvanceWire = 4, kAppend = 6 };

// Of what an observer sees of a step that began with `before` and ended with `after`.
uint64_t HashOf(const EndPart::Hot& before, const EndPart::Hot& after, const Effects& effects) {
  Hasher hasher;
  hasher.Add(before.numbers, after.numbers);
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
    bytes +=
        end_links_[i].capacity() * sizeof(EndLinks) + wire_links_[i].capacity() * sizeof(WireLinks);
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

PartId Collapsed::KeepEnd(size_t place, const LiveEnd& live) {
  return store_.ends[place].Keep(MakeEnd(live, static_cast<Side>(place), ground_));
}

LiveEnd Collapsed::Live(size_t place, PartId end) const {
  return EndOf(store_.ends[place][end], static_cast<Side>(place), ground_);
}

void Collapsed::StepEnd(size_t place, LiveEnd& live, const Event& event, Effects& effects) const {
  const EndSetup& setup = ground_.setup[static_cast<Side>(place)];
  if (setup.quirk == nullptr) {
    Step(live.end, event, live.now, setup.host, effects);
  } else {
    setup.quirk->step(QuirkStep{live.end, event, live.now, setup.host, live.quirk_memory, effects});
  }
}

PartId Collapsed::AdvanceEnd(size_t place, PartId id, Duration by) {
  if (const Passed* p = FindPassed(LinksOf(end_links_[place], id).passed, by)) return p->after;
  const uint64_t key = Memo::Key(kAdvanceEnd + place, id, Count(by));
  if (const uint32_t known = memo_.Find(key); known != Memo::kNone) return known;
  LiveEnd live = Live(place, id);
  live.now += by;
  const PartId after = KeepEnd(place, live);
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

PartId Collapsed::Remove(size_t place, PartId wire, uint8_t pick) {
  PartId& known = LinksOf(wire_links_[place], wire).without[std::min<size_t>(pick, 3)];
  if (pick < 4 && known != 0) return known - 1;
  InlineList<PartId, 12> items = store_.wires[place].HotOf(wire).items;
  items.Erase(pick);
  const PartId after = KeepWire(place, items);
  if (pick < 4) known = after + 1;
  return after;
}

PartId Collapsed::Append(size_t place, PartId wire, const std::vector<PartId>& more,
                         uint64_t what) {
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
  LiveEnd live = Live(place, shown.before);
  Effects effects;
  StepEnd(place, live, EventOf(shown), effects);
  Entry entry;
  entry.after = KeepEnd(place, live);
  entry.shown = Joined(event, HashOf(store_.ends[place].HotOf(shown.before),
                                     store_.ends[place].HotOf(entry.after), effects));
  entry.bound = effects.bound;
  for (const Counter counter : effects.counted) {
    if (counter == Counter::kRetransSegs || counter == Counter::kTcpWinProbe) ++entry.sent_again;
  }
  if (!effects.sent.Empty()) {
    std::vector<PartId> items;
    for (const Segment& segment : effects.sent) {
      items.push_back(
          store_.items[place].Keep(MakeItem(segment, Duration(0), live.end.socket.rto.rto)));
    }
    const auto at = std::find(sent_.begin(), sent_.end(), items);
    entry.sent = static_cast<uint32_t>(at - sent_.begin());
    if (at == sent_.end()) sent_.push_back(items);
  }
  return entry;
}

}  // namespace finwait
