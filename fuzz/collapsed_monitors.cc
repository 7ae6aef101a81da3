// SPDX-License-Identifier: Apache-2.0
//
// What becomes of monitors that see a step, or time pass: asked of them once, then looked up.
#include <utility>

#include "fuzz/collapsed.h"

namespace finwait {
namespace {

// What is asked of the memo of monitors.
constexpr uint64_t kMonitorsAdvance = 0, kMonitorsObserve = 1;

}  // namespace

std::array<State, 2> Collapsed::StatesOf(const CollapsedState& state) const {
  std::array<State, 2> states = {End(state, Side::kA).state, End(state, Side::kB).state};
  if (state.monitors % 2 != 0) std::swap(states[0], states[1]);
  return states;
}

PartId Collapsed::AdvanceMonitors(const CollapsedState& state, Duration by) {
  const PartId id = state.monitors / 2;
  const PartId exchanged = state.monitors % 2;
  if (store_.monitors.HotOf(id).timeless) return state.monitors;
  const uint64_t key = Memo::Key(kMonitorsAdvance, id, static_cast<uint64_t>(by.count()));
  if (const uint32_t known = observed_.Find(key); known != Memo::kNone) {
    return 2 * known + exchanged;
  }
  LiveMonitors live = finwait::MonitorsOf(store_.monitors[id], StatesOf(state), ground_);
  live.now += by;
  const PartId after = store_.monitors.Keep(MakeMonitor(live, ground_));
  observed_.Add(key, after);
  return 2 * after + exchanged;
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

// The monitors after the step; `state` is the one after it.
PartId Collapsed::Observe(const CollapsedState& state, const Shown& shown) {
  LiveMonitors live =
      finwait::MonitorsOf(store_.monitors[state.monitors / 2], StatesOf(state), ground_);
  const bool exchanged = state.monitors % 2 != 0;
  const StepRecord record = RecordOf(shown, live.now);
  (exchanged ? live.mirrored : live.monitors)(record);
  if (ground_.symmetric) {
    StepRecord mirror = record;
    mirror.actor = Peer(record.actor);
    mirror.choice = finwait::Mirror(record.choice);
    (exchanged ? live.monitors : live.mirrored)(mirror);
  }
  return store_.monitors.Keep(MakeMonitor(live, ground_));
}

void Collapsed::Show(CollapsedState& state, const Shown& shown, uint64_t step) {
  const uint64_t item = PicksSegment(shown.choice.op)
                            ? store_.items[Place(shown.choice.side)].HotOf(shown.item).print
                            : 0;
  const PartId exchanged = state.monitors % 2;
  const bool by_b = (shown.actor == Side::kB) != (exchanged != 0);
  const uint64_t how = uint64_t{by_b} << 33U | uint64_t{settling_} << 32U | state.monitors / 2;
  const uint64_t key = Memo::Key(kMonitorsObserve, step ^ item, how);
  uint32_t after = observed_.Find(key);
  if (after == Memo::kNone) {
    after = Observe(state, shown);
    observed_.Add(key, after);
  }
  state.monitors = 2 * after + exchanged;
}

}  // namespace finwait
