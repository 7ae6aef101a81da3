// SPDX-License-Identifier: Apache-2.0
//
// What a descriptor shows its user without a call that changes anything (Linux tcp_poll).
#ifndef FINWAIT_MODEL_TCP_POLL_H_
#define FINWAIT_MODEL_TCP_POLL_H_

#include <cstdint>

#include "model/tcp/effects.h"
#include "model/tcp/tcb.h"

namespace finwait {

// The bits of poll() that teardown moves, named as POLLIN and so on. POLLIN stands for POLLRDNORM
// too, POLLOUT for POLLWRNORM.
enum PollBit : uint8_t {
  kPollIn = 0x01,
  kPollOut = 0x02,
  kPollErr = 0x04,
  kPollHup = 0x08,
  kPollRdHup = 0x10,
};

// A union of PollBit. The send buffer is never full here, so POLLOUT is always set.
uint8_t Poll(const Tcb& tcb);

// What SO_ERROR would say, and would take.
Errno PendingError(const Tcb& tcb);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_POLL_H_
