// SPDX-License-Identifier: Apache-2.0
//
// IPv4 packets that carry TCP, as bytes: what goes through a TUN device.
#ifndef FINWAIT_STACKS_PACKET_H_
#define FINWAIT_STACKS_PACKET_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "absl/status/statusor.h"
#include "model/tcp/segment.h"
#include "model/tcp/seq.h"

namespace finwait {

// The longest payload that fits an IPv4 packet with the longest header EncodePacket writes.
inline constexpr uint16_t kTextMax = 65535 - 20 - 60;

// Options that only a SYN carries.
struct SynOptions {
  uint16_t mss = 0;  // 0: absent.
  bool sack_permitted = false;
  std::optional<uint8_t> wscale{};  // The window scale option.

  friend constexpr bool operator==(const SynOptions&, const SynOptions&) = default;
};

// Addresses and ports are in host byte order, all numbers as on the wire.
struct TcpPacket {
  uint32_t source = 0, destination = 0;
  uint16_t source_port = 0, destination_port = 0;
  SynOptions syn{};
  Segment segment{};

  friend constexpr bool operator==(const TcpPacket&, const TcpPacket&) = default;
};

// The byte at `number` of a stream: payload is a function of its number.
constexpr uint8_t TextByte(SeqNum number) { return static_cast<uint8_t>(number.raw % 251U); }

// Fills `text` with the stream that starts at `first`; whether `text` is that stream.
void FillText(SeqNum first, std::span<uint8_t> text);
bool IsText(SeqNum first, std::span<const uint8_t> text);

// How many bytes EncodePacket writes.
size_t EncodedLength(const TcpPacket& packet);

// Writes the packet with both checksums right and the payload TextByte(seq), TextByte(seq + 1) ...
// `out` has room for EncodedLength(packet), segment.len is at most kTextMax. Returns the length.
size_t EncodePacket(const TcpPacket& packet, std::span<uint8_t> out);

struct DecodedPacket {
  TcpPacket packet;
  std::span<const uint8_t> text;  // The payload, inside the bytes that were given.
};

// Whether the bytes are an IPv4 packet whose protocol is TCP; nothing else is checked.
bool CarriesTcp(std::span<const uint8_t> bytes);

// InvalidArgument when it is no TCP over IPv4, is cut short, is a fragment, or has a wrong
// checksum. Options and flags that TcpPacket does not know are passed over.
absl::StatusOr<DecodedPacket> DecodePacket(std::span<const uint8_t> bytes);

}  // namespace finwait

#endif  // FINWAIT_STACKS_PACKET_H_
