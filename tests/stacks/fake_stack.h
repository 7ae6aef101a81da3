// SPDX-License-Identifier: Apache-2.0
//
// A Stack that says what it is told to say, and writes down what it is asked.
#ifndef FINWAIT_TESTS_STACKS_FAKE_STACK_H_
#define FINWAIT_TESTS_STACKS_FAKE_STACK_H_

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "model/world/notation.h"
#include "stacks/stack.h"

namespace finwait {

class FakeStack final : public Stack {
 public:
  std::deque<std::vector<Departure>> will_send;  // One a Collect; nothing when used up.
  absl::Status fails;                            // What every Inject and Invoke returns, if not OK.
  CallResult result{.returned = true};
  State state = State::kEstablished;
  UserView view{.state = State::kEstablished, .poll = kPollOut, .closed_at = {}};
  Errno error = Errno::kNone;
  Duration late{};  // How much later than asked AdvanceTo returns.
  Time elapsed{};
  Connection connection;
  std::vector<std::string> asked;

  std::string Name() const override { return "fake"; }

  absl::StatusOr<Terms> Establish(const Connection& wanted) override {
    connection = wanted;
    if (absl::Status status = Note("establish"); !status.ok()) return status;
    return Terms{};
  }
  absl::Status Inject(const Segment& segment) override {
    Note("inject " + SegmentText(segment)).IgnoreError();
    return fails;
  }
  absl::StatusOr<CallResult> Invoke(const Event& call) override {
    Note(CallText(call)).IgnoreError();
    if (!fails.ok()) return fails;
    return result;
  }
  absl::Status AdvanceTo(Time t) override {
    elapsed = t + late;
    return Note("advance to " + std::to_string(SinceStart(t).count() / 1000));
  }
  Time Elapsed() const override { return elapsed; }
  absl::StatusOr<std::vector<Departure>> Collect() override {
    if (will_send.empty()) return std::vector<Departure>();
    std::vector<Departure> sent = std::move(will_send.front());
    will_send.pop_front();
    return sent;
  }
  absl::StatusOr<State> ObserveState() override {
    Note("observe").IgnoreError();
    return state;
  }
  absl::Status SetOption(const SocketOption& option) override {
    Note("set option " + std::to_string(static_cast<int>(option.name)) + " to " +
         std::to_string(option.value))
        .IgnoreError();
    return fails;
  }
  absl::StatusOr<UserView> ObserveUser() override {
    Note("observe user").IgnoreError();
    return view;
  }
  absl::StatusOr<Errno> TakeError() override {
    Note("take error").IgnoreError();
    return error;
  }
  absl::Status Release() override { return Note("release"); }

 private:
  absl::Status Note(std::string what) {
    asked.push_back(std::move(what));
    return absl::OkStatus();
  }
};

}  // namespace finwait

#endif  // FINWAIT_TESTS_STACKS_FAKE_STACK_H_
