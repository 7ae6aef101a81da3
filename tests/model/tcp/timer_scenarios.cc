// SPDX-License-Identifier: Apache-2.0
//
// The retransmission and FIN-WAIT-2 timers: when exactly they fire, and what leaves then. Numbers
// such as S-01 are those of the scenarios in the reference of Linux's close path.
#include "tests/model/tcp/scenarios.h"
#include "tests/model/tcp/setups.h"

namespace finwait::testing {
namespace {

// S-69 without SACK.
constexpr Row kFinRetransmitted[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"@204 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@612 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@1428 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@3060 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@4000 . 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
};
constexpr Row kFinRetransmittedAtHz100[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"@210 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@630 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
};
constexpr Row kFinRetransmittedAfterALongRoundTrip[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"@304 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@912 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
};

// A second sample, of 100 ms: 7/8 of 0.1 ms and 1/8 of 100 ms, and the smallest variance.
constexpr Row kTimeoutFollowsTheSamples[] = {
    {"send 10", kSendTransmits, kEstablished, "P. 1:11(10) ack 1"},
    {"@100 . 1:1(0) ack 11", kSegmentAckAdvances, kEstablished},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 11:11(0) ack 1"},
    {"+216 timer", kTimerRetransmit, kFinWait1, "F. 11:11(0) ack 1"},
};

// S-70 without SACK: text and FIN become one segment. An acknowledgement of the text alone gives no
// sample (Karn), so the doubled time-out stays.
constexpr Row kTextAndFinRetransmittedTogether[] = {
    {"send 100", kSendTransmits, kEstablished, "P. 1:101(100) ack 1"},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 101:101(0) ack 1"},
    {"@204 timer", kTimerRetransmit, kFinWait1, "FP. 1:101(100) ack 1"},
    {"@612 timer", kTimerRetransmit, kFinWait1, "FP. 1:101(100) ack 1"},
    {"@700 . 1:1(0) ack 101", kSegmentAckAdvances, kFinWait1},
    // What acknowledges a part of a segment does not put its time-out off.
    {"@1428 timer", kTimerRetransmit, kFinWait1, "F. 101:101(0) ack 1"},
    {". 1:1(0) ack 102", kFinWait1FinAcknowledged, kFinWait2},
};

// S-72, tcp_retries2 = 3.
constexpr Row kGivesUp[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"@204 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@612 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@1428 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@3060 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@6324 timer", kTimerRetransmitGivesUp, kClosed},
    {"recv", kRecvFails, kClosed, "", "ETIMEDOUT"},
    {"recv", kRecvEof, kClosed, "", "0"},
};
// An orphan: 102.2 s, as eight retransmissions would take.
constexpr Row kOrphanGivesUp[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"@204 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@612 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@1428 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@3060 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@6324 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@12852 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@25908 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@52020 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@104244 timer", kTimerRetransmitGivesUp, kClosed},
};
constexpr Row kOrphanGivesUpAfterOne[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"@204 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@612 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@1428 timer", kTimerRetransmitGivesUp, kClosed},
};
// tcp_retries2 = 15: 924.6 s, and no time-out above 120 s.
constexpr Row kGivesUpAfterFifteenMinutes[] = {
    {"@208692 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@328692 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@448692 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@568692 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@688692 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@808692 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@928692 timer", kTimerRetransmitGivesUp, kClosed},
};
constexpr Row kTenTimeouts[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"@204 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@612 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@1428 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@3060 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@6324 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@12852 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@25908 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@52020 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@104244 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
};

// S-59, tcp_fin_timeout = 1 s.
constexpr Row kShortFinTimeout[] = {
    {". 1:1(0) ack 2", kFinWait1OrphanBecomesTimewait, kFinWait2},
    {"@1000 timer", kTimerBucketFinWait2, kClosed},
    {"F. 1:1(0) ack 2", kClosedSegmentReset, kClosed, "R 2:2(0) win 0"},
};
// ... but no shorter than 3.5 time-outs, here of 816 ms.
constexpr Row kFinTimeoutBelowTheTimeout[] = {
    {"@204 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@612 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@700 . 1:1(0) ack 2", kFinWait1OrphanBecomesTimewait, kFinWait2},
    {"@3556 timer", kTimerBucketFinWait2, kClosed},
};

