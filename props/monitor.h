// SPDX-License-Identifier: Apache-2.0
//
// Monitors as rows of functions, so that a run carries only those it was asked for.
//
// A monitor is a small trivially copyable value with
//
// - `void Init(const PairSetup&)`, before the first step;
// - `void Observe(const StepRecord&)`, after every step; or, to see what was before it,
//   `void Observe(const StepRecord&, const Ledger& before)`;
// - `Verdict Finish() const`, once the run has settled;
// - `bool Convicted() const`: has a step violated the claim already?
// - `bool Suspects() const`: could settling alone still bring a violation?
// - `void Mix(Hasher&, Time now) const`: its state, times relative to `now`, for exhaustive search.
#ifndef FINWAIT_PROPS_MONITOR_H_
#define FINWAIT_PROPS_MONITOR_H_

#include <cstdint>
#include <memory>
#include <type_traits>

#include "model/world/fingerprint.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "props/ledger.h"
#include "props/verdict.h"

namespace finwait {

// Which steps a monitor is told of; all, unless it says fewer (`static constexpr uint8_t kHears`).
enum Hears : uint8_t {
  kCalls = 0x01,
  kArrivals = 0x02,
  kTimers = 0x04,   // And wake-ups.
  kNetwork = 0x08,  // Losses and copies.
  kSending = 0x10,  // Whatever step sends a segment.
};
inline constexpr uint8_t kHearsAll = kCalls | kArrivals | kTimers | kNetwork;

// What of this a step is.
inline uint8_t SoundOf(const StepRecord& step) {
  static constexpr uint8_t kByKind[] = {kCalls, kTimers, kArrivals, kTimers, kNetwork, kNetwork};
  const uint8_t kind = kByKind[static_cast<size_t>(step.kind)];
  return step.effects.sent.Empty() ? kind : static_cast<uint8_t>(kind | kSending);
}

struct MonitorTable {
  uint16_t size = 0;  // 0: there is none.
  uint8_t hears = kHearsAll;
  bool reads_ledger = false;
  void (*init)(void*, const PairSetup&) = nullptr;
  void (*observe)(void*, const StepRecord&, const Ledger&) = nullptr;
  Verdict (*finish)(const void*) = nullptr;
  bool (*convicted)(const void*) = nullptr;
  bool (*suspects)(const void*) = nullptr;
  void (*mix)(const void*, Hasher&, Time) = nullptr;
};

// What a monitor is stored in starts at multiples of this.
inline constexpr size_t kMonitorAlign = 8;

template <typename M>
concept ReadsLedger = requires(M m, const StepRecord& step, const Ledger& before) {
  m.Observe(step, before);
};

template <typename M>
constexpr uint8_t HearsOf() {
  if constexpr (requires { M::kHears; }) {
    return M::kHears;
  } else {
    return kHearsAll;
  }
}

template <typename M>
constexpr MonitorTable MonitorOf() {
  static_assert(std::is_trivially_copyable_v<M> && alignof(M) <= kMonitorAlign);
  MonitorTable t;
  t.size = sizeof(M);
  t.hears = HearsOf<M>();
  t.reads_ledger = ReadsLedger<M>;
  t.init = [](void* at, const PairSetup& setup) {
    std::construct_at(static_cast<M*>(at))->Init(setup);
  };
  t.observe = [](void* at, const StepRecord& step, const Ledger& before) {
    M& monitor = *static_cast<M*>(at);
    if constexpr (ReadsLedger<M>) {
      monitor.Observe(step, before);
    } else {
      (void)before;
      monitor.Observe(step);
    }
  };
  t.finish = [](const void* at) { return static_cast<const M*>(at)->Finish(); };
  t.convicted = [](const void* at) { return static_cast<const M*>(at)->Convicted(); };
  t.suspects = [](const void* at) { return static_cast<const M*>(at)->Suspects(); };
  t.mix = [](const void* at, Hasher& h, Time now) { static_cast<const M*>(at)->Mix(h, now); };
  return t;
}

}  // namespace finwait

#endif  // FINWAIT_PROPS_MONITOR_H_
