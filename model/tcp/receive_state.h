// SPDX-License-Identifier: Apache-2.0
//
// What the receiving side of a connection keeps besides its sequence numbers: text past a hole,
// what SACK options report, the delayed-ACK machine.
#ifndef FINWAIT_MODEL_TCP_RECEIVE_STATE_H_
#define FINWAIT_MODEL_TCP_RECEIVE_STATE_H_

#include <cstdint>

#include "model/tcp/inline_list.h"
#include "model/tcp/segment.h"
#include "model/tcp/seq.h"
#include "model/tcp/time.h"

namespace finwait {

// Text past a hole, and perhaps FINs. The reader finds a FIN after all text, whatever its number.
struct OutOfOrder {
  SeqNum seq;
  SeqNum end;    // One past the last number, the FIN's included.
  uint8_t fins;  // More than one when something was forged after the first.
  constexpr SeqNum FinNumber() const { return end - uint32_t{fins}; }
};

// What SACK options report (RFC 2018, RFC 2883).
struct SackState {
  InlineList<SackBlock, 4> blocks;  // Newest first.
  InlineList<SackBlock, 1> dsack;   // Text that came twice, reported once.
};

// The delayed-ACK machine (icsk_ack).
struct AckState {
  bool scheduled = false;  // An acknowledgement is owed.
  bool now = false;        // ... and at once.
  bool pushed = false, pushed2 = false;
  uint8_t pingpong = 0;  // Answers with text; enough of them, and they are to carry the ACKs.
  uint8_t quick = 0;     // Quick ACKs left.
  uint16_t rcv_mss = 536, last_len = 0;  // last_len: of a long segment, if the last was one.
  int64_t timeout = 0;  // Jiffy of the delayed acknowledgement's deadline, while one is pending.
  Duration ato{0};      // 0: no text received yet.
  Time lrcvtime{};      // When text last arrived,
  Time lsndtime{};      // and when it was last sent.
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RECEIVE_STATE_H_
