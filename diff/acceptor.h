// SPDX-License-Identifier: Apache-2.0
//
// The model as a judge of what a stack did. It runs along with the observation, takes over what it
// does not claim to know (the size of a window), and follows each way in which the stack's timers
// may have run: no later than a kernel's timer wheel allows, no sooner than they were set for.
#ifndef FINWAIT_DIFF_ACCEPTOR_H_
#define FINWAIT_DIFF_ACCEPTOR_H_

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "diff/observe.h"
#include "diff/solo.h"
#include "model/tcp/counter.h"
#include "model/tcp/effects.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/profile.h"
#include "model/tcp/rule.h"
#include "model/tcp/state.h"

namespace finwait {

// How much later than its deadline a timer may be seen to fire.
struct Slack {
  bool wheel = true;  // An eighth of its delay and two ticks: the kernel's timer wheel.
  Duration late{};    // Besides: what keeps the observer from seeing it at once.
};

struct Mismatch {
  size_t event = 0;             // Index into Solo::events; their count when it is about the ending.
  std::string expected{};       // What the model does.
  std::string seen{};           // What the stack did.
  RuleId rule = RuleId::kNone;  // The model's last word.
  Counter counter = Counter::kNone;  // The first that differs, when nothing else does.
};

// A step of the model on the way that explains an observation.
struct Firing {
  size_t event = 0;  // Index into Solo::events; their count when it came after them.
  RuleId rule = RuleId::kNone;
  State after = State::kClosed;
  uint8_t sent = 0;  // Segments that left in this step.
};

// What the acceptor counted while it judged.
struct Tally {
  std::array<uint64_t, kRuleCount> rules{};  // How often each rule fired.
  uint64_t timers = 0;                       // Segments that a timer of the model explains.
  uint64_t segments = 0;                     // All that were seen.
  bool keeps_path = false;
  std::vector<Firing> path{};  // Of the last observation that was accepted, if that is kept.
};

// Nothing when the model can have done what was seen. `bound` is set when the model could not go on
// to the end: what follows is then not judged.
std::optional<Mismatch> Accept(const Solo& solo, const Observation& seen, const Host& model,
                               const Slack& slack, Tally& tally, bool& bound);

}  // namespace finwait

#endif  // FINWAIT_DIFF_ACCEPTOR_H_
