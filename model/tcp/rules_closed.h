// SPDX-License-Identifier: Apache-2.0
//
// A segment arrives where no socket is.
// Internal to model/tcp; users call RuleOf.
#ifndef FINWAIT_MODEL_TCP_RULES_CLOSED_H_
#define FINWAIT_MODEL_TCP_RULES_CLOSED_H_

#include <array>

#include "model/tcp/rule.h"

namespace finwait {

inline constexpr std::array kClosedRules = {
    Rule{.id = RuleId::kClosedSegmentReset,
         .name = "closed.segment_reset",
         .says = "Nothing holds the connection: the segment is answered by a RST.",
         .rfc = "RFC 9293 3.10.7.1",
         .function = "tcp_v4_send_reset",
         .drop_reason = "NO_SOCKET",
         .counter = Counter::kOutRsts,
         .avoid = "the end that is gone reads to the end of file before it closes"},
    Rule{.id = RuleId::kClosedRstIgnored,
         .name = "closed.rst_ignored",
         .says = "Nothing holds the connection: a RST is dropped without an answer.",
         .rfc = "RFC 9293 3.10.7.1",
         .function = "tcp_v4_rcv",
         .drop_reason = "NO_SOCKET"},
    Rule{.id = RuleId::kClosedSegmentIgnored,
         .name = "closed.segment_ignored",
         .says = "Only a listener holds the port: a segment with neither ACK nor SYN, or with SYN "
                 "and FIN, is dropped without an answer.",
         .rfc = "RFC 9293 3.10.7.2",
         .function = "tcp_rcv_state_process",
         .drop_reason = "TCP_FLAGS"},
    Rule{.id = RuleId::kClosedSynOpens,
         .name = "closed.syn_opens",
         .says = "Only a listener holds the port: a SYN opens the next connection.",
         .rfc = "RFC 9293 3.10.7.2",
         .function = "tcp_conn_request"},
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RULES_CLOSED_H_
