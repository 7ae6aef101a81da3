// SPDX-License-Identifier: Apache-2.0
//
// What a search on collapsed states keeps of the steps that were taken: where each leads from a
// part. Internal to fuzz/collapsed.h.
#ifndef FINWAIT_FUZZ_COLLAPSED_LINKS_H_
#define FINWAIT_FUZZ_COLLAPSED_LINKS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "fuzz/part_store.h"

namespace finwait::collapsed {

// What a step of an end comes to.
struct Entry {
  uint64_t shown = 0;  // A hash of what monitors are shown of it, but for the segment's age.
  PartId after = 0;
  uint32_t sent = 0;  // Index of what was sent; 0: nothing.
  uint8_t sent_again = 0;
  bool bound = false;
};

// Where time and simple steps lead from a part, side by side; the rest is in the memo.
struct Passed {
  uint32_t by = 0;  // Microseconds; 0: an empty place.
  PartId after = 0;
};
struct EndLinks {
  static constexpr size_t kEvents = 8;
  std::array<uint32_t, kEvents> entries{};  // Index of the entry, 0: not yet known.
  std::array<Passed, 4> passed{};
};
struct WireLinks {
  std::array<PartId, 4> without{};  // One more than the number of the wire without that item.
  std::array<Passed, 6> passed{};
};

// A step as monitors are shown it.
struct Shown {
  StepKind kind;
  Side actor;
  Choice choice;
  EventKind event;
  PartId before;
  PartId item = 0;  // For arrivals, losses and copies.
};

}  // namespace finwait::collapsed

#endif  // FINWAIT_FUZZ_COLLAPSED_LINKS_H_
