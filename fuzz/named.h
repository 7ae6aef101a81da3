// SPDX-License-Identifier: Apache-2.0
//
// Choices that say which segment they mean by what it is, not by its place in flight, so that they
// still mean it when other choices are taken out of the schedule.
#ifndef FINWAIT_FUZZ_NAMED_H_
#define FINWAIT_FUZZ_NAMED_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "fuzz/judge.h"
#include "model/world/wire.h"

namespace finwait {

struct NamedChoice {
  Choice choice;
  std::optional<Segment> means{};  // The segment it picked in the run it comes from,
  uint8_t copies_before = 0;       // where so many of the same stood before it.

  friend bool operator==(const NamedChoice&, const NamedChoice&) = default;
};

using NamedChoices = std::vector<NamedChoice>;

// Without names: each picks by place.
NamedChoices ByPlace(std::span<const Choice> choices);
Choices Plain(std::span<const NamedChoice> choices);

// One run: what of `choices` acted, then what settling did, all with names and as they were
// performed.
struct NamedRun {
  NamedChoices performed;
  size_t acted = 0;  // How many of them are the schedule's own.
  std::optional<Violated> violated;
};

// A choice whose segment is not in flight takes the next best: the same numbers with another
// acknowledgement, then the same kind, then anything that takes sequence space as it does, at last
// what is in its place. `violated` as Violates() has it.
NamedRun RunNamed(const PairSetup& setup, std::span<const NamedChoice> choices, const Goal& goal);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_NAMED_H_
