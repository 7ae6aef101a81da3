// SPDX-License-Identifier: Apache-2.0
//
// Random schedules on one model, judged by another.
#ifndef FINWAIT_TESTS_DIFF_RANDOM_SCHEDULES_H_
#define FINWAIT_TESTS_DIFF_RANDOM_SCHEDULES_H_

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

#include "diff/beside.h"
#include "diff/diff.h"
#include "diff/generate.h"
#include "model/tcp/profile.h"
#include "stacks/model_stack.h"

namespace finwait {

// Time is virtual: timers fire at their deadlines.
inline constexpr Slack kNoSlack{.wheel = false};

struct Surroundings {
  Environment environment{};
  uint8_t memory = 0;  // A union of Memory.
  bool lingers = false;
};

// A close() that lingers; as they come; with header prediction and short of memory; with settings
// that make the rare common; with a receive buffer that is soon full.
inline std::array<Surroundings, 6> AllSurroundings() {
  Environment rare;
  rare.tcp_rfc1337 = true;
  rare.tcp_fin_timeout = std::chrono::seconds(61);
  rare.tcp_retries2 = 2;
  rare.tcp_orphan_retries = 1;
  Environment full = rare;
  full.tw_buckets_left = false;
  full.tcp_fin_timeout = std::chrono::seconds(2);
  Environment narrow;
  narrow.rcv_buffer = 40;
  return {Surroundings{.lingers = true},
          Surroundings{},
          Surroundings{.memory = kPredictsHeader | kStaysApart},
          Surroundings{.environment = rare},
          Surroundings{.environment = full},
          Surroundings{.environment = narrow}};
}

// Some in which time passes, and some in which close() may sleep.
inline SoloRules RulesIn(const Surroundings& surroundings, Stack& stack) {
  return {.terms = AskTerms(stack).value(),
          .waits_percent = 50,
          .wait_max = std::chrono::seconds(70),
          .linger = surroundings.lingers};
}

// A kernel of one kind as the stack, another as the judge, in several surroundings or only where
// close() lingers.
class RandomSchedules {
 public:
  RandomSchedules(const KernelProfile& judge, const KernelProfile& kernel,
                  bool only_linger = false) {
    for (const Surroundings& surroundings : AllSurroundings()) {
      if (only_linger && !surroundings.lingers) continue;
      sides_.emplace_back(judge, kernel, surroundings);
    }
  }

  void SetTamper(const ModelStack::Tamper& tamper) {
    for (Side& side : sides_) side.stack.SetTamper(tamper);
  }

  // The first of so many that the judge does not accept. In some, time passes.
  std::optional<Divergence> FirstDifference(uint64_t schedules) {
    Divergence found;
    std::optional<Mismatch> mismatch;
    for (; found.index < schedules; ++found.index) {
      Side& side = SideOf(found.index);
      Random random = Random::ForCase(1, found.index);
      Generate(random, side.rules, side.host, found.solo);
      if (!side.beside.Once(found.solo, found.index % 20 < 5, mismatch).ok()) return found;
      if (side.beside.bound()) ++bound_;
      if (!mismatch.has_value()) continue;
      found.mismatch = *mismatch;
      return found;
    }
    return std::nullopt;
  }

  // Makes what was found small, as diff does.
  absl::Status Shrink(Divergence& found) {
    Beside& beside = SideOf(found.index).beside;
    std::optional<Mismatch> first;
    if (absl::Status status = beside.Always(found.solo, first); !status.ok()) return status;
    if (!first.has_value()) return absl::InternalError("not found again");
    found.mismatch = *first;
    return beside.Shrink(found.solo, found.mismatch, [](const Solo&) { return true; });
  }

  uint64_t Hits(RuleId rule) const {
    uint64_t hits = 0;
    for (const Side& side : sides_) hits += side.beside.tally().rules[Index(rule)];
    return hits;
  }
  uint64_t bound() const { return bound_; }  // Not judged to the end.

 private:
  struct Side {
    Side(const KernelProfile& judge, const KernelProfile& kernel, const Surroundings& in)
        : host{.kernel = judge, .environment = in.environment},
          stack({.kernel = kernel, .environment = in.environment}, in.memory),
          beside(host, stack, kNoSlack, {.counters = true, .events = true}),
          rules(RulesIn(in, stack)) {}
    Host host;
    ModelStack stack;
    Beside beside;
    SoloRules rules;
  };

  Side& SideOf(uint64_t index) { return sides_[index % sides_.size()]; }

  std::deque<Side> sides_;  // Which refer to themselves.
  uint64_t bound_ = 0;
};

}  // namespace finwait

#endif  // FINWAIT_TESTS_DIFF_RANDOM_SCHEDULES_H_
