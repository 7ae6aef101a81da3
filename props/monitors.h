// SPDX-License-Identifier: Apache-2.0
//
// The monitors of a set of properties as one value.
#ifndef FINWAIT_PROPS_MONITORS_H_
#define FINWAIT_PROPS_MONITORS_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "props/catalog.h"

namespace finwait {

// What a monitor takes of the store, and all of them.
constexpr size_t Stored(const MonitorTable& monitor) {
  return (monitor.size + kMonitorAlign - 1) / kMonitorAlign * kMonitorAlign;
}
constexpr size_t StoredByAll() {
  size_t size = 0;
  for (const Property& property : kProperties) size += Stored(property.monitor);
  return size;
}

// Who hears a step, by the sound that it makes.
inline constexpr auto kHearing = [] {
  std::array<PropertySet, size_t{2} * kSending> hearing{};
  for (size_t sound = 0; sound < hearing.size(); ++sound) {
    for (size_t i = 0; i < kPropertyCount; ++i) {
      if ((kProperties[i].monitor.hears & sound) != 0) hearing[sound].Add(i);
    }
  }
  return hearing;
}();

// The monitors of a set of properties, packed; relations have none. Copying takes as long as there
// is to copy. Of what is not in the set every question is answered as of what never applied.
class Monitors {
 public:
  Monitors(PropertySet set, const PairSetup& setup);
  Monitors(const Monitors& other) { *this = other; }
  Monitors& operator=(const Monitors& other);
  ~Monitors() = default;

  void operator()(const StepRecord& step) {
    const PropertySet hearing{kHearing[SoundOf(step)].bits & watched_.bits};
    Tell(step, hearing, std::make_index_sequence<kPropertyCount>());
    if (reads_ledger_) ledger_.Note(step);
  }
  // How many of its bytes, from the first, live: what a search stores.
  size_t LiveBytes() const { return offsetof(Monitors, store_) + used_; }
  Verdict Finish(size_t property) const;
  bool Convicted(size_t property) const;
  bool Suspects(size_t property) const;
  // Those of `among` that suspect. What Finish calls violated does.
  PropertySet Suspecting(PropertySet among = EveryProperty()) const;
  void Mix(Hasher& hasher, Time now) const;

 private:
  // Written out, so that each monitor is called by name.
  template <size_t... kIndex>
  void Tell(const StepRecord& step, PropertySet hearing, std::index_sequence<kIndex...>) {
    ((hearing.Has(kIndex) ? Tell<kIndex>(step) : void()), ...);
  }
  template <size_t kIndex>
  void Tell(const StepRecord& step) {
    constexpr MonitorTable kMonitor = kProperties[kIndex].monitor;
    if constexpr (kMonitor.size != 0) kMonitor.observe(store_ + at_[kIndex], step, ledger_);
  }
  const std::byte* Of(size_t property) const;

  PropertySet watched_;  // Those that have a monitor here, in the order of their places.
  bool reads_ledger_ = false;
  uint16_t used_ = 0;
  Ledger ledger_;
  std::array<uint16_t, kPropertyCount> at_{};  // Where the monitor of each lies in the store.
  alignas(kMonitorAlign) std::byte store_[StoredByAll()];
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_MONITORS_H_
