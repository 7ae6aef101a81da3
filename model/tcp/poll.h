// SPDX-License-Identifier: Apache-2.0
//
// What a descriptor shows its user without a call that changes anything (Linux tcp_poll).
#ifndef FINWAIT_MODEL_TCP_POLL_H_
#define FINWAIT_MODEL_TCP_POLL_H_

#include <cstdint>

#include "model/tcp/effects.h"
#include "model/tcp/tcb.h"

namespace finwait {

// The bits of poll() that teardown moves, with the values they have in Linux. POLLIN stands for
// POLLRDNORM too, POLLOUT for POLLWRNORM.
enum PollBit : uint16_t {
  kPollIn = 0x0001,
  kPollOut = 0x0004,
  kPollErr = 0x0008,
  kPollHup = 0x0010,
  kPollRdHup = 0x2000,
};

// A union of PollBit. The send buffer is never full here, so POLLOUT is always set.
uint16_t PollBitsOf(const Tcb& tcb);

// What SO_ERROR would say, and would take.
Errno PendingError(const Tcb& tcb);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_POLL_H_
