// SPDX-License-Identifier: Apache-2.0
//
// One step of a breadth-first search: every choice of a state, and what is new among what they lead
// to. Each thread has an Expander of its own; they share the set of what was met.
#ifndef FINWAIT_FUZZ_EXPAND_H_
#define FINWAIT_FUZZ_EXPAND_H_

#include <array>
#include <cstdint>
#include <functional>
#include <memory>

#include "fuzz/search_state.h"
#include "fuzz/visited.h"

namespace finwait {

struct ExpandCounts {
  uint64_t states = 0;   // New ones.
  uint64_t edges = 0;    // Choices made that stayed in the region.
  uint64_t left = 0;     // Those that led out of it,
  uint64_t bound = 0;    // and those that filled a queue: the model says nothing of what follows.
  uint64_t settled = 0;  // Runs settled at the border of the region.

  void Add(const ExpandCounts& other);
  void Subtract(const ExpandCounts& other);
};

class Expander {
 public:
  // `found` hears of every new state and the choice that led to it.
  using Found = std::function<void(const SearchState&, const Choice&)>;

  Expander(const Ground& ground, Visited& visited, Found found);
  ~Expander();
  Expander(const Expander&) = delete;
  Expander& operator=(const Expander&) = delete;

  // Inserts the start. False if it was known.
  bool Begin();
  // Expands `state`, which `choices` choices led to.
  void Expand(const SearchState& state, uint32_t choices);

  // Whether settling on a faultless network leads out of the region from the state expanded last,
  // or nowhere: then no other state will show what it comes to.
  bool AtBorder() const { return border_[0] || border_[1]; }
  // Hands the monitors of every such run, settled, to `ended`.
  using Ended = std::function<void(const SearchState&)>;
  void SettleAtBorder(const SearchState& state, const Ended& ended);

  const ExpandCounts& counts() const { return counts_; }

 private:
  class Watch;
  struct Slot;

  void Try(const SearchState& from, const Choice& choice, bool mirrored);
  void TryBothOrders(const SearchState& from, const Choice& choice);
  void Take(Slot& slot);
  bool ChangesNothing(const Slot& slot) const;
  void FindBorder(const SearchState& state);

  const Ground& ground_;
  Visited& visited_;
  Found found_;
  std::array<std::unique_ptr<Slot>, 2> slots_;  // One is applied while the other is looked up.
  size_t slot_ = 0;
  SearchState mirror_;
  Choices enabled_;
  Choices left_;  // Choices that led out of the region.
  Parts before_{};
  std::array<bool, 2> border_{};  // Of the state, and of its mirror image.
  uint32_t choices_ = 0;
  ExpandCounts counts_;
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_EXPAND_H_
