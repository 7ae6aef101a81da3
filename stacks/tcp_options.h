// SPDX-License-Identifier: Apache-2.0
//
// The options of a TCP header as bytes (RFC 9293 3.2, RFC 7323, RFC 2018). Internal to packet.cc.
#ifndef FINWAIT_STACKS_TCP_OPTIONS_H_
#define FINWAIT_STACKS_TCP_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "stacks/packet.h"

namespace finwait {

// How many bytes PutOptions writes: with padding to whole words.
size_t EncodedOptionsLength(const TcpPacket& packet);

// Writes the options, then no-operations up to the end of `out`.
void PutOptions(const TcpPacket& packet, std::span<uint8_t> out);

// Reads them; stops at the first option that makes no sense.
void TakeOptions(std::span<const uint8_t> options, TcpPacket& packet);

}  // namespace finwait

#endif  // FINWAIT_STACKS_TCP_OPTIONS_H_
