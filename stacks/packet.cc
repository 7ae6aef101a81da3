// SPDX-License-Identifier: Apache-2.0
#include "stacks/packet.h"

#include <algorithm>
#include <cassert>

#include "absl/status/status.h"
#include "stacks/big_endian.h"
#include "stacks/tcp_options.h"

namespace finwait {
namespace {

constexpr size_t kIpHeader = 20;
constexpr size_t kTcpHeader = 20;

constexpr uint8_t kProtocolTcp = 6;
constexpr uint8_t kTtl = 64;
constexpr uint16_t kDontFragment = 0x4000;
constexpr uint16_t kFragmentBits = 0x3fff;  // More fragments, and the offset.
constexpr uint8_t kKnownFlags = kFin | kSyn | kRst | kPsh | kAck;

// The sum of RFC 1071 over 16-bit words, not yet folded; an odd last byte is padded with zero.
uint64_t Sum(std::span<const uint8_t> bytes) {
  uint64_t sum = 0;
  size_t i = 0;
  for (; i + 1 < bytes.size(); i += 2) sum += Get16(bytes, i);
  if (i < bytes.size()) sum += static_cast<uint64_t>(bytes[i]) << 8U;
  return sum;
}

uint16_t Fold(uint64_t sum) {
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16U);
  return static_cast<uint16_t>(~sum);
}

// The checksum over the pseudo header (RFC 9293, 3.1) and the TCP header with its payload. Zero
// when the checksum field is right.
uint16_t TcpChecksum(const TcpPacket& packet, std::span<const uint8_t> tcp) {
  uint64_t sum = Sum(tcp) + kProtocolTcp + tcp.size();
  for (const uint32_t address : {packet.source, packet.destination}) {
    sum += (address >> 16U) + (address & 0xffffU);
  }
  return Fold(sum);
}

size_t TcpHeaderLength(const TcpPacket& packet) {
  return kTcpHeader + EncodedOptionsLength(packet);
}

void PutIpHeader(const TcpPacket& packet, std::span<uint8_t> ip, size_t total) {
  std::fill(ip.begin(), ip.end(), uint8_t{0});
  ip[0] = 0x45;  // Version 4, five words of header.
  Put16(ip, 2, static_cast<uint32_t>(total));
  Put16(ip, 6, kDontFragment);
  ip[8] = kTtl;
  ip[9] = kProtocolTcp;
  Put32(ip, 12, packet.source);
  Put32(ip, 16, packet.destination);
  Put16(ip, 10, Fold(Sum(ip)));
}

absl::Status Malformed(const char* what) { return absl::InvalidArgumentError(what); }

Segment SegmentOf(std::span<const uint8_t> tcp, size_t text_length) {
  Segment segment;
  segment.seq = SeqNum{Get32(tcp, 4)};
  segment.flags = tcp[13] & kKnownFlags;
  if (segment.Has(kAck)) segment.ack = SeqNum{Get32(tcp, 8)};
  segment.wnd = Get16(tcp, 14);
  segment.len = static_cast<uint16_t>(text_length);
  return segment;
}

}  // namespace

void FillText(SeqNum first, std::span<uint8_t> text) {
  for (uint8_t& byte : text) {
    byte = TextByte(first);
    first = first + 1U;
  }
}

bool IsText(SeqNum first, std::span<const uint8_t> text) {
  for (const uint8_t byte : text) {
    if (byte != TextByte(first)) return false;
    first = first + 1U;
  }
  return true;
}

size_t EncodedLength(const TcpPacket& packet) {
  return kIpHeader + TcpHeaderLength(packet) + packet.segment.len;
}

size_t EncodePacket(const TcpPacket& packet, std::span<uint8_t> out) {
  const Segment& segment = packet.segment;
  const size_t total = EncodedLength(packet);
  assert(segment.len <= kTextMax && total <= out.size());
  PutIpHeader(packet, out.first(kIpHeader), total);
  const std::span<uint8_t> tcp = out.subspan(kIpHeader, total - kIpHeader);
  const size_t header = TcpHeaderLength(packet);
  Put16(tcp, 0, packet.source_port);
  Put16(tcp, 2, packet.destination_port);
  Put32(tcp, 4, segment.seq.raw);
  Put32(tcp, 8, segment.ack.raw);
  tcp[12] = static_cast<uint8_t>(header / 4 << 4U);
  tcp[13] = segment.flags;
  Put16(tcp, 14, segment.wnd);
  Put32(tcp, 16, 0);  // Checksum, filled in below, and urgent pointer.
  PutOptions(packet, tcp.subspan(kTcpHeader, header - kTcpHeader));
  FillText(segment.seq, tcp.subspan(header));
  Put16(tcp, 16, TcpChecksum(packet, tcp));
  return total;
}

bool CarriesTcp(std::span<const uint8_t> bytes) {
  return bytes.size() >= kIpHeader && bytes[0] >> 4U == 4 && bytes[9] == kProtocolTcp;
}

absl::StatusOr<DecodedPacket> DecodePacket(std::span<const uint8_t> bytes) {
  if (!CarriesTcp(bytes)) return Malformed("not TCP over IPv4");
  const size_t ip_header = (bytes[0] & 0x0fU) * size_t{4};
  const size_t total = Get16(bytes, 2);
  if (ip_header < kIpHeader || total < ip_header + kTcpHeader || total > bytes.size()) {
    return Malformed("an IPv4 packet cut short");
  }
  if ((Get16(bytes, 6) & kFragmentBits) != 0) return Malformed("a fragment");
  if (Fold(Sum(bytes.first(ip_header))) != 0) return Malformed("a wrong IPv4 header checksum");
  const std::span<const uint8_t> tcp = bytes.subspan(ip_header, total - ip_header);
  const size_t header = (tcp[12] >> 4U) * size_t{4};
  if (header < kTcpHeader || header > tcp.size()) return Malformed("a wrong TCP data offset");
  TcpPacket packet;
  packet.source = Get32(bytes, 12);
  packet.destination = Get32(bytes, 16);
  packet.source_port = Get16(tcp, 0);
  packet.destination_port = Get16(tcp, 2);
  if (TcpChecksum(packet, tcp) != 0) return Malformed("a wrong TCP checksum");
  packet.segment = SegmentOf(tcp, tcp.size() - header);
  TakeOptions(tcp.subspan(kTcpHeader, header - kTcpHeader), packet);
  return DecodedPacket{.packet = packet, .text = tcp.subspan(header)};
}

}  // namespace finwait
