// SPDX-License-Identifier: Apache-2.0
//
// The parts that states of an exhaustive search are made of: ends, wires, monitors, each kept once
// with its times relative to now, and named by a number. Millions of states share some ten
// thousands of parts.
#ifndef FINWAIT_FUZZ_PART_STORE_H_
#define FINWAIT_FUZZ_PART_STORE_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "fuzz/search_state.h"

namespace finwait {

using PartId = uint32_t;

// Parts are told apart by `print` alone. What has times has the instant that they are relative to.
// What is looked at all the time comes first.
struct alignas(64) EndPart {
  uint64_t print = 0;
  uint64_t numbers = 0;  // A hash of NumbersOf() and the time-out: what monitors are shown.
  Duration timer{};      // Until its next timer.
  State state = State::kClosed;
  bool may_call = false, may_wake = false;
  Time now{};
  Endpoint end;
};
// One segment in flight, sent `age` ago.
struct ItemPart {
  Segment segment;
  Duration age{}, rto{};
  uint64_t print = 0;
  uint64_t segment_print = 0;  // Of the segment alone.
};
struct alignas(64) WirePart {
  InlineList<PartId, 12> items;
  uint64_t print = 0;
};
// What a monitor mixes may leave out the states of the two ends, which it may yet remember: so its
// print has those too.
struct MonitorPart {
  Monitors monitors;
  Time now{};
  uint64_t print = 0;
  uint64_t mixed = 0;  // Without those states, for the fingerprint of the whole.
  PropertySet applied, violated;  // If the run ended here.
};

inline constexpr Duration kNoTimer = Duration::max();

// Threads add parts under a lock, and read those whose number they know without one: parts never
// move.
template <typename Part>
class Parted {
 public:
  Parted() : segments_(std::make_unique<std::array<Segment, kSegmentsMax>>()) {}

  PartId Keep(const Part& part) {
    const std::lock_guard lock(mutex_);
    const auto [at, fresh] = index_.try_emplace(part.print, size_);
    if (!fresh) return at->second;
    Segment& segment = (*segments_)[size_ >> kBits];
    segment.reserve(size_t{1} << kBits);
    segment.push_back(part);
    return size_++;
  }
  const Part& operator[](PartId id) const {
    return (*segments_)[id >> kBits].data()[id & ((1U << kBits) - 1)];
  }
  PartId size() const { return size_; }
  uint64_t bytes() const { return uint64_t{size_} * (sizeof(Part) + 2 * sizeof(uint64_t)); }

 private:
  static constexpr uint32_t kBits = 12;
  static constexpr size_t kSegmentsMax = size_t{1} << 14U;
  using Segment = std::vector<Part>;

  std::mutex mutex_;
  absl::flat_hash_map<uint64_t, PartId> index_;
  std::unique_ptr<std::array<Segment, kSegmentsMax>> segments_;
  std::atomic<PartId> size_ = 0;
};

// In a symmetric search both ends' parts are in the first place of each array.
struct PartStore {
  std::array<Parted<EndPart>, 2> ends;
  std::array<Parted<ItemPart>, 2> items;
  std::array<Parted<WirePart>, 2> wires;
  Parted<MonitorPart> monitors;

  uint64_t bytes() const;
};

// Fill in what follows from the rest, the print above all.
EndPart MakeEnd(const Endpoint& end, Time now, Side side, const PairSetup& setup);
ItemPart MakeItem(const Segment& segment, Duration age, Duration rto);
MonitorPart MakeMonitor(const Monitors& monitors, Time now, std::array<State, 2> states,
                        PropertySet properties);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_PART_STORE_H_
