// SPDX-License-Identifier: Apache-2.0
#include "props/monitors.h"

#include <cstring>

namespace finwait {

Monitors::Monitors(PropertySet set, const PairSetup& setup) : ledger_(setup) {
  for (size_t i = 0; i < kPropertyCount; ++i) {
    const MonitorTable& monitor = kProperties[i].monitor;
    if (!set.Has(i) || monitor.size == 0) continue;
    monitor.init(store_ + used_, setup);
    at_[i] = used_;
    watched_.Add(i);
    used_ = static_cast<uint16_t>(used_ + Stored(monitor));
    reads_ledger_ |= monitor.reads_ledger;
  }
}

Monitors& Monitors::operator=(const Monitors& other) {
  if (this == &other) return *this;
  watched_ = other.watched_;
  reads_ledger_ = other.reads_ledger_;
  used_ = other.used_;
  if (reads_ledger_) ledger_ = other.ledger_;
  at_ = other.at_;
  std::memcpy(store_, other.store_, used_);
  return *this;
}

const std::byte* Monitors::Of(size_t property) const {
  return watched_.Has(property) ? store_ + at_[property] : nullptr;
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

PropertySet Monitors::Suspecting(PropertySet among) const {
  PropertySet suspecting;
  for (uint64_t left = watched_.bits & among.bits; left != 0; left &= left - 1) {
    const auto i = static_cast<size_t>(std::countr_zero(left));
    if (kProperties[i].monitor.suspects(store_ + at_[i])) suspecting.Add(i);
  }
  return suspecting;
}

void Monitors::Mix(Hasher& hasher, Time now) const {
  for (uint64_t left = watched_.bits; left != 0; left &= left - 1) {
    const auto i = static_cast<size_t>(std::countr_zero(left));
    kProperties[i].monitor.mix(store_ + at_[i], hasher, now);
  }
  if (reads_ledger_) ledger_.Mix(hasher);
}

}  // namespace finwait
