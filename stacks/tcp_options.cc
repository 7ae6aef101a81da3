// SPDX-License-Identifier: Apache-2.0
#include "stacks/tcp_options.h"

#include <algorithm>

#include "stacks/big_endian.h"

namespace finwait {
namespace {

// Kinds and lengths of TCP options (RFC 9293 3.2, RFC 7323, RFC 2018).
enum OptionKind : uint8_t {
  kEndOfOptions = 0,
  kNoOperation = 1,
  kMss = 2,
  kWindowScale = 3,
  kSackPermitted = 4,
  kSack = 5,
  kTimestamps = 8,
};
constexpr size_t kMssLength = 4, kWindowScaleLength = 3, kSackPermittedLength = 2;
constexpr size_t kTimestampsLength = 10, kSackBlockLength = 8;
size_t OptionsLength(const TcpPacket& packet) {
  const Segment& segment = packet.segment;
  size_t length = 0;
  if (packet.syn.mss != 0) length += kMssLength;
  if (packet.syn.sack_permitted) length += kSackPermittedLength;
  if (packet.syn.wscale.has_value()) length += kWindowScaleLength;
  if (segment.timestamps) length += kTimestampsLength;
  if (!segment.sack.Empty()) length += 2 + segment.sack.count * kSackBlockLength;
  return length;
}

void TakeOption(std::span<const uint8_t> option, TcpPacket& packet) {
  Segment& segment = packet.segment;
  const size_t length = option.size();
  switch (option[0]) {
    case kMss:
      if (length == kMssLength) packet.syn.mss = Get16(option, 2);
      break;
    case kSackPermitted:
      packet.syn.sack_permitted = length == kSackPermittedLength;
      break;
    case kWindowScale:
      if (length == kWindowScaleLength) packet.syn.wscale = option[2];
      break;
    case kTimestamps:
      if (length != kTimestampsLength) break;
      segment.timestamps = true;
      segment.tsval = Get32(option, 2);
      segment.tsecr = Get32(option, 6);
      break;
    case kSack:
      for (size_t at = 2; at + kSackBlockLength <= length && !segment.sack.Full();
           at += kSackBlockLength) {
        segment.sack.PushBack({SeqNum{Get32(option, at)}, SeqNum{Get32(option, at + 4)}});
      }
      break;
    default:
      break;
  }
}

}  // namespace

size_t EncodedOptionsLength(const TcpPacket& packet) { return (OptionsLength(packet) + 3) / 4 * 4; }

void PutOptions(const TcpPacket& packet, std::span<uint8_t> out) {
  const Segment& segment = packet.segment;
  size_t at = 0;
  const auto begin = [&](OptionKind kind, size_t length) {
    out[at] = kind;
    out[at + 1] = static_cast<uint8_t>(length);
    at += length;
    return at - length + 2;
  };
  if (packet.syn.mss != 0) Put16(out, begin(kMss, kMssLength), packet.syn.mss);
  if (packet.syn.sack_permitted) begin(kSackPermitted, kSackPermittedLength);
  if (packet.syn.wscale.has_value())
    out[begin(kWindowScale, kWindowScaleLength)] = *packet.syn.wscale;
  if (segment.timestamps) {
    const size_t value = begin(kTimestamps, kTimestampsLength);
    Put32(out, value, segment.tsval);
    Put32(out, value + 4, segment.tsecr);
  }
  if (!segment.sack.Empty()) {
    size_t value = begin(kSack, 2 + segment.sack.count * kSackBlockLength);
    for (const SackBlock& block : segment.sack) {
      Put32(out, value, block.begin.raw);
      Put32(out, value + 4, block.end.raw);
      value += kSackBlockLength;
    }
  }
  std::fill(out.begin() + static_cast<ptrdiff_t>(at), out.end(), uint8_t{kNoOperation});
}

void TakeOptions(std::span<const uint8_t> options, TcpPacket& packet) {
  size_t i = 0;
  while (i < options.size() && options[i] != kEndOfOptions) {
    if (options[i] == kNoOperation) {  // The only option without a length.
      ++i;
      continue;
    }
    if (i + 1 >= options.size() || options[i + 1] < 2) return;
    const size_t length = options[i + 1];
    if (i + length > options.size()) return;
    TakeOption(options.subspan(i, length), packet);
    i += length;
  }
}

}  // namespace finwait
