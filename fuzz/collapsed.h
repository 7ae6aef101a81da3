// SPDX-License-Identifier: Apache-2.0
//
// The same runs as Runner's, on states that are made of numbered parts: a step that an end has
// taken before is looked up, not computed.
#ifndef FINWAIT_FUZZ_COLLAPSED_H_
#define FINWAIT_FUZZ_COLLAPSED_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "fuzz/collapsed_links.h"
#include "fuzz/memo.h"
#include "fuzz/part_store.h"
#include "fuzz/search_state.h"

namespace finwait {

struct CollapsedState {
  std::array<PartId, 2> ends{}, wires{};
  // Twice the number of the part; one more where its two are to be taken the other way round.
  PartId monitors = 0;
  Budget budget;
};
static_assert(sizeof(CollapsedState) == 32);

void Mirror(const CollapsedState& from, CollapsedState& to);

// One thread's; the parts are everybody's.
class Collapsed {
 public:
  Collapsed(const Ground& ground, PartStore& store);

  CollapsedState Start();

  // What happened in the last Apply() or Settle().
  struct Told {
    bool bound = false;
    bool left = false;  // The region; what has become of the state is then of no account.
    uint32_t sent_again = 0;
    std::array<bool, 2> timers{};  // Whose timers fired.
  };
  // Applies a choice that acts. The budget stays as it is.
  void Apply(CollapsedState& state, const Choice& choice);
  const Told& told() const { return told_; }

  // Settles. False when it ended as `bound`.
  bool Settle(CollapsedState& state);
  // What settling does next; nothing when it is over.
  std::optional<Choice> NextSettling(const CollapsedState& state) const;

  struct Looked {
    Enabled enabled;  // What there is to choose from.
    Parts parts;
  };
  Looked Look(const CollapsedState& state) const;
  // Properties whose premise came true, and those violated, if the run ended here.
  PropertySet Applied(const CollapsedState& state) const {
    return store_.monitors.HotOf(state.monitors / 2).applied[state.monitors % 2];
  }
  PropertySet ViolatedBy(const CollapsedState& state) const {
    return store_.monitors.HotOf(state.monitors / 2).violated[state.monitors % 2];
  }
  // Fetches what Look() and Apply() will look at.
  void Prefetch(const CollapsedState& state) const;
  // Until that end's next timer.
  Duration TimerOf(const CollapsedState& state, Side side) const { return End(state, side).timer; }
  // Of what that end has in flight; below 0 if there is nothing.
  Duration OldestAge(const CollapsedState& state, Side side) const;

  uint64_t bytes() const;

 private:
  using Entry = collapsed::Entry;
  using Passed = collapsed::Passed;
  using EndLinks = collapsed::EndLinks;
  using WireLinks = collapsed::WireLinks;
  using Shown = collapsed::Shown;

  Event EventOf(const Shown& shown) const;

  size_t Place(Side side) const { return ground_.symmetric ? 0 : Index(side); }
  const EndPart::Hot& End(const CollapsedState& state, Side side) const {
    return store_.ends[Place(side)].HotOf(state.ends[Index(side)]);
  }
  PartId KeepEnd(size_t place, const LiveEnd& live);
  LiveEnd Live(size_t place, PartId end) const;
  void StepEnd(size_t place, LiveEnd& live, const Event& event, Effects& effects) const;
  void Advance(CollapsedState& state, Duration by);
  PartId AdvanceEnd(size_t place, PartId id, Duration by);
  PartId AdvanceWire(size_t place, PartId id, Duration by);
  PartId AdvanceMonitors(const CollapsedState& state, Duration by);
  PartId KeepWire(size_t place, const InlineList<PartId, 12>& items);
  PartId Remove(size_t place, PartId wire, uint8_t pick);
  PartId Append(size_t place, PartId wire, const std::vector<PartId>& items, uint64_t key);
  void FireNextTimer(CollapsedState& state, bool last);
  void Deliver(CollapsedState& state, const Choice& choice);
  void Network(CollapsedState& state, const Choice& choice);
  // What the two ends have come to, in the order of the monitors.
  std::array<State, 2> StatesOf(const CollapsedState& state) const;
  // `last`: of the choice, which has left the region if too much is in flight or was sent again.
  bool Leaves(const CollapsedState& state, size_t side, size_t sends) const;
  size_t FlightOf(const CollapsedState& state, size_t side) const {
    return store_.wires[ground_.symmetric ? 0 : side].HotOf(state.wires[side]).items.count;
  }
  void Act(CollapsedState& state, const Shown& shown, uint64_t event, bool last);
  static std::optional<size_t> LinkOf(const Shown& shown);
  uint32_t EntryOf(size_t place, const Shown& shown, uint64_t event);
  Entry MakeEntry(size_t place, const Shown& shown, uint64_t event);
  void Show(CollapsedState& state, const Shown& shown, uint64_t step);
  PartId Observe(const CollapsedState& state, const Shown& shown);
  StepRecord RecordOf(const Shown& shown, Time now) const;

  const Ground& ground_;
  PartStore& store_;
  template <typename Links>
  static Links& LinksOf(std::vector<Links>& links, PartId id) {
    if (id >= links.size()) links.resize(id + id / 2 + 64);
    return links[id];
  }
  template <size_t kCount>
  static const Passed* FindPassed(const std::array<Passed, kCount>& passed, Duration by);
  template <size_t kCount>
  static void AddPassed(std::array<Passed, kCount>& passed, Duration by, PartId after);

  Memo memo_;      // Steps that a segment causes, wires that grow, times that found no place.
  Memo observed_;  // What monitors become.
  std::array<std::vector<EndLinks>, 2> end_links_;
  std::array<std::vector<WireLinks>, 2> wire_links_;
  std::vector<Entry> entries_{1};
  std::vector<std::vector<PartId>> sent_{1};
  Told told_;
  bool settling_ = false;
  Duration passed_{};  // Since settling began.
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_COLLAPSED_H_
