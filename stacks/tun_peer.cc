// SPDX-License-Identifier: Apache-2.0
#include "stacks/tun_peer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace finwait {
namespace {

// Packets of other connections read in one call: retransmissions of what was left behind.
constexpr int kForeignPacketsMax = 4096;

}  // namespace

void TunPeer::Meet(const FourTuple& addresses) {
  addresses_ = addresses;
  offset_ = 0;
  expected_.count = 0;
}

// A full list forgets: what the kernel then keeps ends by its own timers.
void TunPeer::NoteExpected(SeqNum number) {
  const bool known = std::find(expected_.begin(), expected_.end(), number) != expected_.end();
  if (!known && !expected_.Full()) expected_.PushBack(number);
}

absl::Status TunPeer::Send(const Segment& segment, const SynOptions& syn) {
  if (segment.len > kTextMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("a segment of ", segment.len, " bytes does not fit an IPv4 packet"));
  }
  TcpPacket packet{.source = addresses_.peer,
                   .destination = addresses_.local,
                   .source_port = addresses_.peer_port,
                   .destination_port = addresses_.local_port,
                   .syn = syn,
                   .segment = segment};
  if (segment.Has(kAck)) packet.segment.ack = segment.ack + offset_;
  for (SackBlock& block : packet.segment.sack) {
    block = {block.begin + offset_, block.end + offset_};
  }
  NoteExpected(segment.End());
  const size_t length = EncodePacket(packet, buffer_);
  return tun_.Write(std::span(buffer_).first(length));
}

// A reset that answers a segment without ACK has the literal number 0, in no one's sequence space.
Segment TunPeer::Translated(const Segment& from_kernel) const {
  const bool literal =
      from_kernel.Has(kRst) && from_kernel.Has(kAck) && from_kernel.seq == SeqNum{0};
  Segment segment = from_kernel;
  if (!literal) segment.seq = from_kernel.seq - offset_;
  return segment;
}

absl::StatusOr<std::optional<Segment>> TunPeer::Decode(std::span<const uint8_t> bytes) {
  if (!CarriesTcp(bytes)) return std::nullopt;
  const absl::StatusOr<DecodedPacket> decoded = DecodePacket(bytes);
  if (!decoded.ok()) {
    return absl::DataLossError(absl::StrCat("the kernel sent ", decoded.status().message()));
  }
  const TcpPacket& packet = decoded->packet;
  const FourTuple from{.local = packet.source,
                       .peer = packet.destination,
                       .local_port = packet.source_port,
                       .peer_port = packet.destination_port};
  if (from != addresses_) return std::nullopt;
  const Segment segment = Translated(packet.segment);
  if (!IsText(segment.seq, decoded->text)) {
    return absl::DataLossError(
        absl::StrCat("the kernel sent bytes at ", segment.seq.raw, " that its user never wrote"));
  }
  if (segment.Has(kAck)) NoteExpected(segment.ack);
  if (segment.Has(kSyn)) {
    kernel_syn_ = packet.syn;
    kernel_syn_window_ = segment.wnd;
  }
  return segment;
}

absl::StatusOr<std::optional<Segment>> TunPeer::Receive() {
  for (int i = 0; i < kForeignPacketsMax; ++i) {
    const absl::StatusOr<size_t> length = tun_.Read(buffer_);
    if (!length.ok()) return length.status();
    if (*length == 0) return std::nullopt;
    absl::StatusOr<std::optional<Segment>> segment = Decode(std::span(buffer_).first(*length));
    if (!segment.ok() || segment->has_value()) return segment;
  }
  return absl::ResourceExhaustedError("other connections never stop sending");
}

absl::Status TunPeer::Kill() {
  for (const SeqNum number : InlineList<SeqNum, 16>(expected_)) {
    const Segment reset{.seq = number, .flags = kRst};
    if (absl::Status status = Send(reset); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace finwait
