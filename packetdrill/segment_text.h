// SPDX-License-Identifier: Apache-2.0
//
// Segments as packetdrill writes them, options and window included.
#ifndef FINWAIT_PACKETDRILL_SEGMENT_TEXT_H_
#define FINWAIT_PACKETDRILL_SEGMENT_TEXT_H_

#include <optional>
#include <string>

#include "model/tcp/segment.h"
#include "stacks/packet.h"

namespace finwait::pkt {

// "F. 1:1(0) ack 1 win 257 <nop,nop,TS val 5 ecr 7>"; without a window that is not named.
std::string TextOf(const Segment& segment, std::optional<uint16_t> window = {},
                   const SynOptions& syn = {});

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_SEGMENT_TEXT_H_
