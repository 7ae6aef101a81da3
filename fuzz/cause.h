// SPDX-License-Identifier: Apache-2.0
//
// What makes two findings the same: the property, the rule, the states of both ends and how each
// had ended when it happened.
#ifndef FINWAIT_FUZZ_CAUSE_H_
#define FINWAIT_FUZZ_CAUSE_H_

#include <array>
#include <string>

#include "fuzz/judge.h"
#include "fuzz/mode.h"
#include "model/tcp/state.h"

namespace finwait {

struct Cause {
  size_t property = 0;
  RuleId rule = RuleId::kNone;
  std::array<State, 2> states{};  // Of the end where it happened, and of its peer.
  std::array<Mode, 2> modes{};    // Likewise.

  friend bool operator==(const Cause&, const Cause&) = default;

  // Stable over versions: a hash of the names, "C-7f3a21".
  std::string Id() const;
};

// The cause of a violation of `property` that `schedule` brings.
Cause CauseOf(const Schedule& schedule, size_t property, const Violated& violation);

// Segments put on the wire from the first call that ends sending up to the violating step, what
// that step sent included.
uint32_t PacketsOf(const Trace& trace, const Violated& violation);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_CAUSE_H_
