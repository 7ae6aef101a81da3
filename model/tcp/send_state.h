// SPDX-License-Identifier: Apache-2.0
//
// What the sending side of a connection keeps besides its sequence numbers: the retransmission
// queue, the estimator, the one timer.
#ifndef FINWAIT_MODEL_TCP_SEND_STATE_H_
#define FINWAIT_MODEL_TCP_SEND_STATE_H_

#include <chrono>
#include <cstdint>

#include "model/tcp/seq.h"
#include "model/tcp/time.h"

namespace finwait {

// A segment on the retransmission queue: sent, not yet acknowledged whole.
struct SentSegment {
  SeqNum seq;
  uint16_t len;
  bool fin;
  bool retransmitted;  // Gives no round-trip sample (Karn).
  Time first_sent, last_sent;
  bool lost = false;  // Counted as such and not sent again since.

  constexpr SeqNum End() const { return seq + len + (fin ? 1U : 0U); }
};

// Round-trip estimator and retransmission time-out, microseconds, scaled as in Linux.
struct RtoState {
  uint32_t srtt8 = 0, mdev4 = 0, mdev_max4 = 0, rttvar4 = 0;
  SeqNum rtt_seq;
  Duration rto = std::chrono::seconds(1);  // In force: rounded up to jiffies, backoff included.
  uint8_t retransmits = 0;                 // Expiries since the last advance,
  uint8_t backoff = 0;                     // since the last sample: window probes go on from there.
  Time retrans_stamp = kNever;             // First retransmission of this episode.
};

// What the one timer of the sending side is set for (icsk_pending).
enum class Pending : uint8_t { kNothing, kRetransmit, kLossProbe, kWindowProbe };

// What is being made good (icsk_ca_state): a loss told by duplicated acknowledgements, or by a
// time-out.
enum class LossRecovery : uint8_t { kOpen, kFastRetransmit, kTimeout };

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_SEND_STATE_H_