// As S-58, by tcp_fin_timeout = 62 s: 2 s as a socket, 2 s as a bucket.
constexpr Row kLongFinTimeout[] = {
    {". 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
    {"@2000 timer", kTimerOrphanBecomesTimewait, kFinWait2},
    {"@4000 timer", kTimerBucketFinWait2, kClosed},
};
constexpr Row kLongFinTimeoutAfterShutdown[] = {
    {"close", kCloseAfterFin, kFinWait2},
    {"@2000 timer", kTimerOrphanBecomesTimewait, kFinWait2},
};
constexpr Row kInOrphanFinWait2[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {". 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
};
constexpr Row kAtOrphanFinWait2[] = {
    {"P. 1:6(5) ack 2", kSegmentTextAfterShutdown, kClosed, "R 2:2(0) win 0"},
    {"F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2"},
};

// A FIN taken long ago (one below RCV.NXT) acknowledges ours: the socket waits for another, in
// vain.
constexpr Row kOrphanWaitsInVain[] = {
    {"F. 0:0(0) ack 2", kSegmentTextOld, kFinWait2, ". 2:2(0) ack 1", "", kFinWait1FinAcknowledged},
    {"@60000 timer", kTimerOrphanResets, kClosed, "R. 2:2(0) ack 1"},
};

// A socket with a user waits in FIN-WAIT-2 for ever; the row would fail if a timer were armed.
constexpr Row kUserWaitsForEver[] = {
    {"@86400000 F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2"},
};

constexpr Conditions kHz100 = {.hz = 100};

// A segment sent twice gives no sample (Karn): the doubled time-out stays.
constexpr Row kNoSampleFromARetransmission[] = {
    {"send 10", kSendTransmits, kEstablished, "P. 1:11(10) ack 1"},
    {"@204 timer", kTimerRetransmit, kEstablished, "P. 1:11(10) ack 1"},
    {"@300 . 1:1(0) ack 11", kSegmentAckAdvances, kEstablished},
    {"send 10", kSendTransmits, kEstablished, "P. 11:21(10) ack 1"},
    {"@708 timer", kTimerRetransmit, kEstablished, "P. 11:21(10) ack 1"},
};

// Nor does one acknowledged together with it.
constexpr Row kNoSampleBesideARetransmission[] = {
    {"send 1500", kSendTransmits, kEstablished, "P. 1:1001(1000) ack 1 | P. 1001:1501(500) ack 1"},
    {"@204 timer", kTimerRetransmit, kEstablished, "P. 1:1001(1000) ack 1"},
    {"@300 . 1:1(0) ack 1501", kSegmentAckAdvances, kEstablished},
    {"send 10", kSendTransmits, kEstablished, "P. 1501:1511(10) ack 1"},
    {"@708 timer", kTimerRetransmit, kEstablished, "P. 1501:1511(10) ack 1"},
};

// RTT 100.1, then 300 ms: SRTT 125.087 ms, RTTVAR 350.05 ms. Then 100 ms: SRTT 121.951 ms, and
// RTTVAR goes a quarter of the way down to the deviation of 287.625 ms.
constexpr Row kLongSample[] = {
    {"send 10", kSendTransmits, kEstablished, "P. 1:11(10) ack 1"},
    {"@300 . 1:1(0) ack 11", kSegmentAckAdvances, kEstablished},
};
constexpr Row kTimeoutAfterALongSample[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 11:11(0) ack 1"},
    {"+476 timer", kTimerRetransmit, kFinWait1, "F. 11:11(0) ack 1"},
};
constexpr Row kTimeoutAfterAShorterSample[] = {
    {"send 10", kSendTransmits, kEstablished, "P. 11:21(10) ack 1"},
    {"@400 . 1:1(0) ack 21", kSegmentAckAdvances, kEstablished},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 21:21(0) ack 1"},
    {"+460 timer", kTimerRetransmit, kFinWait1, "F. 21:21(0) ack 1"},
};

// Segments are sent again as one up to the largest size, and no further.
constexpr Row kTooLongToBeMerged[] = {
    {"send 1500", kSendTransmits, kEstablished, "P. 1:1001(1000) ack 1 | P. 1001:1501(500) ack 1"},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1501:1501(0) ack 1"},
    {"@204 timer", kTimerRetransmit, kFinWait1, "P. 1:1001(1000) ack 1"},
    {". 1:1(0) ack 1001", kSegmentAckAdvances, kFinWait1},
    {"@612 timer", kTimerRetransmit, kFinWait1, "FP. 1001:1501(500) ack 1"},
};
constexpr Row kMergedToTheLargestSize[] = {
    {"send 600", kSendTransmits, kEstablished, "P. 1:601(600) ack 1"},
    {"send 400", kSendHeld, kEstablished},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "FP. 601:1001(400) ack 1"},
    {"@204 timer", kTimerRetransmit, kFinWait1, "FP. 1:1001(1000) ack 1"},
    {". 1:1(0) ack 1002", kFinWait1FinAcknowledged, kFinWait2},
};

// An advance begins the count anew.
constexpr Row kAdvancePutsOffGivingUp[] = {
    {"send 10", kSendTransmits, kEstablished, "P. 1:11(10) ack 1"},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 11:11(0) ack 1"},
    {"@204 timer", kTimerRetransmit, kFinWait1, "FP. 1:11(10) ack 1"},
    {"@612 timer", kTimerRetransmit, kFinWait1, "FP. 1:11(10) ack 1"},
    {"@1428 timer", kTimerRetransmit, kFinWait1, "FP. 1:11(10) ack 1"},
    {"@2500 . 1:1(0) ack 11", kSegmentAckAdvances, kFinWait1},
    {"@3060 timer", kTimerRetransmit, kFinWait1, "F. 11:11(0) ack 1"},
    {"@6324 timer", kTimerRetransmitGivesUp, kClosed},
};

// TIME-WAIT lasts 60 s whatever the time-out, here 120 s.
constexpr Row kTimeWaitAfterALongTimeout[] = {
    {"@110000 F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2"},
    {"@170000 timer", kTimerTimeWait, kClosed},
};

// tcp_fin_timeout = 62 s; the bucket lasts 3.5 time-outs of 816 ms, which is more than 2 s.
constexpr Row kBucketAfterOrphanLastsThreeAndAHalfTimeouts[] = {
    {"@204 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@612 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@700 . 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
    {"@2700 timer", kTimerOrphanBecomesTimewait, kFinWait2},
    {"@5556 timer", kTimerBucketFinWait2, kClosed},
};

constexpr Scenario kTimerScenarios[] = {
    {.name = "FinRetransmitted", .rows = kFinRetransmitted},
    {.name = "FinRetransmittedAtHz100", .rows = kFinRetransmittedAtHz100, .conditions = kHz100},
    {.name = "FinRetransmittedAfterALongRoundTrip",
     .rows = kFinRetransmittedAfterALongRoundTrip,
     .conditions = kLongRoundTrip},
    {.name = "TimeoutFollowsTheSamples", .rows = kTimeoutFollowsTheSamples},
    {.name = "TextAndFinRetransmittedTogether", .rows = kTextAndFinRetransmittedTogether},
    {.name = "GivesUp", .rows = kGivesUp, .conditions = {.tcp_retries2 = 3}},
    {.name = "OrphanGivesUp", .rows = kOrphanGivesUp},
    {.name = "OrphanGivesUpAfterOne",
     .rows = kOrphanGivesUpAfterOne,
     .conditions = {.tcp_orphan_retries = 1}},
    {.name = "GivesUpAfterFifteenMinutes",
     .rows = kGivesUpAfterFifteenMinutes,
     .setup = kTenTimeouts},
    {.name = "ShortFinTimeout",
     .rows = kShortFinTimeout,
     .setup = kInOrphanFinWait1,
     .conditions = {.tcp_fin_timeout = std::chrono::seconds(1)}},
    {.name = "FinTimeoutBelowTheTimeout",
     .rows = kFinTimeoutBelowTheTimeout,
     .setup = kInOrphanFinWait1,
     .conditions = {.tcp_fin_timeout = std::chrono::seconds(1)}},
    {.name = "LongFinTimeout",
     .rows = kLongFinTimeout,
     .setup = kInOrphanFinWait1,
     .conditions = {.tcp_fin_timeout = std::chrono::seconds(62)}},
    {.name = "LongFinTimeoutAfterShutdown",
     .rows = kLongFinTimeoutAfterShutdown,
     .setup = kInFinWait2,
     .conditions = {.tcp_fin_timeout = std::chrono::seconds(62)}},
    {.name = "AtOrphanFinWait2",
     .rows = kAtOrphanFinWait2,
     .each_row_afresh = true,
     .setup = kInOrphanFinWait2,
     .conditions = {.tcp_fin_timeout = std::chrono::seconds(62)}},
    {.name = "OrphanWaitsInVain", .rows = kOrphanWaitsInVain, .setup = kInOrphanFinWait1},
    {.name = "UserWaitsForEver", .rows = kUserWaitsForEver, .setup = kInFinWait2},
    {.name = "NoSampleFromARetransmission", .rows = kNoSampleFromARetransmission},
    {.name = "NoSampleBesideARetransmission", .rows = kNoSampleBesideARetransmission},
    {.name = "TimeoutAfterALongSample",
     .rows = kTimeoutAfterALongSample,
     .setup = kLongSample,
     .conditions = kLongRoundTrip},
    {.name = "TimeoutAfterAShorterSample",
     .rows = kTimeoutAfterAShorterSample,
     .setup = kLongSample,
     .conditions = kLongRoundTrip},
    {.name = "TooLongToBeMerged", .rows = kTooLongToBeMerged},
    {.name = "MergedToTheLargestSize", .rows = kMergedToTheLargestSize},
    {.name = "AdvancePutsOffGivingUp",
     .rows = kAdvancePutsOffGivingUp,
     .conditions = {.tcp_retries2 = 3}},
    {.name = "TimeWaitAfterALongTimeout",
     .rows = kTimeWaitAfterALongTimeout,
     .setup = kTenTimeouts},
    {.name = "BucketAfterOrphanLastsThreeAndAHalfTimeouts",
     .rows = kBucketAfterOrphanLastsThreeAndAHalfTimeouts,
     .setup = kInOrphanFinWait1,
     .conditions = {.tcp_fin_timeout = std::chrono::seconds(62)}},
};

}  // namespace

std::span<const Scenario> TimerScenarios() { return kTimerScenarios; }

}  // namespace finwait::testing
