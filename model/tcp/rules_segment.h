// SPDX-License-Identifier: Apache-2.0
//
// A segment arrives: header prediction, and the first to fourth check.
// Internal to model/tcp; users call RuleOf.
#ifndef FINWAIT_MODEL_TCP_RULES_SEGMENT_H_
#define FINWAIT_MODEL_TCP_RULES_SEGMENT_H_

#include <array>

#include "model/tcp/rule.h"

namespace finwait {

inline constexpr std::array kSegmentRules = {
    Rule{
        .id = RuleId::kSegmentPredicted,
        .name = "segment.predicted",
        .says = "Text just as expected is taken before anything else about the segment is checked.",
        .function = "tcp_rcv_established",
        .counter = Counter::kTcpHpHits,
        .commit = "f81e6c3fb063 (\"tcp: exclude old ACKs from tcp fast path\")"},
    Rule{.id = RuleId::kSegmentFlagsNone,
         .name = "segment.flags.none",
         .says = "A segment with neither ACK, RST nor SYN is dropped without an answer.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_rcv_established, tcp_rcv_state_process",
         .drop_reason = "TCP_FLAGS"},
    Rule{.id = RuleId::kSegmentPaws,
         .name = "segment.paws",
         .says = "The timestamp is older than TS.Recent: the segment is dropped and answered by an "
                 "acknowledgement.",
         .rfc = "RFC 7323 5.3",
         .function = "tcp_validate_incoming, tcp_send_dupack",
         .drop_reason = "TCP_RFC7323_PAWS",
         .counter = Counter::kPawsEstab},
    Rule{.id = RuleId::kSegmentPawsOldAck,
         .name = "segment.paws.old_ack",
         .says = "A pure acknowledgement before RCV.NXT with an old timestamp was only late: it is "
                 "dropped without an answer.",
         .rfc = "RFC 7323 5.3",
         .function = "tcp_disordered_ack_check",
         .drop_reason = "TCP_RFC7323_PAWS_ACK",
         .counter = Counter::kPawsOldAck,
         .commit = "ea98b61bddf4 (\"tcp: add TCP_RFC7323_PAWS_ACK drop reason\")"},
    Rule{.id = RuleId::kSegmentPawsDisorderedAck,
         .name = "segment.paws.disordered_ack",
         .says = "A duplicated pure acknowledgement with a timestamp only a little old is let "
                 "pass.",
         .rfc = "RFC 7323 5.3",
         .function = "tcp_disordered_ack"},
    Rule{.id = RuleId::kSegmentSequenceBeforeWindow,
         .name = "segment.sequence.before_window",
         .says = "The segment ends before RCV.WUP: it is dropped and answered by an "
                 "acknowledgement.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_sequence, tcp_send_dupack",
         .drop_reason = "TCP_OLD_SEQUENCE"},
    Rule{.id = RuleId::kSegmentSequenceBeyondWindow,
         .name = "segment.sequence.beyond_window",
         .says = "The segment starts past the right edge of the window: it is dropped and answered "
                 "by an acknowledgement.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_sequence, tcp_send_dupack",
         .drop_reason = "TCP_INVALID_SEQUENCE"},
    Rule{.id = RuleId::kSegmentSequenceEndsBeyondWindow,
         .name = "segment.sequence.ends_beyond_window",
         .says = "The segment starts in the window and ends past its right edge while something "
                 "received, be it a FIN, waits to be read: it is dropped and answered by an "
                 "acknowledgement.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_sequence, tcp_send_dupack",
         .drop_reason = "TCP_INVALID_END_SEQUENCE",
         .counter = Counter::kBeyondWindow,
         .commit = "9ca48d616ed7 (\"tcp: do not accept packets beyond window\")"},
    Rule{.id = RuleId::kSegmentRstResets,
         .name = "segment.rst.resets",
         .says = "A RST at RCV.NXT, or one below it once the peer's FIN is counted, closes the "
                 "connection.",
         .rfc = "RFC 5961 3.2; RFC 9293 3.10.7.4",
         .function = "tcp_reset",
         .counter = Counter::kEstabResets},
    Rule{.id = RuleId::kSegmentRstAtSackEdge,
         .name = "segment.rst.at_sack_edge",
         .says = "A RST at the right edge of the highest block we reported by SACK closes the "
                 "connection.",
         .rfc = "RFC 5961 3.2",
         .function = "tcp_validate_incoming"},
    Rule{.id = RuleId::kSegmentRstChallenged,
         .name = "segment.rst.challenged",
         .says = "A RST in the window but not at RCV.NXT is dropped and answered by a challenge "
                 "ACK.",
         .rfc = "RFC 5961 3.2",
         .function = "tcp_validate_incoming",
         .drop_reason = "TCP_RESET",
         .counter = Counter::kTcpChallengeAck},
    Rule{.id = RuleId::kSegmentRstIgnored,
         .name = "segment.rst.ignored",
         .says = "A RST outside the window is dropped without an answer.",
         .rfc = "RFC 5961 3.2",
         .function = "tcp_validate_incoming",
         .drop_reason = "TCP_OLD_SEQUENCE or TCP_INVALID_SEQUENCE"},
    Rule{.id = RuleId::kSegmentSynChallenged,
         .name = "segment.syn.challenged",
         .says = "A SYN, in the window or not, is dropped and answered by a challenge ACK.",
         .rfc = "RFC 5961 4.2",
         .function = "tcp_validate_incoming",
         .drop_reason = "TCP_INVALID_SYN",
         .counter = Counter::kTcpSynChallenge},
    Rule{.id = RuleId::kChallengeLimited,
         .name = "challenge.limited",
         .says = "A challenge ACK is not sent, because one answered another wrong segment less "
                 "than tcp_invalid_ratelimit ago.",
         .rfc = "RFC 5961 7",
         .function = "tcp_send_challenge_ack",
         .counter = Counter::kTcpAckSkippedChallenge},
    Rule{.id = RuleId::kDuplicateAckLimited,
         .name = "duplicate_ack.limited",
         .says = "A segment without text outside the window is not answered, because another wrong "
                 "segment was less than tcp_invalid_ratelimit ago.",
         .function = "tcp_oow_rate_limited",
         .counter = Counter::kTcpAckSkippedSeq},
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RULES_SEGMENT_H_
