// SPDX-License-Identifier: Apache-2.0
#include "props/catalog.h"

namespace finwait {
namespace {

// Calls `body` with the monitor at a place known only at run time.
template <typename All, typename Body, size_t... kAt>
auto Visit(const All& all, size_t at, Body body, std::index_sequence<kAt...>) {
  decltype(body(std::get<0>(all))) result{};
  (void)((at == kAt ? (result = body(std::get<kAt>(all)), true) : false) || ...);
  return result;
}

}  // namespace

std::optional<size_t> FindProperty(std::string_view name) {
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (kProperties[i].name == name) return i;
  }
  return std::nullopt;
}

Monitors::Monitors(PropertySet set, const PairSetup& setup)
    : set_(set),
      all_(TakenInTime(What::kFin, Grace::kOneRto), TakenInTime(What::kText, Grace::kOneRto),
           DataBeforeEof(), LegalTransitions(), OneFinOneNumber(), BothEndsFinish(),
           TakenInTime(What::kFin, Grace::kNone)) {
  ForEach([&](auto& monitor) { monitor.Init(setup); });
}

Verdict Monitors::Finish(size_t property) const {
  if (!set_.Has(property)) return Vacuous{};
  return Visit(
      all_, property, [](const auto& monitor) { return monitor.Finish(); },
      std::make_index_sequence<kPropertyCount>());
}

bool Monitors::Suspects(size_t property) const {
  return Visit(
      all_, property, [](const auto& monitor) { return monitor.Suspects(); },
      std::make_index_sequence<kPropertyCount>());
}

void Monitors::Mix(Hasher& hasher, Time now) const {
  const auto mix = [&](const auto& monitor) { return monitor.Mix(hasher, now), true; };
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (set_.Has(i)) Visit(all_, i, mix, std::make_index_sequence<kPropertyCount>());
  }
}

}  // namespace finwait
