// SPDX-License-Identifier: Apache-2.0
#include "fuzz/expand.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "model/world/fingerprint.h"

namespace finwait {
namespace {

Time OldestDeparture(const Wire& wire) {
  Time oldest = kNever;
  for (const InFlight& f : wire) oldest = std::min(oldest, f.sent);
  return oldest;
}

// Whether settling chose `next` over the same at the other end for being A's: then it would choose
// otherwise in the mirror image.
bool Tied(const World& world, const Choice& next) {
  switch (next.op) {
    case Op::kWake:
      return SleeperMayWake(world[Side::kA]) && SleeperMayWake(world[Side::kB]);
    case Op::kDeliver:
      return OldestDeparture(world.wires[0]) == OldestDeparture(world.wires[1]);
    default:
      return NextTimer(world[Side::kA]) == NextTimer(world[Side::kB]);
  }
}

bool Has(const Choices& choices, const Choice& choice) {
  return std::find(choices.begin(), choices.end(), choice) != choices.end();
}

}  // namespace

// Feeds the monitors, counts what the region bounds.
class Expander::Watch {
 public:
  Watch(SearchState& state, bool symmetric) : state_(state), symmetric_(symmetric) {}

  void Clear() {
    sent_again_ = 0;
    timers_ = {};
  }
  void operator()(const StepRecord& step) {
    state_.monitors(step);
    if (symmetric_) ShowMirrored(step);
    for (const Counter counter : step.effects.counted) {
      if (counter == Counter::kRetransSegs || counter == Counter::kTcpWinProbe) ++sent_again_;
    }
    if (step.kind == StepKind::kTimer) timers_[Index(step.actor)] = true;
  }
  uint32_t sent_again() const { return sent_again_; }
  // Whether timers of both ends have fired: in an order that is A's before B's only for the case
  // that both are due at once.
  bool BothTimers() const { return timers_[0] && timers_[1]; }

 private:
  void ShowMirrored(const StepRecord& step) {
    mirrored_ = step;
    mirrored_.actor = Peer(step.actor);
    mirrored_.choice = Mirror(step.choice);
    state_.mirrored(mirrored_);
  }

  SearchState& state_;
  bool symmetric_;
  uint32_t sent_again_ = 0;
  std::array<bool, 2> timers_{};
  StepRecord mirrored_{};
};

struct Expander::Slot {
  explicit Slot(const Ground& ground)
      : state(ground.start),
        watch(state, ground.symmetric),
        runner(ground.setup, state.world, watch) {}

