// SPDX-License-Identifier: Apache-2.0
//
// Bounds of the retransmission time-out (TCP_RTO_MIN, TCP_RTO_MAX). Internal to model/tcp.
#ifndef FINWAIT_MODEL_TCP_TIMEOUT_H_
#define FINWAIT_MODEL_TCP_TIMEOUT_H_

#include <chrono>

#include "model/tcp/time.h"

namespace finwait {

inline constexpr Duration kRtoMin = std::chrono::milliseconds(200);
inline constexpr Duration kRtoMax = std::chrono::seconds(120);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_TIMEOUT_H_
