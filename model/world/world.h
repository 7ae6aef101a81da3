// SPDX-License-Identifier: Apache-2.0
//
// Two endpoints, the network between them and one clock, as a plain value.
#ifndef FINWAIT_MODEL_WORLD_WORLD_H_
#define FINWAIT_MODEL_WORLD_WORLD_H_

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <type_traits>

#include "model/tcp/step.h"
#include "model/world/choice.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "model/world/wire.h"

namespace finwait {

struct World {
  std::array<Endpoint, 2> ends{};
  std::array<Wire, 2> wires{};              // By sender.
  std::array<uint16_t, 2> segments_sent{};  // Last serial given out, by sender.
  std::array<uint32_t, 2> quirk_memory{};   // Of ends that are not what their profile says.
  Time now{};
  Time settles_by = kNever;  // Once it settles: no timer after this is waited for.
  bool bound = false;        // A queue was full: what follows would not be the model's word.

  Endpoint& operator[](Side side) { return ends[Index(side)]; }
  const Endpoint& operator[](Side side) const { return ends[Index(side)]; }
  const Wire& From(Side side) const { return wires[Index(side)]; }
};
static_assert(std::is_trivially_copyable_v<World>);

// Both ends in ESTABLISHED at time zero, nothing in flight.
World Start(const PairSetup& setup);

// Settling ends so long after it began at the latest: past the last retransmission of a socket
// with a user (tcp_retries2 = 15, about 1,045 s) and the TIME-WAIT that may follow.
inline constexpr Duration kSettleMax = std::chrono::minutes(30);

// How often a run may be advanced by settling before it counts as `bound`.
inline constexpr int kSettleChoicesMax = 400;

// What settling does next: faults stop, sleepers wake, what is in flight is delivered in the order
// of its departure, then timers run. Nothing when nothing more can happen, or not within
// kSettleMax.
std::optional<Choice> NextSettlingChoice(const World& world);

// The next timer of either side, or kNever.
Time NextTimer(const World& world);

// Whether the choice would act in this world.
bool Acts(const World& world, const Choice& choice);

// What there is to choose from in a world.
struct Enabled {
  std::array<uint8_t, 2> in_flight{};
  std::array<bool, 2> may_call{}, may_wake{};
  bool timer = false;
};
Enabled EnabledIn(const World& world);
// The same of a world of which only that is known.
bool Acts(const Enabled& enabled, const Choice& choice);

// For runs that nobody watches.
struct NoObserver {
  void operator()(const StepRecord&) const {}
};

// Runs choices one by one and hands every step to `observer(const StepRecord&)`. A segment is
// delivered no sooner than the latency allows: the clock moves forward, and every timer due on the
// way fires first, in order.
template <typename Observer>
class Runner {
 public:
  // `choices_before`: how many choices brought `world` to where it is.
  Runner(const PairSetup& setup, World& world, Observer& observer, uint32_t choices_before = 0)
      : setup_(setup), world_(world), observer_(observer) {
    record_.choice_index = choices_before;
  }

  // Goes on from another world, which so many choices led to.
  void Continue(uint32_t choices_before) { record_.choice_index = choices_before; }

  // False when the choice had nothing to act on and was skipped.
  bool Apply(const Choice& choice);

  // Settles the world. False when it ended as `bound`. `before(choice)` hears of each choice.
  template <typename Before>
  bool Settle(Before&& before) {
    return SettleWhile([&](const Choice& choice) {
      before(choice);
      return true;
    });
  }
  bool Settle() {
    return Settle([](const Choice&) {});
  }

  // The same as long as `wanted(choice)`, which is asked before each.
  template <typename Wanted>
  bool SettleWhile(Wanted&& wanted);

  // How many choices have acted.
  uint32_t choices() const { return record_.choice_index; }

 private:
  void Act(StepKind kind, Side actor, const Event& event);
  void AdvanceTo(Time t);
  void FireNextTimer();
  void Network(StepKind kind, const Choice& choice);
  void DeliverPicked(const Choice& choice);

  const PairSetup& setup_;
  World& world_;
  Observer& observer_;
  StepRecord record_;
};

}  // namespace finwait

#include "model/world/runner.h"  // IWYU pragma: export

#endif  // FINWAIT_MODEL_WORLD_WORLD_H_
