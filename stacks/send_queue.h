// SPDX-License-Identifier: Apache-2.0
//
// The queueing discipline of a network device.
#ifndef FINWAIT_STACKS_SEND_QUEUE_H_
#define FINWAIT_STACKS_SEND_QUEUE_H_

#include "absl/status/status.h"

namespace finwait {

// Takes the queue before the device away ("tc qdisc replace dev DEVICE root noqueue"): what the
// kernel sends is at the device when the sending function returns. Through a queue it may be left
// to another processor that happens to be sending just then. In the network namespace of the
// calling thread. Unavailable where the kernel has no traffic control (CONFIG_NET_SCHED).
absl::Status RemoveSendQueue(const char* device);

}  // namespace finwait

#endif  // FINWAIT_STACKS_SEND_QUEUE_H_
