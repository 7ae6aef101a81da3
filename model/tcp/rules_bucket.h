// SPDX-License-Identifier: Apache-2.0
//
// A segment arrives at a timewait bucket.
// Internal to model/tcp; users call RuleOf.
#ifndef FINWAIT_MODEL_TCP_RULES_BUCKET_H_
#define FINWAIT_MODEL_TCP_RULES_BUCKET_H_

#include <array>

#include "model/tcp/rule.h"

namespace finwait {

// Linux frees whatever a bucket receives without a drop reason of its own.
inline constexpr std::array kBucketRules = {
    Rule{.id = RuleId::kBucketFinWait2Unacceptable,
         .name = "bucket.fin_wait_2.unacceptable",
         .says = "A segment outside the window, a RST too, is dropped and answered by an "
                 "acknowledgement.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kBucketFinWait2Rst,
         .name = "bucket.fin_wait_2.rst",
         .says = "A RST in the window ends the bucket.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kBucketFinWait2Syn,
         .name = "bucket.fin_wait_2.syn",
         .says = "A SYN in the window ends the bucket and is answered by a RST.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED",
         .counter = Counter::kOutRsts,
         .avoid = "the peer takes another port, or waits until the old connection is over"},
    Rule{.id = RuleId::kBucketFinWait2Ignored,
         .name = "bucket.fin_wait_2.ignored",
         .says = "A segment without ACK, or with nothing new in it, is dropped without an answer.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kBucketFinWait2TextResets,
         .name = "bucket.fin_wait_2.text_resets",
         .says = "New text, which nobody is left to read, or a FIN past a hole ends the bucket and "
                 "is answered by a RST.",
         .rfc = "RFC 1122 4.2.2.13; RFC 9293 3.6.1",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED",
         .counter = Counter::kOutRsts,
         .avoid = "shutdown(SHUT_WR) first, read to the end of file, then close()"},
    Rule{.id = RuleId::kBucketFinWait2Fin,
         .name = "bucket.fin_wait_2.fin",
         .says = "The peer's FIN arrives, whatever its acknowledgement number: it is acknowledged, "
                 "and 60 s of TIME-WAIT begin.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kTimeWaitAckRestarts,
         .name = "time_wait.ack_restarts",
         .says = "A segment at RCV.NXT without text restarts the 60 s and is not answered.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kTimeWaitRstKills,
         .name = "time_wait.rst_kills",
         .says = "A RST at RCV.NXT ends TIME-WAIT early.",
         .rfc = "RFC 9293 3.10.7.4; RFC 1337",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kTimeWaitRstRefused,
         .name = "time_wait.rst_refused",
         .says = "A RST at RCV.NXT is ignored, because tcp_rfc1337 is set.",
         .rfc = "RFC 1337",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kTimeWaitSynAcked,
         .name = "time_wait.syn_acked",
         .says = "A SYN past RCV.NXT, which could open the connection anew if somebody listened, "
                 "is answered by an acknowledgement.",
         .rfc = "RFC 9293 3.10.7.4; RFC 6191",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kTimeWaitSynReopens,
         .name = "time_wait.syn_reopens",
         .says =
             "A SYN past the old numbers, and a listener: TIME-WAIT ends and the next connection "
             "opens.",
         .rfc = "RFC 9293 3.6.1; RFC 6191 2",
         .function = "tcp_timewait_state_process",
         .commit =
             "41eecbd712b7 (\"tcp: replace TCP_SKB_CB(skb)->tcp_tw_isn with a per-cpu field\")"},
    Rule{.id = RuleId::kTimeWaitRstIgnored,
         .name = "time_wait.rst_ignored",
         .says = "A RST elsewhere than at RCV.NXT is ignored.",
         .rfc = "RFC 5961 3.2",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kTimeWaitReacks,
         .name = "time_wait.reacks",
         .says = "Any other segment, a FIN sent again above all, is answered by an "
                 "acknowledgement; with ACK it restarts the 60 s.",
         .rfc = "RFC 9293 3.10.7.4",
         .function = "tcp_timewait_state_process",
         .drop_reason = "NOT_SPECIFIED"},
    Rule{.id = RuleId::kTimeWaitLimited,
         .name = "time_wait.limited",
         .says = "A segment without text, or a SYN, is not answered, because another was less than "
                 "tcp_invalid_ratelimit ago.",
         .function = "tcp_oow_rate_limited",
         .counter = Counter::kTcpAckSkippedTimeWait},
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RULES_BUCKET_H_
