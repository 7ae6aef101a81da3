// SPDX-License-Identifier: Apache-2.0
//
// Holds the model against a stack: the same random solo schedules on both, the first difference of
// each kind made small.
#ifndef FINWAIT_DIFF_DIFF_H_
#define FINWAIT_DIFF_DIFF_H_

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "diff/acceptor.h"
#include "diff/generate.h"
#include "diff/solo.h"
#include "model/tcp/profile.h"
#include "fuzz/stop.h"
#include "model/tcp/trait.h"
#include "stacks/stack.h"

namespace finwait {

struct DiffOptions {
  uint64_t seed = 1;
  uint64_t first = 0;  // Case number to begin with.
  uint64_t schedules = 10'000;
  bool matrix = false;  // Every cell of the matrix instead, with the state after each event.
  SoloRules rules;      // `terms` are asked for.
  Slack slack;
  uint32_t every_state_of = 10;  // One schedule in so many is asked for its state after each event.
  size_t divergences_max = 40;
  Watch watch;  // What is compared as well; states are asked for as `every_state_of` says.
  // When the stack is a model, which: a difference is then known by what about it would have to
  // change, so that each behaviour is reported once.
  std::optional<Host> other;
  Stop stop = nullptr;
  // Called now and then with the number of schedules run.
  std::function<void(uint64_t)> progress;
};

struct Divergence {
  uint64_t index = 0;                       // Of the case in which it was found.
  Solo solo{};                              // As small as it got,
  Mismatch mismatch{};                      // and what differs in it.
  RuleId other_rule = RuleId::kNone;        // The last word of the other model, if it is one.
  std::optional<TraitValue> explanation{};  // This alone, changed in the model, would explain it.
  uint64_t more = 0;                        // Further cases of the same kind.
};

struct DiffResult {
  uint64_t schedules = 0, events = 0;
  uint64_t bound = 0;     // Not judged to the end: the model's queues were full.
  uint64_t repeated = 0;  // Differed once and not again: a tick had come between two events.
  Tally tally;
  std::vector<Divergence> divergences;
  std::vector<TraitValue> not_shown;  // Of the other model, in no divergence.
};

// The stack is asked for its terms first. An error is the stack's.
absl::StatusOr<DiffResult> Diff(const Host& model, Stack& stack, const DiffOptions& options);

// One schedule, given: a difference is believed when it comes every time, and not made smaller.
// `seen` is the last run.
absl::StatusOr<DiffResult> DiffOne(const Host& model, Stack& stack, const DiffOptions& options,
                                   const Solo& solo, Observation& seen);

// What the stack puts into its SYN in each kind of handshake.
absl::StatusOr<std::array<Terms, kHandshakes>> AskTerms(Stack& stack);

}  // namespace finwait

#endif  // FINWAIT_DIFF_DIFF_H_
