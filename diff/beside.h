// SPDX-License-Identifier: Apache-2.0
//
// One schedule on a stack, with the model beside it as its judge.
#ifndef FINWAIT_DIFF_BESIDE_H_
#define FINWAIT_DIFF_BESIDE_H_

#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "diff/acceptor.h"
#include "diff/observe.h"
#include "diff/solo.h"
#include "model/tcp/profile.h"
#include "stacks/stack.h"

namespace finwait {

// Errors are the stack's.
class Beside {
 public:
  // What is watched is compared as well.
  Beside(const Host& model, Stack& stack, const Slack& slack, const Watch& watch = {})
      : model_(model), stack_(stack), slack_(slack), watch_(watch) {}

  // What differs in one run, if anything. A run that is bound differs in nothing.
  absl::Status Once(const Solo& solo, bool every_state, std::optional<Mismatch>& mismatch);

  // What differs every time: a tick may have come between two events.
  absl::Status Always(const Solo& solo, std::optional<Mismatch>& mismatch);

  // Makes a schedule that differs smaller as long as it differs always, by the same rule and
  // counter, and `same` says yes.
  absl::Status Shrink(Solo& solo, Mismatch& mismatch, const std::function<bool(const Solo&)>& same);

  // Of the last run:
  const Observation& seen() const { return seen_; }
  bool bound() const { return bound_; }  // Not judged to the end: see Once.

  const Tally& tally() const { return tally_; }  // Of the runs that agreed.
  const Host& model() const { return model_; }
  const Slack& slack() const { return slack_; }

 private:
  struct Shrinking {
    Solo& solo;
    Mismatch& mismatch;
    const std::function<bool(const Solo&)>& same;
    int runs = 0;
  };
  absl::Status Try(Solo smaller, Shrinking& shrinking, bool& shrunk);
  absl::Status TryDuller(Shrinking& shrinking, bool& any);

  const Host& model_;
  Stack& stack_;
  const Slack slack_;
  const Watch watch_;
  Tally tally_;
  Observation seen_;
  bool bound_ = false;
};

}  // namespace finwait

#endif  // FINWAIT_DIFF_BESIDE_H_
