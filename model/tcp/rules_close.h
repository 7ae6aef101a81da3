// SPDX-License-Identifier: Apache-2.0
//
// The user calls close(), and the sleep of a lingering close().
// Internal to model/tcp; users call RuleOf.
#ifndef FINWAIT_MODEL_TCP_RULES_CLOSE_H_
#define FINWAIT_MODEL_TCP_RULES_CLOSE_H_

#include <array>

#include "model/tcp/rule.h"

namespace finwait {

inline constexpr std::array kCloseRules = {
    Rule{.id = RuleId::kCloseSendsFin,
         .name = "close.sends_fin",
         .says = "close() queues the FIN: ESTABLISHED becomes FIN-WAIT-1, CLOSE-WAIT becomes "
                 "LAST-ACK.",
         .rfc = "RFC 9293 3.10.4",
         .function = "__tcp_close, tcp_send_fin"},
    Rule{.id = RuleId::kCloseAfterFin,
         .name = "close.after_fin",
         .says = "close() sends nothing, because our FIN was queued before.",
         .rfc = "RFC 9293 3.10.4",
         .function = "__tcp_close"},
    Rule{.id = RuleId::kCloseUnreadResets,
         .name = "close.unread_resets",
         .says = "close() with received bytes unread ends the connection with a RST.",
         .rfc = "RFC 1122 4.2.2.13; RFC 9293 3.6.1",
         .function = "__tcp_close, tcp_send_active_reset",
         .counter = Counter::kTcpAbortOnClose,
         .avoid = "read everything before close()"},
    Rule{.id = RuleId::kCloseOldTextResets,
         .name = "close.old_text_resets",
         .says = "close() ends the connection with a RST though all was read, because a FIN that "
                 "the reader has not come to brought old text along.",
         .function = "__tcp_close, tcp_send_active_reset",
         .counter = Counter::kTcpAbortOnClose,
         .commit = "5f9238530970 (\"tcp: fix __tcp_close() to only send RST when required\")",
         .avoid = "read to the end of file before close()"},
    Rule{.id = RuleId::kCloseLingerZeroResets,
         .name = "close.linger_zero.resets",
         .says = "close() with SO_LINGER and time 0 ends the connection with a RST.",
         .rfc = "RFC 9293 3.10.5",
         .function = "tcp_disconnect, tcp_send_active_reset",
         .counter = Counter::kTcpAbortOnData,
         .avoid = "do not set SO_LINGER to 0 s"},
    Rule{.id = RuleId::kCloseLingerZeroSilent,
         .name = "close.linger_zero.silent",
         .says = "close() with SO_LINGER and time 0 ends the connection without a RST, because our "
                 "FIN was sent and the peer's taken.",
         .rfc = "RFC 9293 3.10.5",
         .function = "tcp_disconnect, tcp_need_reset",
         .counter = Counter::kTcpAbortOnData},
    Rule{.id = RuleId::kCloseLingers,
         .name = "close.lingers",
         .says = "close() with SO_LINGER and a time sleeps until our FIN is acknowledged or the "
                 "time is over.",
         .rfc = "RFC 9293 3.9.1",
         .function = "sk_stream_wait_close"},
    Rule{.id = RuleId::kCloseBecomesTimewait,
         .name = "close.becomes_timewait",
         .says = "The descriptor of a socket in FIN-WAIT-2 is gone: a timewait bucket takes the "
                 "socket's place.",
         .rfc = "RFC 1122 4.2.2.13",
         .function = "__tcp_close, tcp_time_wait"},
    Rule{.id = RuleId::kCloseLinger2Resets,
         .name = "close.linger2_resets",
         .says = "close() in FIN-WAIT-2 on a socket whose TCP_LINGER2 is negative: a RST leaves.",
         .function = "__tcp_close",
         .counter = Counter::kTcpAbortOnLinger,
         .avoid = "do not set TCP_LINGER2 below zero"},
    Rule{.id = RuleId::kCloseReleases,
         .name = "close.releases",
         .says = "close() of a socket that is CLOSED releases it, without a word to the peer.",
         .rfc = "RFC 9293 3.10.4",
         .function = "__tcp_close"},
    Rule{.id = RuleId::kLingerReturns,
         .name = "linger.returns",
         .says = "The sleeping close() returns 0, because our FIN was acknowledged or the "
                 "connection is gone.",
         .rfc = "RFC 9293 3.9.1",
         .function = "sk_stream_wait_close"},
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RULES_CLOSE_H_
