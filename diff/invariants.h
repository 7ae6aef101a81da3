// SPDX-License-Identifier: Apache-2.0
//
// What holds for one endpoint at every step whatever its peer sends, forged segments included. A
// step that breaks one is a mistake of the model, not of a kernel.
#ifndef FINWAIT_DIFF_INVARIANTS_H_
#define FINWAIT_DIFF_INVARIANTS_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "model/tcp/endpoint.h"

namespace finwait {

struct Invariant {
  std::string_view claim;
  bool (*holds)(const Endpoint& before, const Endpoint& after);
};

std::span<const Invariant> Invariants();
inline constexpr size_t kInvariantCount = 11;

// The first that the step breaks, as an index. A step whose effects are `bound` breaks none.
std::optional<size_t> BrokenInvariant(const Endpoint& before, const Endpoint& after);

}  // namespace finwait

#endif  // FINWAIT_DIFF_INVARIANTS_H_
