// SPDX-License-Identifier: Apache-2.0
#include "stacks/model_stack.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "model/tcp/step.h"

namespace finwait {
std::string ModelStack::Name() const { return "model:" + std::string(chosen_.kernel.name); }

absl::StatusOr<Terms> ModelStack::Establish(const Connection& connection) {
  if (absl::Status status = Release(); !status.ok()) return status;
  host_ = chosen_;
  host_.environment.mss = std::min(chosen_.environment.mss, connection.peer_mss);
  const Terms terms{.window = chosen_.environment.rcv_buffer, .mss = chosen_.environment.mss};
  endpoint_ = StartOf(connection, terms, host_);
  now_ = Time{};
  closed_at_.reset();
  departed_.clear();
  states_.clear();
  connected_ = true;
  return terms;
}

absl::StatusOr<CallResult> ModelStack::Happen(Event event) {
  Effects effects;
  event.memory = memory_;
  const std::optional<Endpoint> before = tamper_ ? std::optional(endpoint_) : std::nullopt;
  Step(endpoint_, event, now_, host_, effects);
  if (tamper_) tamper_(*before, endpoint_, effects);
  for (const Segment& segment : effects.sent) {
    departed_.push_back(Departure{.at = now_, .segment = segment});
  }
  counts_.Add(effects);
  states_.insert(states_.end(), effects.states.begin(), effects.states.end());
  if (effects.bound) return absl::ResourceExhaustedError("a queue of the model is full");
  return effects.result;
}

absl::Status ModelStack::WakeSleeper() {
  if (!SleeperMayWake(endpoint_)) return absl::OkStatus();
  closed_at_ = now_;
  return Happen(Event{.kind = EventKind::kWake}).status();
}

absl::Status ModelStack::Inject(const Segment& segment) {
  if (!connected_) return absl::FailedPreconditionError("no connection");
  const Event event{.kind = EventKind::kSegment, .segment = segment};
  if (absl::Status status = Happen(event).status(); !status.ok()) return status;
  return WakeSleeper();
}

absl::StatusOr<CallResult> ModelStack::Invoke(const Event& call) {
  if (!connected_) return absl::FailedPreconditionError("no connection");
  if (!UserMayCall(endpoint_)) return absl::FailedPreconditionError("a call after close()");
  absl::StatusOr<CallResult> result = Happen(call);
  if (result.ok() && call.kind == EventKind::kClose && result->returned) closed_at_ = now_;
  return result;
}

absl::Status ModelStack::AdvanceTo(Time t) {
  if (!connected_) return absl::FailedPreconditionError("no connection");
  for (Time due = NextTimer(endpoint_); due <= t; due = NextTimer(endpoint_)) {
    now_ = std::max(now_, due);
    const bool slept = endpoint_.socket.lingering;
    if (absl::Status status = Happen(Event{.kind = EventKind::kTimer}).status(); !status.ok()) {
      return status;
    }
    if (slept && !endpoint_.socket.lingering) closed_at_ = now_;
    if (absl::Status status = WakeSleeper(); !status.ok()) return status;
  }
  now_ = std::max(now_, t);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Departure>> ModelStack::Collect() {
  return std::exchange(departed_, {});
}

absl::StatusOr<State> ModelStack::ObserveState() {
  return connected_ ? StateOf(endpoint_) : State::kClosed;
}

absl::Status ModelStack::SetOption(const SocketOption& option) {
  if (!connected_ || !UserMayCall(endpoint_)) {
    return absl::FailedPreconditionError("an option after close()");
  }
  if (option.name == OptionName::kReceiveBuffer) return absl::UnimplementedError("SO_RCVBUF");
  if (option.name == OptionName::kLinger2) {
    endpoint_.linger2_s = Linger2(option.value);
    return absl::OkStatus();
  }
  endpoint_.linger_on = option.on;
  endpoint_.linger_s = static_cast<uint8_t>(std::clamp(option.value, 0, 255));
  return absl::OkStatus();
}

absl::StatusOr<UserView> ModelStack::ObserveUser() {
  UserView view;
  view.closed_at = closed_at_;
  if (!connected_ || !UserMayCall(endpoint_)) return view;
  view.state = endpoint_.socket.state;
  view.open = true;
  view.poll = PollBitsOf(endpoint_.socket);
  view.unread = endpoint_.socket.Unread();
  return view;
}

absl::StatusOr<Errno> ModelStack::TakeError() {
  if (!connected_ || !UserMayCall(endpoint_)) {
    return absl::FailedPreconditionError("SO_ERROR after close()");
  }
  const Errno error = PendingError(endpoint_.socket);
  endpoint_.socket.error = SocketError::kNone;
  return error;
}

absl::StatusOr<std::vector<State>> ModelStack::StateChanges() { return std::exchange(states_, {}); }

absl::Status ModelStack::Release() {
  connected_ = false;
  departed_.clear();
  return absl::OkStatus();
}

}  // namespace finwait
