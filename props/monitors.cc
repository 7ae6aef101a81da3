// SPDX-License-Identifier: Apache-2.0
#include "props/monitors.h"

#include <cstring>

namespace finwait {

Monitors::Monitors(PropertySet set, const PairSetup& setup) : ledger_(setup) {
  for (uint8_t i = 0; i < kPropertyCount; ++i) {
    const MonitorTable& monitor = kProperties[i].monitor;
    if (!set.Has(i) || monitor.size == 0) continue;
    monitor.init(store_ + used_, setup);
    places_[count_++] = Place{i, monitor.hears, used_};
    watched_.Add(i);
    used_ = static_cast<uint16_t>(used_ + Stored(monitor));
    reads_ledger_ |= monitor.reads_ledger;
  }
}

Monitors& Monitors::operator=(const Monitors& other) {
  watched_ = other.watched_;
  reads_ledger_ = other.reads_ledger_;
  count_ = other.count_;
  used_ = other.used_;
  if (reads_ledger_) ledger_ = other.ledger_;
  std::memmove(places_.data(), other.places_.data(), count_ * sizeof(Place));
  std::memmove(store_, other.store_, used_);
  return *this;
}

const std::byte* Monitors::Of(size_t property) const {
  if (!watched_.Has(property)) return nullptr;
  const PropertySet before{watched_.bits & ((uint64_t{1} << property) - 1U)};
  return store_ + places_[static_cast<size_t>(before.Count())].at;
}

Verdict Monitors::Finish(size_t property) const {
  const std::byte* const monitor = Of(property);
  return monitor == nullptr ? Verdict{Vacuous{}} : kProperties[property].monitor.finish(monitor);
}

bool Monitors::Convicted(size_t property) const {
  const std::byte* const monitor = Of(property);
  return monitor != nullptr && kProperties[property].monitor.convicted(monitor);
}

bool Monitors::Suspects(size_t property) const {
  const std::byte* const monitor = Of(property);
  return monitor != nullptr && kProperties[property].monitor.suspects(monitor);
}

void Monitors::Mix(Hasher& hasher, Time now) const {
  for (uint8_t i = 0; i < count_; ++i) {
    kProperties[places_[i].property].monitor.mix(store_ + places_[i].at, hasher, now);
  }
  if (reads_ledger_) ledger_.Mix(hasher);
}

}  // namespace finwait
