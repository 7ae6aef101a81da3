// SPDX-License-Identifier: Apache-2.0
//
// The monitors of a set of properties as one value.
#ifndef FINWAIT_PROPS_MONITORS_H_
#define FINWAIT_PROPS_MONITORS_H_

#include <array>
#include <cstddef>
#include <cstdint>

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

// The monitors of a set of properties, packed; relations have none. Copying takes as long as there
// is to copy. Of what is not in the set every question is answered as of what never applied.
class Monitors {
 public:
  Monitors(PropertySet set, const PairSetup& setup);
  Monitors(const Monitors& other) { *this = other; }
  Monitors& operator=(const Monitors& other);
  ~Monitors() = default;

  void operator()(const StepRecord& step) {
    const uint8_t sound = SoundOf(step);
    for (uint8_t i = 0; i < count_; ++i) {
      const Place& place = places_[i];
      if ((place.hears & sound) == 0) continue;
      kProperties[place.property].monitor.observe(store_ + place.at, step, ledger_);
    }
    if (reads_ledger_) ledger_.Note(step);
  }
  // How many of its bytes, from the first, live: what a search stores.
  size_t LiveBytes() const { return offsetof(Monitors, store_) + used_; }
  Verdict Finish(size_t property) const;
  bool Convicted(size_t property) const;
  bool Suspects(size_t property) const;
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Place {
    uint8_t property;
    uint8_t hears;
    uint16_t at;  // Where its monitor lies in the store.
  };

  const std::byte* Of(size_t property) const;

  PropertySet watched_;  // Those that have a monitor here, in the order of their places.
  bool reads_ledger_ = false;
  uint8_t count_ = 0;
  uint16_t used_ = 0;
  Ledger ledger_;
  std::array<Place, kPropertyCount> places_;
  alignas(kMonitorAlign) std::byte store_[StoredByAll()];
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_MONITORS_H_
