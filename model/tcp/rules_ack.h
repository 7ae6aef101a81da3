// SPDX-License-Identifier: Apache-2.0
//
// A segment arrives, fifth check: the ACK field.
// Internal to model/tcp; users call RuleOf.
#ifndef FINWAIT_MODEL_TCP_RULES_ACK_H_
#define FINWAIT_MODEL_TCP_RULES_ACK_H_

#include <array>

#include "model/tcp/rule.h"

namespace finwait {

inline constexpr std::array kAckRules = {
    Rule{.id = RuleId::kSegmentAckTooOld,
         .name = "segment.ack.too_old",
         .says = "The acknowledgement number lies below SND.UNA by more than the peer's largest "
                 "window or, on newer kernels, by more than was ever acknowledged: the segment is "
                 "dropped and answered by a challenge ACK.",
         .rfc = "RFC 5961 5.2",
         .function = "tcp_ack",
         .drop_reason = "TCP_TOO_OLD_ACK",
         .counter = Counter::kTcpChallengeAck,
         .commit = "3d501dd326fb (\"tcp: do not accept ACK of bytes we never sent\")"},
    Rule{.id = RuleId::kSegmentAckUnsent,
         .name = "segment.ack.unsent",
         .says = "The acknowledgement number lies above SND.NXT: the segment is dropped, and "
                 "answered by a challenge ACK except in ESTABLISHED on kernels that are silent "
                 "there.",
         .rfc = "RFC 9293 3.10.7.4; RFC 5961 5.2",
         .function = "tcp_ack, tcp_rcv_state_process",
         .drop_reason = "TCP_ACK_UNSENT_DATA",
         .counter = Counter::kTcpChallengeAck,
         .commit = "42726ec644cb (\"tcp: send a challenge ACK on SEG.ACK > SND.NXT\")"},
    Rule{.id = RuleId::kSegmentAckOld,
         .name = "segment.ack.old",
         .says = "An old acknowledgement number while closing: the whole segment is dropped, its "
                 "text and its FIN with it, and answered by a challenge ACK.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_rcv_state_process",
         .drop_reason = "TCP_OLD_ACK",
         .counter = Counter::kTcpChallengeAck,
         .commit = "795a7dfbc3d9 (\"net: tcp: accept old ack during closing\")"},
    Rule{.id = RuleId::kSegmentAckOldAccepted,
         .name = "segment.ack.old_accepted",
         .says = "An old acknowledgement number while closing acknowledges nothing; the rest of "
                 "the segment is taken.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_rcv_state_process",
         .commit = "795a7dfbc3d9 (\"net: tcp: accept old ack during closing\")"},
    Rule{.id = RuleId::kSegmentAckOldIgnored,
         .name = "segment.ack.old_ignored",
         .says = "An old acknowledgement number in ESTABLISHED acknowledges nothing; the rest of "
                 "the segment is taken.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_ack"},
    Rule{.id = RuleId::kSegmentAckDuplicate,
         .name = "segment.ack.duplicate",
         .says = "The acknowledgement number is SND.UNA: at most the send window changes.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_ack"},
    Rule{.id = RuleId::kSegmentAckFastRetransmit,
         .name = "segment.ack.fast_retransmit",
         .says =
             "Enough duplicated acknowledgements of SND.UNA, without SACK: the first segment is "
             "sent again at once.",
         .rfc = "RFC 5681 3.2",
         .function = "tcp_fastretrans_alert",
         .counter = Counter::kTcpFastRetrans},
    Rule{.id = RuleId::kSegmentAckAdvances,
         .name = "segment.ack.advances",
         .says = "SND.UNA moves up to the acknowledgement number.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_ack"},
    Rule{.id = RuleId::kFinWait1FinAcknowledged,
         .name = "fin_wait_1.fin_acknowledged",
         .says = "Our FIN is acknowledged: FIN-WAIT-1 becomes FIN-WAIT-2.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_rcv_state_process"},
    Rule{.id = RuleId::kFinWait1OrphanBecomesTimewait,
         .name = "fin_wait_1.orphan_becomes_timewait",
         .says = "Our FIN is acknowledged after close(): a timewait bucket in FIN-WAIT-2 takes the "
                 "socket's place.",
         .rfc = "RFC 1122 4.2.2.13",
         .function = "tcp_time_wait"},
    Rule{.id = RuleId::kFinWait1OrphanTextResets,
         .name = "fin_wait_1.orphan_text_resets",
         .says = "Our FIN is acknowledged after close(), by a segment with new text that nobody "
                 "can read: the connection ends with a RST.",
         .rfc = "RFC 1122 4.2.2.13; RFC 9293 3.6.1",
         .function = "tcp_rcv_state_process",
         .drop_reason = "TCP_ABORT_ON_DATA",
         .counter = Counter::kTcpAbortOnData,
         .avoid = "shutdown(SHUT_WR) first, read to the end of file, then close()"},
    Rule{.id = RuleId::kFinWait1Linger2Resets,
         .name = "fin_wait_1.linger2_resets",
         .says = "Our FIN is acknowledged after close() on a socket whose TCP_LINGER2 is negative: "
                 "it wants no FIN-WAIT-2, and the connection ends with a RST.",
         .function = "tcp_rcv_state_process",
         .counter = Counter::kTcpAbortOnData,
         .avoid = "do not set TCP_LINGER2 below zero"},
    Rule{.id = RuleId::kClosingFinAcknowledged,
         .name = "closing.fin_acknowledged",
         .says = "Our FIN is acknowledged: CLOSING becomes TIME-WAIT, and the rest of the segment "
                 "is not looked at.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_rcv_state_process"},
    Rule{.id = RuleId::kLastAckFinAcknowledged,
         .name = "last_ack.fin_acknowledged",
         .says = "Our FIN is acknowledged: LAST-ACK becomes CLOSED, and the rest of the segment is "
                 "not looked at.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_rcv_state_process"},
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RULES_ACK_H_
