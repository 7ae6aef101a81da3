// SPDX-License-Identifier: Apache-2.0
//
// Every property, and all their monitors as one value.
#ifndef FINWAIT_PROPS_CATALOG_H_
#define FINWAIT_PROPS_CATALOG_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "props/eof.h"
#include "props/fin_number.h"
#include "props/finish.h"
#include "props/property.h"
#include "props/taken_in_time.h"
#include "props/transitions.h"

namespace finwait {

// In the order in which findings are told.
inline constexpr std::array kProperties = {
    kFinNotSilentlyDropped, kTextNotSilentlyDropped, kDataBeforeEof,     kLegalTransitions,
    kOneFinOneNumber,       kBothEndsFinish,         kFinTakenOnArrival,
};
inline constexpr size_t kPropertyCount = kProperties.size();

// A set of properties, by index into kProperties.
struct PropertySet {
  uint32_t bits = 0;

  constexpr bool Has(size_t property) const { return ((bits >> property) & 1U) != 0; }
  constexpr void Add(size_t property) { bits |= 1U << property; }
  constexpr void Remove(size_t property) { bits &= ~(1U << property); }
  friend constexpr bool operator==(PropertySet, PropertySet) = default;
};

constexpr PropertySet EveryProperty() { return PropertySet{(1U << kPropertyCount) - 1U}; }

// Those that are hunted unless others are named.
constexpr PropertySet PropertiesByDefault() {
  PropertySet set;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!kProperties[i].strict) set.Add(i);
  }
  return set;
}

std::optional<size_t> FindProperty(std::string_view name);

// One monitor a property, in the order of kProperties; those outside the set stay idle.
class Monitors {
 public:
  Monitors(PropertySet set, const PairSetup& setup);

  void operator()(const StepRecord& step) {
    ForEach([&](auto& monitor) { monitor.Observe(step); });
  }
  Verdict Finish(size_t property) const;
  bool Suspects(size_t property) const;
  void Mix(Hasher& hasher, Time now) const;

 private:
  using All = std::tuple<TakenInTime, TakenInTime, DataBeforeEof, LegalTransitions, OneFinOneNumber,
                         BothEndsFinish, TakenInTime>;
  static_assert(std::tuple_size_v<All> == kPropertyCount);

  template <typename Body>
  void ForEach(Body body) {
    ForEachAt(body, std::make_index_sequence<kPropertyCount>());
  }
  template <typename Body, size_t... kAt>
  void ForEachAt(Body& body, std::index_sequence<kAt...>) {
    (void(set_.Has(kAt) ? body(std::get<kAt>(all_)) : void()), ...);
  }

  PropertySet set_;
  All all_;
};
static_assert(std::is_trivially_copy_constructible_v<TakenInTime>);

}  // namespace finwait

#endif  // FINWAIT_PROPS_CATALOG_H_
