// SPDX-License-Identifier: Apache-2.0
//
// One step of an exhaustive search on collapsed states: what Expander does, without the way back
// and many times faster.
#ifndef FINWAIT_FUZZ_COLLAPSED_EXPAND_H_
#define FINWAIT_FUZZ_COLLAPSED_EXPAND_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "fuzz/collapsed.h"
#include "fuzz/expand.h"
#include "fuzz/visited.h"

namespace finwait {

using CollapsedStates = std::vector<CollapsedState>;

// One thread's.
class CollapsedExpander {
 public:
  CollapsedExpander(const Ground& ground, PartStore& store, Visited& visited)
      : ground_(ground), visited_(visited), collapsed_(ground, store) {}

  // The start, inserted.
  CollapsedState Begin();

  // Every choice of `state`; what is new is added to `out`. Where settling on a faultless network
  // leads out of the region, or nowhere, it is settled and judged.
  void Expand(const CollapsedState& state, CollapsedStates& out);

  // Fetches what Expand() will look at first.
  void Prefetch(const CollapsedState& state) const { collapsed_.Prefetch(state); }

  uint64_t Fingerprint(const CollapsedState& state) const {
    return FingerprintOf(ground_.symmetric, collapsed_.Look(state).parts, state.budget);
  }

  const ExpandCounts& counts() const { return counts_; }
  // Properties whose premise came true, and those violated, in what was judged.
  PropertySet applied() const { return applied_; }
  PropertySet violated() const { return violated_; }
  uint64_t bytes() const { return collapsed_.bytes() + judged_.capacity() * sizeof(uint64_t); }

 private:
  void Try(const CollapsedState& from, const Choice& choice, bool mirrored, CollapsedStates& out);
  void Take(CollapsedStates& out);
  void Border(const CollapsedState& state);
  void Judge(CollapsedState state);

  const Ground& ground_;
  Visited& visited_;
  Collapsed collapsed_;
  Choices enabled_, left_;
  CollapsedState waiting_{.budget = ground_.start.budget};  // Its place in the table is on its way
  uint64_t waiting_print_ = 0;                              // from memory; 0: nothing waits.
  absl::flat_hash_set<uint64_t> judged_;                    // What was settled at the border.
  ExpandCounts counts_;
  PropertySet applied_, violated_;
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_COLLAPSED_EXPAND_H_
