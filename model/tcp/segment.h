// SPDX-License-Identifier: Apache-2.0
//
// One TCP segment as the model sees it (RFC 9293, 3.1).
#ifndef FINWAIT_MODEL_TCP_SEGMENT_H_
#define FINWAIT_MODEL_TCP_SEGMENT_H_

#include <cstdint>

#include "model/tcp/inline_list.h"
#include "model/tcp/seq.h"

namespace finwait {

// Control bits, with the values they have on the wire.
enum Flag : uint8_t {
  kFin = 0x01,
  kSyn = 0x02,
  kRst = 0x04,
  kPsh = 0x08,
  kAck = 0x10,
};

// A block of a SACK option (RFC 2018): `end` is one past its last number.
struct SackBlock {
  SeqNum begin, end;

  friend constexpr bool operator==(const SackBlock&, const SackBlock&) = default;
};

// Payload is a length, not bytes: byte n of a stream is a function of n.
struct Segment {
  SeqNum seq{};
  SeqNum ack{};       // Meaningful only with kAck; zero otherwise.
  uint16_t len = 0;   // Bytes of payload.
  uint16_t wnd = 0;   // As on the wire: not scaled.
  uint8_t flags = 0;  // A union of Flag.

  bool timestamps = false;  // Carries the option of RFC 7323, with these values.
  uint32_t tsval = 0, tsecr = 0;
  InlineList<SackBlock, 4> sack{};  // A DSACK block (RFC 2883) first.

  friend constexpr bool operator==(const Segment&, const Segment&) = default;

  constexpr bool Has(Flag flag) const { return (flags & flag) != 0; }

  // The sequence space it takes: payload, SYN and FIN (SEG.LEN of RFC 9293).
  constexpr uint32_t Length() const {
    return uint32_t{len} + (Has(kSyn) ? 1U : 0U) + (Has(kFin) ? 1U : 0U);
  }

  // One past its last number, and the same without the FIN.
  constexpr SeqNum End() const { return seq + Length(); }
  constexpr SeqNum TextEnd() const { return End() - (Has(kFin) ? 1U : 0U); }

  // The number of the FIN; meaningful only with kFin.
  constexpr SeqNum FinNumber() const { return End() - 1U; }
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_SEGMENT_H_
