// SPDX-License-Identifier: Apache-2.0
//
// What differs between kernels: an enum for each behaviour, named by the behaviour, never by the
// version.
#ifndef FINWAIT_MODEL_TCP_BEHAVIOUR_H_
#define FINWAIT_MODEL_TCP_BEHAVIOUR_H_

#include <cstdint>

namespace finwait {

// An acknowledgement number below SND.UNA, but not too old, while closing (tcp_rcv_state_process).
// Linux commit 795a7dfbc3d9 ("net: tcp: accept old ack during closing").
enum class OldAckWhileClosing : uint8_t { kDiscardsSegment, kAccepted };

// How far below SND.UNA an acknowledgement number may lie before it is too old (tcp_ack).
// Linux commit 3d501dd326fb ("tcp: do not accept ACK of bytes we never sent").
enum class TooOldLimit : uint8_t { kMaxWindow, kMaxWindowAndBytesAcked };

// An acknowledgement of data never sent, in ESTABLISHED (tcp_ack).
// Linux commit 42726ec644cb ("tcp: send a challenge ACK on SEG.ACK > SND.NXT").
enum class UnsentAckWhenEstablished : uint8_t { kSilent, kChallenged };

// A pure acknowledgement that fails PAWS and lies before RCV.NXT (tcp_validate_incoming).
// Linux commit ea98b61bddf4, 124c4c32e9f3, d16b34479064 (v6.14).
enum class PawsOldAck : uint8_t { kAnswered, kSilent };

// How old the timestamp of a duplicated acknowledgement may be before it fails PAWS
// (tcp_disordered_ack): the retransmission time-out, from v6.12 a fifth more.
enum class PawsReplay : uint8_t { kRto, kRtoAndAFifth };

// A SYN that fails PAWS (tcp_validate_incoming): answered as any other segment, or challenged.
enum class PawsSyn : uint8_t { kAnswered, kChallenged };

// The end of a segment that starts inside the window (tcp_sequence).
// Linux commits 9ca48d616ed7 (v6.17) and, for a FIN that alone sticks out, 1e3bb184e941 (v7.0).
enum class SegmentEnd : uint8_t { kNotChecked, kInWindow, kInWindowButFin };

// The right edge of the window that a segment is held against (tcp_sequence).
// Linux commit 0e24d17bd966 (v7.1).
enum class RightEdge : uint8_t { kLastOffered, kLargestOffered };

// A FIN without text at RCV.NXT while our window is closed (tcp_data_queue).
// Linux commit 2bd99aef1b19 (v6.10).
enum class FinAtZeroWindow : uint8_t { kDropped, kAccepted };

// A pure announcement that the peer's window has closed (tcp_may_update_window), from v6.6.
enum class ZeroWindowUpdate : uint8_t { kIgnored, kHonoured };

// TS.Recent on an old acknowledgement that is let pass (tcp_ack).
// Linux commit 1b92780ae4fc ("tcp: refresh TS.Recent for accepted old ACKs").
enum class OldAckTsRecent : uint8_t { kKept, kRefreshed };

// The DSACK block reported when the out-of-order queue is drained over text that came twice
// (tcp_ofo_queue).
enum class DrainedDsack : uint8_t { kUpToRcvNxt, kUpToSegmentEnd };

// What takes one from the budget of quick acknowledgements (tcp_dec_quickack_mode).
// Linux commit 059217c18be6 (v6.6).
enum class QuickAckSpentBy : uint8_t { kEveryAck, kOwedAck };

// Whether text out of order has a part in estimating the peer's segment size
// (tcp_measure_rcv_mss), from v6.16.
enum class OutOfOrderMss : uint8_t { kIgnored, kMeasured };

// How the time of a loss probe is rounded to jiffies (tcp_schedule_loss_probe).
enum class LossProbeRounding : uint8_t { kEachPart, kSum };

// Which acknowledgement numbers header prediction lets through (tcp_rcv_established).
// Linux commit f81e6c3fb063 ("tcp: exclude old ACKs from tcp fast path").
enum class PredictedAck : uint8_t { kAny, kNotOld };

// What close() counts as unread (__tcp_close): all text of a segment whose FIN the reader has not
// come to, although that text may be old and read, or only text not read.
// Linux commit 5f9238530970 ("tcp: fix __tcp_close() to only send RST when required").
enum class CloseUnread : uint8_t { kOldTextBeforeFin, kNotRead };

// What a send() that fails does to a FIN that waits alone for window (tcp_remove_empty_skb).
// Linux commit cf12e6f91246 ("tcp: don't free a FIN sk_buff in tcp_remove_empty_skb()").
enum class FailingSend : uint8_t { kRemovesFin, kKeepsFin };

// Whether a FIN waits for the congestion window (tcp_cwnd_test).
// Linux commit 22555032c513 ("tcp: remove dubious FIN exception from tcp_cwnd_test()").
enum class FinAndCwnd : uint8_t { kExempt, kWaits };

// The first number of a connection that a SYN opens out of TIME-WAIT.
// Linux commits b9e810405880, 41eecbd712b7 (v6.10).
enum class TimeWaitIss : uint8_t { kFromClock, kPastOldNumbers };

// The counter of segments that fail PAWS in TIME-WAIT (tcp_timewait_state_process).
// Linux commit c449d5f3a3d7 (v6.15).
enum class TimeWaitPaws : uint8_t { kPawsEstab, kPawsTimewait };

// When a timewait bucket is counted (inet_twsk_schedule, tw_timer_handler).
enum class BucketCounted : uint8_t { kWhenItExpires, kWhenItIsMade };

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_BEHAVIOUR_H_
