// SPDX-License-Identifier: Apache-2.0
//
// What must be true of every run: a claim, and a monitor that watches the steps of one run
// (monitor.h), or a relation between a run and others like it (relation.h).
#ifndef FINWAIT_PROPS_PROPERTY_H_
#define FINWAIT_PROPS_PROPERTY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "model/tcp/rule.h"
#include "model/tcp/time.h"
#include "model/world/choice.h"
#include "props/counterexample.h"
#include "props/monitor.h"
#include "props/relation.h"

namespace finwait {

enum class Kind : uint8_t {
  kAlways,       // Judged at every step.
  kEventually,   // Judged when the run has settled, faults off.
  kMetamorphic,  // Judged by comparing the run with others.
  kSometimes,    // Judged by many runs: one at least has to show it.
};
constexpr std::string_view Name(Kind kind) {
  constexpr std::string_view kNames[] = {"always", "eventually", "metamorphic", "sometimes"};
  return kNames[static_cast<size_t>(kind)];
}

struct Property {
  std::string_view name;   // "fin-not-silently-dropped".
  std::string_view claim;  // One sentence, in the words of a user.
  std::string_view cites;  // RFC sections, or the promise it states.
  Kind kind;
  bool strict = false;       // Stricter than what peers rely on; hunted only when named.
  MonitorTable monitor{};    // What watches it,
  RelationTable relation{};  // or what compares.
  // What went wrong where it is violated, in one sentence: who did what to which segment or call.
  std::string (*tells)(const Counterexample&) = nullptr;
  // The same of a whole hunt that never showed what some run has to (kSometimes).
  std::string_view never{};
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_PROPERTY_H_
