// SPDX-License-Identifier: Apache-2.0
//
// How an endpoint is brought into each state by events, each of them checked like any other row.
// Our FIN has number 1 and the peer's has number 1 unless there was text.
#ifndef FINWAIT_TESTS_MODEL_TCP_SETUPS_H_
#define FINWAIT_TESTS_MODEL_TCP_SETUPS_H_

#include "tests/testing/scenario.h"

namespace finwait::testing {

using enum RuleId;
using enum State;

inline constexpr Row kInFinWait1[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
};

inline constexpr Row kInFinWait2[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {". 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
};

// The FIN is acknowledged on the next tick.
inline constexpr Row kInCloseWait[] = {
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"+4 timer", kTimerDelayedAck, kCloseWait, ". 1:1(0) ack 2"},
};

inline constexpr Row kInClosing[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kClosing, ". 2:2(0) ack 2"},
};

inline constexpr Row kInLastAck[] = {
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"shutdown wr", kShutdownSendsFin, kLastAck, "F. 1:1(0) ack 2"},
};

inline constexpr Row kInTimeWait[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {". 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
    {"F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2"},
};

inline constexpr Row kInOrphanFinWait1[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
};

// A timewait bucket in FIN-WAIT-2.
inline constexpr Row kInBucketFinWait2[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {". 1:1(0) ack 2", kFinWait1OrphanBecomesTimewait, kFinWait2},
};

// The same after ten bytes received and read: RCV.NXT is 11.
inline constexpr Row kInBucketAfterText[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"recv", kRecvBytes, kEstablished, "", "10"},
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 11"},
    {". 11:11(0) ack 2", kFinWait1OrphanBecomesTimewait, kFinWait2},
};

// Ten bytes sent and acknowledged: SND.UNA is 11, and 1 is as old as an acknowledgement may be.
inline constexpr Row kAfterSending[] = {
    {"send 10", kSendTransmits, kEstablished, "P. 1:11(10) ack 1"},
    {". 1:1(0) ack 11", kSegmentAckAdvances, kEstablished},
};

inline constexpr Conditions kLongRoundTrip = {.rtt = std::chrono::microseconds(100'100)};

}  // namespace finwait::testing

#endif  // FINWAIT_TESTS_MODEL_TCP_SETUPS_H_
