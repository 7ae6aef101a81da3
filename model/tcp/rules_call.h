// SPDX-License-Identifier: Apache-2.0
//
// The user calls send(), recv() or shutdown(). Internal to model/tcp; users call RuleOf.
#ifndef FINWAIT_MODEL_TCP_RULES_CALL_H_
#define FINWAIT_MODEL_TCP_RULES_CALL_H_

#include <array>

#include "model/tcp/rule.h"

namespace finwait {

inline constexpr std::array kCallRules = {
    Rule{.id = RuleId::kSendTransmits,
         .name = "send.transmits",
         .says = "send() queues its bytes, and everything queued leaves at once.",
         .rfc = "RFC 9293 3.10.2",
         .function = "tcp_sendmsg"},
    Rule{.id = RuleId::kSendHeld,
         .name = "send.held",
         .says = "send() queues its bytes; some wait for an acknowledgement or for window.",
         .rfc = "RFC 9293 3.7.4",
         .function = "tcp_nagle_test, tcp_snd_wnd_test"},
    Rule{.id = RuleId::kSendFails,
         .name = "send.fails",
         .says = "send() returns the pending error, once, or EPIPE, because the sending side is "
                 "shut or the connection is gone.",
         .rfc = "RFC 9293 3.10.2",
         .function = "tcp_sendmsg, sk_stream_error"},
    Rule{.id = RuleId::kSendRemovesFin,
         .name = "send.removes_fin",
         .says = "A send() that fails takes our FIN, waiting alone for window, off the queue: it "
                 "never leaves, and the connection does not end.",
         .function = "tcp_remove_empty_skb",
         .commit = "cf12e6f91246 (\"tcp: don't free a FIN sk_buff in tcp_remove_empty_skb()\")"},
    Rule{.id = RuleId::kRecvBytes,
         .name = "recv.bytes",
         .says = "recv() returns bytes received in order, before any end of file or error.",
         .rfc = "RFC 9293 3.10.3",
         .function = "tcp_recvmsg"},
    Rule{.id = RuleId::kRecvAcks,
         .name = "recv.acks",
         .says = "Reading lets an acknowledgement leave that was owed.",
         .rfc = "RFC 9293 3.8.6.3",
         .function = "tcp_cleanup_rbuf"},
    Rule{.id = RuleId::kRecvEof,
         .name = "recv.eof",
         .says = "recv() returns 0: the receiving side is shut and all was read.",
         .rfc = "RFC 9293 3.10.3",
         .function = "tcp_recvmsg"},
    Rule{.id = RuleId::kRecvNothing,
         .name = "recv.nothing",
         .says = "recv() returns EAGAIN: nothing to read yet.",
         .rfc = "RFC 9293 3.10.3",
         .function = "tcp_recvmsg"},
    Rule{.id = RuleId::kRecvFails,
         .name = "recv.fails",
         .says = "recv() returns the pending error, once, when all was read and no FIN was taken.",
         .rfc = "RFC 9293 3.10.3",
         .function = "tcp_recvmsg"},
    Rule{.id = RuleId::kShutdownSendsFin,
         .name = "shutdown.sends_fin",
         .says = "shutdown() of the sending side queues the FIN: ESTABLISHED becomes FIN-WAIT-1, "
                 "CLOSE-WAIT becomes LAST-ACK.",
         .rfc = "RFC 9293 3.10.4; RFC 1122 4.2.2.13",
         .function = "tcp_shutdown, tcp_send_fin"},
    Rule{.id = RuleId::kShutdownRepeats,
         .name = "shutdown.repeats",
         .says = "shutdown() of the sending side returns 0 and sends nothing, because our FIN was "
                 "queued before.",
         .rfc = "RFC 9293 3.10.4",
         .function = "tcp_shutdown"},
    Rule{.id = RuleId::kShutdownReceiveOnly,
         .name = "shutdown.receive_only",
         .says = "shutdown(SHUT_RD) returns 0 and sends nothing.",
         .function = "inet_shutdown"},
    Rule{.id = RuleId::kShutdownNotConnected,
         .name = "shutdown.not_connected",
         .says = "shutdown() returns ENOTCONN, because the socket is CLOSED.",
         .rfc = "RFC 9293 3.10.4",
         .function = "inet_shutdown"},
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RULES_CALL_H_
