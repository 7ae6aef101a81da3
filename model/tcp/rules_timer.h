// SPDX-License-Identifier: Apache-2.0
//
// A timer expires. Internal to model/tcp; users call RuleOf.
#ifndef FINWAIT_MODEL_TCP_RULES_TIMER_H_
#define FINWAIT_MODEL_TCP_RULES_TIMER_H_

#include <array>

#include "model/tcp/rule.h"

namespace finwait {

inline constexpr std::array kTimerRules = {
    Rule{.id = RuleId::kTimerRetransmit,
         .name = "timer.retransmit",
         .says = "The first unacknowledged segment is sent again, with what fits behind it, and "
                 "the time-out is doubled.",
         .rfc = "RFC 6298 5.4 to 5.6",
         .function = "tcp_retransmit_timer",
         .counter = Counter::kTcpTimeouts},
    Rule{.id = RuleId::kTimerRetransmitGivesUp,
         .name = "timer.retransmit.gives_up",
         .says = "Too long without an acknowledgement: the connection ends with ETIMEDOUT, and no "
                 "RST leaves.",
         .rfc = "RFC 9293 3.8.3",
         .function = "tcp_write_timeout, tcp_write_err",
         .counter = Counter::kTcpAbortOnTimeout,
         .set_by = "tcp_retries2, and tcp_orphan_retries once nobody owns the socket"},
    Rule{.id = RuleId::kTimerLossProbe,
         .name = "timer.loss_probe",
         .says = "Tail loss probe: what waits is sent, or the last segment once more, before the "
                 "time-out.",
         .rfc = "RFC 8985 7.3",
         .function = "tcp_send_loss_probe",
         .counter = Counter::kTcpLossProbes},
    Rule{.id = RuleId::kTimerWindowProbe,
         .name = "timer.window_probe",
         .says = "The peer's window lets nothing pass: it is probed.",
         .rfc = "RFC 9293 3.8.6.1",
         .function = "tcp_send_probe0",
         .counter = Counter::kTcpWinProbe},
    Rule{.id = RuleId::kTimerWindowProbeGivesUp,
         .name = "timer.window_probe.gives_up",
         .says = "Too many probes went unanswered: the connection ends silently.",
         .rfc = "RFC 9293 3.8.6.1; RFC 1122 4.2.2.17",
         .function = "tcp_probe_timer",
         .counter = Counter::kTcpAbortOnTimeout,
         .set_by = "tcp_retries2, and tcp_orphan_retries once nobody owns the socket"},
    Rule{.id = RuleId::kTimerDelayedAck,
         .name = "timer.delayed_ack",
         .says = "The acknowledgement that was put off leaves.",
         .rfc = "RFC 9293 3.8.6.3",
         .function = "tcp_delack_timer_handler",
         .counter = Counter::kDelayedAcks},
    Rule{.id = RuleId::kTimerTimeWait,
         .name = "timer.time_wait",
         .says = "TIME-WAIT is over: the bucket is gone.",
         .rfc = "RFC 9293 3.10.8",
         .function = "tw_timer_handler",
         .set_by = "TCP_TIMEWAIT_LEN, 60 s"},
    Rule{.id = RuleId::kTimerBucketFinWait2,
         .name = "timer.bucket.fin_wait_2",
         .says = "The peer's FIN did not come in time: the bucket in FIN-WAIT-2 is gone, without a "
                 "word to the peer.",
         .function = "tw_timer_handler",
         .set_by = "tcp_fin_timeout or TCP_LINGER2"},
    Rule{.id = RuleId::kTimerOrphanBecomesTimewait,
         .name = "timer.orphan.becomes_timewait",
         .says = "A socket that nobody owns spent the part of its FIN-WAIT-2 above 60 s: a "
                 "timewait bucket takes its place.",
         .function = "tcp_keepalive_timer, tcp_time_wait",
         .set_by = "tcp_fin_timeout or TCP_LINGER2"},
    Rule{.id = RuleId::kTimerOrphanResets,
         .name = "timer.orphan.resets",
         .says = "A socket that nobody owns waited in FIN-WAIT-2 to no end: the connection ends "
                 "with a RST.",
         .function = "tcp_keepalive_timer, tcp_send_active_reset",
         .set_by = "tcp_fin_timeout or TCP_LINGER2",
         .avoid = "leave TCP_LINGER2 and tcp_fin_timeout as long as the peer may take to finish"},
    Rule{.id = RuleId::kTimerLinger,
         .name = "timer.linger",
         .says = "The linger time is over: close() returns 0, and the socket goes on without an "
                 "owner.",
         .rfc = "RFC 9293 3.9.1",
         .function = "sk_stream_wait_close",
         .set_by = "SO_LINGER"},
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RULES_TIMER_H_
