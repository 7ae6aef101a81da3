// SPDX-License-Identifier: Apache-2.0
//
// What becomes of monitors that see a step, or time pass: asked of them once, then looked up.
#include <utility>

#include "fuzz/collapsed.h"

namespace finwait {
namespace {

// What is asked of the memo.
enum Question : uint64_t { kAdvance, kObserve };

}  // namespace

PartId Collapsed::AdvanceMonitor(const CollapsedState& state, size_t which, Duration by) {
  const PartId id = state.monitors[which];
  const uint64_t key = Memo::Key(kAdvance, id, static_cast<uint64_t>(by.count()));
  if (const uint32_t known = observed_.Find(key); known != Memo::kNone) return known;
  std::array<State, 2> states = {End(state, Side::kA).state, End(state, Side::kB).state};
  if (which == 1) std::swap(states[0], states[1]);
  const MonitorPart& part = store_.monitors[id];
  const PartId after = store_.monitors.Keep(
      MakeMonitor(finwait::MonitorsOf(part, ground_), part.now + by, states, ground_));
  observed_.Add(key, after);
  return after;
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
  LiveEnd live = Live(place, shown.before);
  record.before = NumbersOf(live.end);
  const bool network = shown.kind == StepKind::kLost || shown.kind == StepKind::kCopied;
  if (!network) {
    StepEnd(place, live, EventOf(shown), record.effects);
    record.foreign = ground_.setup[static_cast<Side>(place)].Foreign();
  }
  record.after = NumbersOf(live.end);
  record.rto = live.end.socket.rto.rto;
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

}  // namespace finwait
