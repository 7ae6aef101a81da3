// SPDX-License-Identifier: Apache-2.0
//
// The calls of a script.
#include <chrono>
#include <string>

#include "absl/strings/str_cat.h"
#include "model/world/notation.h"
#include "packetdrill/runner.h"
#include "packetdrill/words.h"

namespace finwait::pkt {
namespace {

EventKind KindOf(CallName name) {
  switch (name) {
    case CallName::kSend:
      return EventKind::kSend;
    case CallName::kRecv:
      return EventKind::kRecv;
    case CallName::kShutdown:
      return EventKind::kShutdown;
    default:
      return EventKind::kClose;
  }
}

std::string ExpectedText(const CallLine& call) {
  if (!call.returns_checked) return "returns";
  if (!call.error.empty()) return absl::StrCat("fails with ", call.error);
  return absl::StrCat("returns ", call.returns);
}

bool SameResult(const CallLine& call, const CallResult& result) {
  if (!result.returned) return false;
  if (!call.returns_checked) return true;
  const std::optional<Errno> error = call.error.empty() ? Errno::kNone : ErrnoCalled(call.error);
  if (error != result.error) return false;
  return result.error != Errno::kNone || call.returns == result.bytes;
}

}  // namespace

// Whether the line's call can be made on its descriptor.
absl::Status Runner::CheckDescriptor(const CallLine& call) const {
  const bool of_listener = call.name == CallName::kAccept || call.name == CallName::kClose ||
                           call.name == CallName::kSetsockopt;
  const bool open = call.fd >= 0 && (call.fd == socket_ || (of_listener && call.fd == listener_));
  if (open) return absl::OkStatus();
  if (call.fd == listener_) return Misused("not supported: this call on a listener");
  return Misused("descriptor " + std::to_string(call.fd) + " is not open");
}

absl::Status Runner::Call(size_t i, const CallLine& call, const Instants& at) {
  const bool known = call.name != CallName::kSocket && call.name != CallName::kBind &&
                     call.name != CallName::kListen && call.name != CallName::kConnect;
  if (!known) return Misused("not supported: a second connection");
  if (absl::Status status = CheckDescriptor(call); !status.ok()) return status;
  if (at.returns_at.has_value() && call.name != CallName::kClose) {
    return Misused("not supported: a call that blocks, other than close()");
  }
  switch (call.name) {
    case CallName::kAccept:
      if (socket_ >= 0 || call.returns < 0) return Misused("not supported: this accept()");
      socket_ = static_cast<int>(call.returns);
      return absl::OkStatus();
    case CallName::kFcntl:
      if (call.returns_checked) nonblocking_ = call.nonblocking;
      return absl::OkStatus();
    case CallName::kSetsockopt:
      if (!call.option.has_value()) return absl::OkStatus();
      if (call.fd != socket_) return Misused("not supported: an option of the listener here");
      return stack_.SetOption(*call.option);
    case CallName::kGetError:
      return CheckError(i, call);
    case CallName::kPoll:
      return CheckPoll(i, call);
    case CallName::kClose:
      return Close(i, call, at);
    default:
      return Transfer(i, call);
  }
}

absl::Status Runner::Transfer(size_t i, const CallLine& call) {
  const absl::StatusOr<CallResult> result =
      stack_.Invoke(Event{.kind = KindOf(call.name), .amount = call.amount});
  if (!result.ok()) return result.status();
  const bool would_block = result->error == Errno::kAgain && !nonblocking_ && !call.nonblocking;
  Judge(i, SameResult(call, *result) && !would_block, ExpectedText(call),
        would_block ? "would block: O_NONBLOCK is not set" : ResultText(*result));
  return absl::OkStatus();
}

absl::Status Runner::Close(size_t i, const CallLine& call, const Instants& at) {
  if (call.fd == listener_) {
    listener_ = -1;
    return absl::OkStatus();
  }
  socket_ = -1;
  const absl::StatusOr<CallResult> result = stack_.Invoke(Event{.kind = EventKind::kClose});
  if (!result.ok()) return result.status();
  if (at.returns_at.has_value()) {
    sleeper_ = Sleeper{.line = i, .returns_at = *at.returns_at};
    return absl::OkStatus();
  }
  Judge(i, SameResult(call, *result), ExpectedText(call), ResultText(*result));
  return absl::OkStatus();
}

// At the end of the script: a close() that was to take time has taken that time.
absl::Status Runner::CheckSleeper() {
  if (!sleeper_.has_value()) return absl::OkStatus();
  const Duration tolerance = plan_.settings.tolerance;
  const Duration last = std::max(reached_, sleeper_->returns_at + tolerance);
  if (absl::Status status = AdvanceTo(last); !status.ok()) return Explain(sleeper_->line, status);
  const absl::StatusOr<UserView> view = stack_.ObserveUser();
  if (!view.ok()) return Explain(sleeper_->line, view.status());
  const std::string expected = absl::StrCat("returns ", AtText(sleeper_->returns_at));
  if (!view->closed_at.has_value()) {
    Judge(sleeper_->line, false, expected, absl::StrCat("still sleeps ", AtText(last)));
    return absl::OkStatus();
  }
  const Duration when = InScript(*view->closed_at);
  const Duration latest = sleeper_->returns_at + tolerance;
  const Duration late = when > latest ? late_max_ : Duration{};
  const bool in_time = when >= sleeper_->returns_at - tolerance && when <= latest + late;
  Judge(sleeper_->line, in_time, expected, absl::StrCat("returns ", AtText(when), LateText(late)));
  return absl::OkStatus();
}

// ERR and HUP are reported unasked.
absl::Status Runner::CheckPoll(size_t i, const CallLine& call) {
  const absl::StatusOr<UserView> view = stack_.ObserveUser();
  if (!view.ok()) return view.status();
  const auto bits = static_cast<uint16_t>(view->poll & (call.events | kPollErr | kPollHup));
  const bool held = bits == call.revents && (!call.returns_checked || call.returns == (bits != 0));
  Judge(i, held, absl::StrCat("returns ", call.returns, ": ", PollText(call.revents)),
        absl::StrCat("returns ", bits != 0 ? 1 : 0, ": ", PollText(bits)));
  return absl::OkStatus();
}

absl::Status Runner::CheckError(size_t i, const CallLine& call) {
  const absl::StatusOr<Errno> error = stack_.TakeError();
  if (!error.ok()) return error.status();
  const auto text = [](Errno e) { return "SO_ERROR " + std::string(ErrnoName(e)); };
  Judge(i, *error == call.pending, text(call.pending), text(*error));
  return absl::OkStatus();
}

}  // namespace finwait::pkt
