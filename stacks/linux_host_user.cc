// SPDX-License-Identifier: Apache-2.0
//
// What the user of a LinuxHost's socket asks and sets besides its calls, and the clock.
#include <algorithm>
#include <chrono>

#include "stacks/linux_host.h"

namespace finwait {

absl::Status LinuxHost::SetOption(const SocketOption& option) {
  if (!user_.open()) return absl::FailedPreconditionError("an option after close()");
  const Descriptor& socket = user_.descriptor();
  switch (option.name) {
    case OptionName::kLinger:
      close_may_sleep_ = option.on && option.value > 0;
      return option.on ? SetLinger(socket, static_cast<uint8_t>(std::clamp(option.value, 0, 255)))
                       : ClearLinger(socket);
    case OptionName::kLinger2:
      return SetLinger2(socket, option.value);
    case OptionName::kReceiveBuffer:
      return SetReceiveBuffer(socket, option.value);
  }
  return absl::UnimplementedError("this option");
}

absl::StatusOr<UserView> LinuxHost::ObserveUser() {
  const auto since = [this](SteadyTime t) {
    return At(std::chrono::duration_cast<Duration>(t - established_));
  };
  if (absl::Status status = SettleCloser(); !status.ok()) return status;
  UserView view;
  if (closed_.has_value()) view.closed_at = since(*closed_);
  if (closer_.has_value() && closer_->returned()) view.closed_at = since(closer_->returned_at());
  if (!user_.open()) return view;
  const absl::StatusOr<State> state = user_.SocketState();
  if (!state.ok()) return state.status();
  const absl::StatusOr<uint16_t> poll = user_.PollNow();
  if (!poll.ok()) return poll.status();
  const absl::StatusOr<uint32_t> unread = user_.Unread();
  if (!unread.ok()) return unread.status();
  view.open = true;
  view.state = *state;
  view.poll = *poll;
  view.unread = *unread;
  return view;
}

Time LinuxHost::Elapsed() const {
  return At(std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - established_));
}

absl::StatusOr<std::vector<State>> LinuxHost::StateChanges() {
  if (!trace_.has_value()) {
    absl::StatusOr<StateTrace> opened = StateTrace::Open();
    if (!opened.ok()) return opened.status();
    trace_.emplace(*std::move(opened));
  }
  const FourTuple& addresses = peer_.addresses();
  return trace_->Take({.local = addresses.local_port, .peer = addresses.peer_port});
}

absl::StatusOr<Errno> LinuxHost::TakeError() {
  if (!user_.open()) return absl::FailedPreconditionError("SO_ERROR after close()");
  return user_.TakeError();
}

}  // namespace finwait
