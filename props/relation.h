// SPDX-License-Identifier: Apache-2.0
//
// Relations between runs: what a change that ought not to matter leaves as it was. No monitor can
// see such a thing, since each of the runs may be well by itself.
#ifndef FINWAIT_PROPS_RELATION_H_
#define FINWAIT_PROPS_RELATION_H_

#include <optional>
#include <span>
#include <string_view>

#include "model/world/choice.h"
#include "model/world/setup.h"
#include "props/verdict.h"

namespace finwait {

// The same schedule, changed in something that ought not to matter.
struct Variant {
  std::string_view change;  // "with timestamps".
  PairSetup setup;
  Choices choices;
};

struct RelationTable {
  Verdict (*judge)(const PairSetup& setup, std::span<const Choice> choices) = nullptr;
  // The variant that gives another run than the schedule itself; nothing where all are alike.
  std::optional<Variant> (*counterpart)(const PairSetup& setup,
                                        std::span<const Choice> choices) = nullptr;
};

template <typename R>
constexpr RelationTable RelationOf() {
  return {.judge = &R::Judge, .counterpart = &R::Counterpart};
}

}  // namespace finwait

#endif  // FINWAIT_PROPS_RELATION_H_
