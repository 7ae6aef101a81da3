// SPDX-License-Identifier: Apache-2.0
//
// The model of one endpoint as a Stack: virtual time, nothing of the machine.
#ifndef FINWAIT_STACKS_MODEL_STACK_H_
#define FINWAIT_STACKS_MODEL_STACK_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/tcp/effects.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/profile.h"
#include "stacks/stack.h"

namespace finwait {

// Timers fire on the way to AdvanceTo's instant, each at its own; a sleeping close() returns as
// soon as it may. What the model does not know is Unimplemented; when one of its queues is full it
// says ResourceExhausted and the run stands for nothing.
class ModelStack final : public Stack {
 public:
  // `memory`: how it answers what depends on memory, a union of Memory.
  explicit ModelStack(const Host& host, uint8_t memory = 0)
      : chosen_(host), host_(host), memory_(memory) {}

  // For tests of those who judge: `tamper` may change what a step did before anyone sees it.
  using Tamper = std::function<void(const Endpoint& before, Endpoint& after, Effects& effects)>;
  void SetTamper(Tamper tamper) { tamper_ = std::move(tamper); }

  std::string Name() const override;  // "model:linux-6.12".
  absl::StatusOr<Terms> Establish(const Connection& connection) override;
  absl::Status Inject(const Segment& segment) override;
  absl::StatusOr<CallResult> Invoke(const Event& call) override;
  absl::Status AdvanceTo(Time t) override;
  Time Elapsed() const override { return now_; }
  absl::StatusOr<std::vector<Departure>> Collect() override;
  absl::StatusOr<State> ObserveState() override;
  absl::Status SetOption(const SocketOption& option) override;
  absl::StatusOr<UserView> ObserveUser() override;
  absl::StatusOr<Errno> TakeError() override;
  absl::StatusOr<Counts> ReadCounters() override { return counts_; }
  absl::StatusOr<std::vector<State>> StateChanges() override;
  absl::Status Release() override;

 private:
  absl::StatusOr<CallResult> Happen(Event event);
  absl::Status WakeSleeper();

  Host chosen_;  // As given,
  Host host_;    // with the MSS of this connection.
  uint8_t memory_;
  Tamper tamper_;
  bool connected_ = false;
  Endpoint endpoint_;
  Time now_{};
  std::optional<Time> closed_at_;
  std::vector<Departure> departed_;
  Counts counts_;
  std::vector<State> states_;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_MODEL_STACK_H_