  SearchState state;
  Watch watch;
  Runner<Watch> runner;
  Choice choice{};
  Parts parts{};
  uint64_t fingerprint = 0;  // 0: nothing to look up.
};

void ExpandCounts::Add(const ExpandCounts& other) {
  states += other.states;
  edges += other.edges;
  left += other.left;
  bound += other.bound;
  settled += other.settled;
}

void ExpandCounts::Subtract(const ExpandCounts& other) {
  states -= other.states;
  edges -= other.edges;
  left -= other.left;
  bound -= other.bound;
  settled -= other.settled;
}

Expander::Expander(const Ground& ground, Visited& visited, Found found)
    : ground_(ground), visited_(visited), found_(std::move(found)), mirror_(ground.start) {
  for (std::unique_ptr<Slot>& slot : slots_) slot = std::make_unique<Slot>(ground);
}

Expander::~Expander() = default;

bool Expander::Begin() {
  const SearchState& start = ground_.start;
  const uint64_t fingerprint =
      FingerprintOf(ground_.symmetric, PartsOf(ground_, start), start.budget);
  if (!visited_.Insert(fingerprint)) return false;
  ++counts_.states;
  return true;
}

// A call that left the world and the monitors as they were only took something from the budget:
// all that can follow can follow without it.
bool Expander::ChangesNothing(const Slot& slot) const {
  return slot.parts.ends == before_.ends && slot.parts.wires == before_.wires &&
         slot.parts.monitors[0] == before_.monitors[0];
}

void Expander::Take(Slot& slot) {
  if (slot.fingerprint == 0) return;
  const bool fresh = visited_.Insert(std::exchange(slot.fingerprint, 0));
  if (!fresh) return;
  ++counts_.states;
  found_(slot.state, slot.choice);
}

// Applies the choice in one slot, then looks up what the choice before left in the other: by then
// its place in the table has come from memory.
void Expander::Try(const SearchState& from, const Choice& choice, bool mirrored) {
  Slot& slot = *slots_[slot_];
  CopyState(ground_, from, slot.state);
  slot.watch.Clear();
  slot.choice = choice;
  slot.runner.Continue(choices_);
  slot.runner.Apply(choice);
  SearchState& state = slot.state;
  if (state.world.bound) {
    state.world.bound = false;
    ++counts_.bound;
    return;
  }
  state.budget.Charge(choice);
  if (!state.budget.ChargeRetransmissions(slot.watch.sent_again()) ||
      !WithinFlight(ground_.region, state.world)) {
    ++counts_.left;
    left_.push_back(mirrored ? Mirror(choice) : choice);
    return;
  }
  ++counts_.edges;
  state.budget.Forget({UserMayCall(state.world[Side::kA]), UserMayCall(state.world[Side::kB])});
  slot.parts = mirrored ? PartsOf(ground_, state)
                        : PartsAfter(ground_, state, choice, before_, from.world.now);
  const bool call = !PicksSegment(choice.op) && choice.op != Op::kWait;
  if (!mirrored && call && ChangesNothing(slot)) return;
  slot.fingerprint = FingerprintOf(ground_.symmetric, slot.parts, state.budget);
  visited_.Prefetch(slot.fingerprint);
  slot_ = 1 - slot_;
  Take(*slots_[slot_]);
}

// In a symmetric search a choice that lets timers of both ends fire is tried on the mirror image as
// well: of two due at one instant, A's fires first.
void Expander::TryBothOrders(const SearchState& from, const Choice& choice) {
  const Slot& slot = *slots_[slot_];
  Try(from, choice, false);
  if (!ground_.symmetric) return;
  const bool tied = choice.op == Op::kWait && Tied(from.world, choice);
  if (!tied && !slot.watch.BothTimers()) return;
  Mirror(from, mirror_);
  Try(mirror_, Mirror(choice), true);
}

void Expander::Expand(const SearchState& state, uint32_t choices) {
  choices_ = choices;
  before_ = PartsOf(ground_, state);
  left_.clear();
  EnabledChoices(ground_.region, state.budget, EnabledIn(state.world), enabled_);
  for (const Choice& choice : enabled_) TryBothOrders(state, choice);
  Take(*slots_[1 - slot_]);
  FindBorder(state);
}

void Expander::FindBorder(const SearchState& state) {
  border_ = {};
  const bool goes_on = std::any_of(enabled_.begin(), enabled_.end(), [](const Choice& c) {
    return c.op == Op::kDeliver || c.op == Op::kWake;
  });
  if (goes_on && left_.empty()) return;
  const std::optional<Choice> next = NextSettlingChoice(state.world);
  border_[0] = !next.has_value() || Has(left_, *next);
  if (!next.has_value() || !ground_.symmetric || left_.empty() || !Tied(state.world, *next)) return;
  Mirror(state, mirror_);
  const std::optional<Choice> other = NextSettlingChoice(mirror_.world);
  border_[1] = other.has_value() && Has(left_, Mirror(*other));
}

void Expander::SettleAtBorder(const SearchState& state, const Ended& ended) {
  for (const size_t i : {size_t{0}, size_t{1}}) {
    if (!border_[i]) continue;
    Slot& slot = *slots_[slot_];
    if (i == 0) {
      CopyState(ground_, state, slot.state);
    } else {
      Mirror(state, slot.state);
    }
    ++counts_.settled;
    Runner settling(ground_.setup, slot.state.world, slot.watch, choices_);
    if (settling.Settle()) {
      ended(slot.state);
    } else {
      slot.state.world.bound = false;
      ++counts_.bound;
    }
  }
}

}  // namespace finwait
