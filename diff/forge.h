// SPDX-License-Identifier: Apache-2.0
//
// Segments that no honest peer needs to send, with numbers at the edges of what an endpoint
// expects.
#ifndef FINWAIT_DIFF_FORGE_H_
#define FINWAIT_DIFF_FORGE_H_

#include "fuzz/random.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/segment.h"
#include "stacks/connection.h"

namespace finwait {

// `often_long`: text is often longer than half of what a segment may carry.
Segment Forge(Random& random, const Connection& connection, const Endpoint& target,
              bool often_long);

}  // namespace finwait

#endif  // FINWAIT_DIFF_FORGE_H_
