// SPDX-License-Identifier: Apache-2.0
//
// A segment arrives, seventh and eighth check: the text and the FIN bit.
// Internal to model/tcp; users call RuleOf.
#ifndef FINWAIT_MODEL_TCP_RULES_TEXT_H_
#define FINWAIT_MODEL_TCP_RULES_TEXT_H_

#include <array>

#include "model/tcp/rule.h"

namespace finwait {

inline constexpr std::array kTextRules = {
    Rule{.id = RuleId::kSegmentTextAfterShutdown,
         .name = "segment.text.after_shutdown",
         .says = "New text arrives that can never be read, because the receiving side is shut: the "
                 "connection ends with a RST.",
         .rfc = "RFC 1122 4.2.2.13; RFC 9293 3.6.1",
         .function = "tcp_rcv_state_process",
         .drop_reason = "TCP_ABORT_ON_DATA",
         .counter = Counter::kTcpAbortOnData,
         .avoid = "shutdown(SHUT_WR) instead, and read to the end of file before closing"},
    Rule{.id = RuleId::kSegmentTextPastFin,
         .name = "segment.text.past_fin",
         .says = "Text or a FIN at or past RCV.NXT after the peer's FIN was taken is dropped "
                 "without an answer.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_rcv_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kSegmentTextTaken,
         .name = "segment.text.taken",
         .says = "Text at RCV.NXT, or across it, is queued for the reader.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_data_queue"},
    Rule{.id = RuleId::kSegmentTextOld,
         .name = "segment.text.old",
         .says = "Text, or a FIN, that was taken before is dropped and acknowledged again at once.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_data_queue",
         .drop_reason = "TCP_OLD_DATA",
         .counter = Counter::kDelayedAckLost},
    Rule{.id = RuleId::kSegmentTextOutOfOrder,
         .name = "segment.text.out_of_order",
         .says = "Text, or a FIN, past a hole is kept, and acknowledged at once with RCV.NXT "
                 "unmoved.",
         .rfc = "RFC 9293 3.10.7.4; RFC 5681 4.2",
         .function = "tcp_data_queue_ofo",
         .counter = Counter::kTcpOfoQueue},
    Rule{.id = RuleId::kSegmentTextBeyondWindow,
         .name = "segment.text.beyond_window",
         .says = "Text, or a FIN, that starts on the right edge of the window is dropped and "
                 "answered by an acknowledgement at once.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_data_queue",
         .drop_reason = "TCP_OVERWINDOW"},
    Rule{.id = RuleId::kSegmentTextZeroWindow,
         .name = "segment.text.zero_window",
         .says = "Text arrives while our window is closed: it is dropped and answered by an "
                 "acknowledgement.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_data_queue",
         .drop_reason = "TCP_ZEROWINDOW",
         .counter = Counter::kTcpZeroWindowDrop},
    Rule{.id = RuleId::kSegmentFinAtZeroWindow,
         .name = "segment.fin.at_zero_window",
         .says = "A FIN without text is taken although our window is closed.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_data_queue",
         .commit = "2bd99aef1b19 (\"tcp: accept bare FIN packets under memory pressure\")"},
    Rule{.id = RuleId::kSegmentQueueDrained,
         .name = "segment.queue.drained",
         .says = "The hole is filled: what was kept past it follows, and is acknowledged at once "
                 "when nothing is left.",
         .rfc = "RFC 9293 3.10.7.4; RFC 5681 4.2",
         .function = "tcp_ofo_queue"},
    Rule{.id = RuleId::kSegmentFinAdvances,
         .name = "segment.fin.advances",
         .says = "The peer's FIN is reached in sequence: the state changes and RCV.NXT passes it.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_fin"},
    Rule{.id = RuleId::kSegmentFinOldAckTaken,
         .name = "segment.fin.old_ack_taken",
         .says = "A FIN with an old acknowledgement number is taken in FIN-WAIT-1 or FIN-WAIT-2.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_rcv_state_process, tcp_fin",
         .commit = "795a7dfbc3d9 (\"net: tcp: accept old ack during closing\")"},
    Rule{.id = RuleId::kTimewaitTableFull,
         .name = "timewait.table_full",
         .says = "tcp_max_tw_buckets is reached: the socket goes to CLOSED and leaves no bucket.",
         .function = "tcp_time_wait",
         .counter = Counter::kTcpTimeWaitOverflow},
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RULES_TEXT_H_
