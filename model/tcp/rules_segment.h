// SPDX-License-Identifier: Apache-2.0
//
// A segment arrives: no socket, and the first to fourth check.
// Internal to model/tcp; users call RuleOf.
#ifndef FINWAIT_MODEL_TCP_RULES_SEGMENT_H_
#define FINWAIT_MODEL_TCP_RULES_SEGMENT_H_

#include <array>

#include "model/tcp/rule.h"

namespace finwait {

inline constexpr std::array kSegmentRules = {
    Rule{.id = RuleId::kClosedSegmentReset,
         .name = "closed.segment_reset",
         .says = "Nothing holds the connection: the segment is answered by a RST.",
         .rfc = "RFC 9293 3.10.7.1",
         .function = "tcp_v4_send_reset",
         .drop_reason = "NO_SOCKET",
         .counter = "OutRsts"},
    Rule{.id = RuleId::kClosedRstIgnored,
         .name = "closed.rst_ignored",
         .says = "Nothing holds the connection: a RST is dropped without an answer.",
         .rfc = "RFC 9293 3.10.7.1",
         .function = "tcp_v4_rcv",
         .drop_reason = "NO_SOCKET"},
    Rule{.id = RuleId::kSegmentFlagsNone,
         .name = "segment.flags.none",
         .says = "A segment with neither ACK, RST nor SYN is dropped without an answer.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_rcv_established, tcp_rcv_state_process",
         .drop_reason = "TCP_FLAGS"},
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
    Rule{.id = RuleId::kSegmentRstResets,
         .name = "segment.rst.resets",
         .says = "A RST at RCV.NXT, or one below it once the peer's FIN is counted, closes the "
                 "connection.",
         .rfc = "RFC 5961 3.2; RFC 9293 3.10.7.4",
         .function = "tcp_reset",
         .counter = "EstabResets"},
    Rule{.id = RuleId::kSegmentRstChallenged,
         .name = "segment.rst.challenged",
         .says = "A RST in the window but not at RCV.NXT is dropped and answered by a challenge "
                 "ACK.",
         .rfc = "RFC 5961 3.2",
         .function = "tcp_validate_incoming",
         .drop_reason = "TCP_RESET",
         .counter = "TCPChallengeACK"},
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
         .counter = "TCPSYNChallenge"},
    Rule{.id = RuleId::kChallengeLimited,
         .name = "challenge.limited",
         .says = "A challenge ACK is not sent, because one answered another wrong segment less "
                 "than tcp_invalid_ratelimit ago.",
         .rfc = "RFC 5961 7",
         .function = "tcp_send_challenge_ack",
         .counter = "TCPACKSkippedChallenge"},
    Rule{.id = RuleId::kDuplicateAckLimited,
         .name = "duplicate_ack.limited",
         .says = "A segment without text outside the window is not answered, because another wrong "
                 "segment was less than tcp_invalid_ratelimit ago.",
         .function = "tcp_oow_rate_limited",
         .counter = "TCPACKSkippedSeq"},
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RULES_SEGMENT_H_
