// SPDX-License-Identifier: Apache-2.0
#include "stacks/model_stack.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "model/tcp/step.h"

namespace finwait {
namespace {

// What of a connection the model cannot play. The one place to extend when it learns more.
absl::Status CheckSupported(const Connection& connection) {
  const Options& options = connection.options;
  if (options.sack) return absl::UnimplementedError("SACK");
  if (options.timestamps) return absl::UnimplementedError("timestamps");
  if (options.window_scaling) return absl::UnimplementedError("window scaling");
  if (connection.linger2_s != 0) return absl::UnimplementedError("TCP_LINGER2");
  return absl::OkStatus();
}

// As Linux has it (tcp_poll).
uint16_t PollOf(const Tcb& tcb) {
  const bool closed = tcb.state == State::kClosed;
  const bool no_receive = closed || tcb.Shut(kRcvShutdown);
  const bool no_send = closed || tcb.Shut(kSendShutdown);
  uint16_t bits = kPollOut;
  if (no_receive) bits |= kPollIn | kPollRdHup;
  if (tcb.Unread() > 0) bits |= kPollIn;
  if (no_receive && no_send) bits |= kPollHup;
  if (tcb.error != SocketError::kNone) bits |= kPollErr;
  return bits;
}

Errno ErrnoOf(SocketError error) {
  switch (error) {
    case SocketError::kNone:
      return Errno::kNone;
    case SocketError::kConnReset:
      return Errno::kConnReset;
    case SocketError::kPipe:
      return Errno::kPipe;
    case SocketError::kTimedOut:
      return Errno::kTimedOut;
  }
  return Errno::kNone;
}

}  // namespace

std::string ModelStack::Name() const { return "model:" + std::string(chosen_.kernel.name); }

absl::StatusOr<Terms> ModelStack::Establish(const Connection& connection) {
  if (absl::Status status = Release(); !status.ok()) return status;
  if (absl::Status status = CheckSupported(connection); !status.ok()) return status;
  host_ = chosen_;
  host_.environment.mss = std::min(chosen_.environment.mss, connection.peer_mss);
  endpoint_ = Established(Opening{.snd_nxt = connection.next,
                                  .rcv_nxt = connection.peer_next,
                                  .opener = connection.opener,
                                  .rtt = connection.rtt,
                                  .peer_window = connection.peer_window},
                          host_);
  endpoint_.linger_on = connection.linger_on;
  endpoint_.linger_s = connection.linger_s;
  now_ = Time{};
  closed_at_.reset();
  departed_.clear();
  connected_ = true;
  return Terms{.window = chosen_.environment.rcv_buffer, .mss = chosen_.environment.mss};
}

absl::StatusOr<CallResult> ModelStack::Happen(const Event& event) {
  Effects effects;
  Step(endpoint_, event, now_, host_, effects);
  for (const Segment& segment : effects.sent) {
    departed_.push_back(Departure{.at = now_, .segment = segment});
  }
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
  if (option.name == OptionName::kLinger2) return absl::UnimplementedError("TCP_LINGER2");
  if (option.name == OptionName::kReceiveBuffer) return absl::UnimplementedError("SO_RCVBUF");
  endpoint_.linger_on = option.on;
  endpoint_.linger_s = static_cast<uint8_t>(std::clamp(option.value, 0, 255));
  return absl::OkStatus();
}

absl::StatusOr<UserView> ModelStack::ObserveUser() {
  UserView view;
  view.closed_at = closed_at_;
  if (!connected_ || !UserMayCall(endpoint_)) return view;
  view.state = endpoint_.socket.state;
  view.poll = PollOf(endpoint_.socket);
  return view;
}

absl::StatusOr<Errno> ModelStack::TakeError() {
  if (!connected_ || !UserMayCall(endpoint_)) {
    return absl::FailedPreconditionError("SO_ERROR after close()");
  }
  return ErrnoOf(std::exchange(endpoint_.socket.error, SocketError::kNone));
}

absl::Status ModelStack::Release() {
  connected_ = false;
  departed_.clear();
  return absl::OkStatus();
}

}  // namespace finwait
