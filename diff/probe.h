// SPDX-License-Identifier: Apache-2.0
//
// Which known behaviours a stack has, asked from outside: short schedules to which kernels that
// differ in one trait answer differently.
#ifndef FINWAIT_DIFF_PROBE_H_
#define FINWAIT_DIFF_PROBE_H_

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "model/tcp/environment.h"
#include "model/tcp/profile.h"
#include "model/tcp/trait.h"
#include "stacks/stack.h"

namespace finwait {

// How a trait is asked after. Of its values only the true one explains all of the answers.
struct Question {
  std::string_view trait;
  std::array<std::string_view, 2> schedules{};  // The second may be empty; the first is when
  std::string_view not_asked{};                 // there is a reason why it is not asked.
};

// One for each trait, in the order of Traits().
std::span<const Question> Questions();

struct ProbeAnswer {
  const Trait* trait = nullptr;
  std::optional<uint8_t> value;  // Nothing: unknown,
  std::string_view reason{};     // because of this.
};

struct ProbeResult {
  std::vector<ProbeAnswer> answers;           // In the order of Traits().
  std::vector<const KernelProfile*> nearest;  // Those with the most agreeing answers.
  size_t known = 0, agreeing = 0;             // Answers, and how many agree with the nearest.
};

// The answers that `kernel` would not give.
std::vector<const ProbeAnswer*> Disagreeing(const ProbeResult& result, const KernelProfile& kernel);

// Takes about a second on a kernel. An error is the stack's.
absl::StatusOr<ProbeResult> Probe(Stack& stack, const Environment& environment, const Slack& slack);

}  // namespace finwait

#endif  // FINWAIT_DIFF_PROBE_H_
