// SPDX-License-Identifier: Apache-2.0
#include "model/tcp/poll.h"

namespace finwait {

uint16_t PollBitsOf(const Tcb& tcb) {
  unsigned bits = kPollOut;
  if (tcb.Shut(kRcvShutdown)) bits |= kPollIn | kPollRdHup;
  if (tcb.Unread() > 0) bits |= kPollIn;
  const bool both = tcb.Shut(kRcvShutdown) && tcb.Shut(kSendShutdown);
  if (both || tcb.state == State::kClosed) bits |= kPollHup;
  if (tcb.error != SocketError::kNone) bits |= kPollErr;
  return static_cast<uint16_t>(bits);
}

Errno PendingError(const Tcb& tcb) {
  switch (tcb.error) {
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

}  // namespace finwait
