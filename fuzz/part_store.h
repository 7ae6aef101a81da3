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
#include <mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "fuzz/search_state.h"

namespace finwait {

using PartId = uint32_t;

// Parts are told apart by `print` alone. What has times has the instant that they are relative to.
// What is looked at all the time (Hot) is kept apart from the rest, densely.
struct EndPart {
  struct Hot {
    uint64_t print = 0;
    uint64_t numbers = 0;  // A hash of NumbersOf() and the time-out: what monitors are shown.
    Duration timer{};      // Until its next timer.
    State state = State::kClosed;
    bool may_call = false, may_wake = false;
  };
  Hot hot;
  Time now{};
  uint32_t quirk_memory = 0;
  Bytes packed;  // As its differences from the one at the start.
};
// An end that is being stepped.
struct LiveEnd {
  Time now{};
  uint32_t quirk_memory = 0;
  Endpoint end;
};
// One segment in flight, sent `age` ago.
struct ItemPart {
  struct Hot {
    Duration age{};
    uint64_t print = 0;
    uint64_t segment_print = 0;  // Of the segment alone.
  };
  Hot hot;
  Segment segment;
  Duration rto{};
};
struct WirePart {
  struct Hot {
    InlineList<PartId, 12> items;
    uint64_t print = 0;
  };
  Hot hot;
};
// The monitors and, in a symmetric search, those that were fed the mirror image. What they mix may
// leave out the states of the two ends, which they may yet remember: so the print has those too.
struct MonitorPart {
  struct Hot {
    uint64_t print = 0;
    std::array<uint64_t, 2> mixed{};  // Without those states, for the fingerprint of the whole.
    std::array<PropertySet, 2> applied, violated;  // If the run ended here.
    bool timeless = false;                         // That time passes changes nothing.
  };
  Hot hot;
  Time now{};
  Bytes packed;  // As their differences from those at the start.
};
// Monitors that are being fed.
struct LiveMonitors {
  Time now{};
  std::array<State, 2> states{};  // Of both ends.
  Monitors monitors, mirrored;
};

inline constexpr Duration kNoTimer = Duration::max();

// Threads add parts under a lock, and read those whose number they know without one: parts never
// move.
template <typename Part>
class Parted {
 public:
  using Hot = typename Part::Hot;

  PartId Keep(const Part& part) {
    const std::lock_guard lock(mutex_);
    const auto [at, fresh] = index_.try_emplace(part.hot.print, size_);
    if (!fresh) return at->second;
    Segment& segment = segments_[size_ >> kBits];
    segment.hot.reserve(kEach);
    segment.hot.push_back(part.hot);
    segment.parts.reserve(kEach);
    segment.parts.push_back(part);
    hot_[size_ >> kBits] = segment.hot.data();
    if constexpr (requires { part.packed; }) packed_ += part.packed.capacity();
    return size_++;
  }
  const Hot& HotOf(PartId id) const {
    return hot_[id >> kBits].load(std::memory_order_relaxed)[id % kEach];
  }
  const Part& operator[](PartId id) const {
    return segments_[id >> kBits].parts.data()[id % kEach];
  }
  PartId size() const { return size_; }
  uint64_t bytes() const {
    return uint64_t{size_} * (sizeof(Part) + sizeof(Hot) + 2 * sizeof(uint64_t)) + packed_;
  }

 private:
  static constexpr uint32_t kBits = 12;
  static constexpr uint32_t kEach = 1U << kBits;
  static constexpr size_t kSegmentsMax = size_t{1} << 14U;
  struct Segment {
    std::vector<Hot> hot;
    std::vector<Part> parts;
  };

  std::mutex mutex_;
  absl::flat_hash_map<uint64_t, PartId> index_;
  std::vector<Segment> segments_{kSegmentsMax};
  std::vector<std::atomic<const Hot*>> hot_{kSegmentsMax};
  std::atomic<PartId> size_ = 0;
  std::atomic<uint64_t> packed_ = 0;
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
EndPart MakeEnd(const LiveEnd& live, Side side, const Ground& ground);
LiveEnd EndOf(const EndPart& part, Side side, const Ground& ground);
ItemPart MakeItem(const Segment& segment, Duration age, Duration rto);
MonitorPart MakeMonitor(const LiveMonitors& live, const Ground& ground);
LiveMonitors MonitorsOf(const MonitorPart& part, std::array<State, 2> states, const Ground& ground);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_PART_STORE_H_
