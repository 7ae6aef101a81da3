// SPDX-License-Identifier: Apache-2.0
//
// Connections that close in order, at the same time, and with the last two segments exchanged.
// Numbers such as S-01 are those of the scenarios in the reference of Linux's close path.
#include "tests/model/tcp/scenarios.h"
#include "tests/model/tcp/setups.h"

namespace finwait::testing {
namespace {

// S-01.
constexpr Row kShutdownFirst[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"+50 . 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
    {"+50 F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2 win 64239"},
    {"recv", kRecvEof, kTimeWait, "", "0"},
    {"send 1", kSendFails, kTimeWait, "", "EPIPE"},
    {"shutdown wr", kShutdownNotConnected, kTimeWait, "", "ENOTCONN"},
    {"close", kCloseReleases, kTimeWait},
    {"@60100 timer", kTimerTimeWait, kClosed},
    {"F. 1:1(0) ack 2", kClosedSegmentReset, kClosed, "R 2:2(0) win 0"},
};

// S-02.
constexpr Row kCloseFirst[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"+50 . 1:1(0) ack 2", kFinWait1OrphanBecomesTimewait, kFinWait2},
    {"+50 F. 1:1(0) ack 2", kBucketFinWait2Fin, kTimeWait, ". 2:2(0) ack 2 win 64240"},
    {"@60100 timer", kTimerTimeWait, kClosed},
};

// S-03.
constexpr Row kPeerFirstWithoutText[] = {
    {"+50 F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"@52 timer", kTimerDelayedAck, kCloseWait, ". 1:1(0) ack 2"},
    {"recv", kRecvEof, kCloseWait, "", "0"},
    {"close", kCloseSendsFin, kLastAck, "F. 1:1(0) ack 2"},
    {"+50 . 2:2(0) ack 2", kLastAckFinAcknowledged, kClosed},
};

// S-04.
constexpr Row kPeerFirstAfterText[] = {
    {"P. 1:101(100) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 101"},
    {"recv", kRecvBytes, kEstablished, "", "100"},
    {"+52 F. 101:101(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"@92 timer", kTimerDelayedAck, kCloseWait, ". 1:1(0) ack 102"},
};

// S-05.
constexpr Row kTextAndFinTogether[] = {
    {"FP. 1:101(100) ack 1", kSegmentFinAdvances, kCloseWait},
    {"+40 timer", kTimerDelayedAck, kCloseWait, ". 1:1(0) ack 102"},
};

// S-06.
constexpr Row kCloseBeforeTheDelayedAck[] = {
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"close", kCloseSendsFin, kLastAck, "F. 1:1(0) ack 2"},
    {"+204 timer", kTimerRetransmit, kLastAck, "F. 1:1(0) ack 2"},
};

// S-07, S-08.
constexpr Row kBothShutDown[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kClosing, ". 2:2(0) ack 2"},
    {". 2:2(0) ack 2", kClosingFinAcknowledged, kTimeWait},
};
constexpr Row kBothClose[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kClosing, ". 2:2(0) ack 2"},
    {". 2:2(0) ack 2", kClosingFinAcknowledged, kTimeWait},
};

// S-09, S-10.
constexpr Row kFinAcknowledgesFinAfterShutdown[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2", "",
     kFinWait1FinAcknowledged},
    {"@60000 timer", kTimerTimeWait, kClosed},
};
constexpr Row kFinAcknowledgesFinAfterClose[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2", "",
     kFinWait1FinAcknowledged},
    {"@60000 timer", kTimerTimeWait, kClosed},
};

// S-11: the acknowledgement of our FIN overtakes the peer's FIN.
constexpr Row kOvertakenFinIsLost[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"+50 . 2:2(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
    {"+50 F. 1:1(0) ack 1", kSegmentAckOld, kFinWait2, ". 2:2(0) ack 1 win 64240"},
    {"+300 F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2"},
};
constexpr Row kOvertakenFinIsTaken[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"+50 . 2:2(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
    {"+50 F. 1:1(0) ack 1", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2", "",
     kSegmentFinOldAckTaken},
    {"+300 F. 1:1(0) ack 2", kTimeWaitReacks, kTimeWait, ". 2:2(0) ack 2"},
};

// S-11, the peer's FIN again with the same old number: refused every time, answered twice a second.
constexpr Row kSameOldFinAgain[] = {
    {"+50 F. 1:1(0) ack 1", kSegmentAckOld, kFinWait2, ". 2:2(0) ack 1"},
    {"+300 F. 1:1(0) ack 1", kSegmentAckOld, kFinWait2, "", "", kChallengeLimited},
    {"+300 F. 1:1(0) ack 1", kSegmentAckOld, kFinWait2, ". 2:2(0) ack 1"},
    {"+1200 F. 1:1(0) ack 1", kSegmentAckOld, kFinWait2, ". 2:2(0) ack 1"},
};

// S-12: close() hides it, because a timewait bucket does not look at the acknowledgement number.
constexpr Row kOvertakenFinAfterClose[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"+50 . 2:2(0) ack 2", kFinWait1OrphanBecomesTimewait, kFinWait2},
    {"+50 F. 1:1(0) ack 1", kBucketFinWait2Fin, kTimeWait, ". 2:2(0) ack 2 win 64240"},
};

// S-15.
constexpr Row kOvertakenTextIsLost[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {". 102:102(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
    {"FP. 1:101(100) ack 1", kSegmentAckOld, kFinWait2, ". 2:2(0) ack 1"},
    {"recv", kRecvNothing, kFinWait2, "", "EAGAIN"},
};
constexpr Row kOvertakenTextIsTaken[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {". 102:102(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
    {"FP. 1:101(100) ack 1", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 102", "",
     kSegmentFinOldAckTaken},
    {"recv", kRecvBytes, kTimeWait, "", "100"},
    {"recv", kRecvEof, kTimeWait, "", "0"},
};

// S-16: not even a challenge ACK.
constexpr Row kOvertakenFinMeetsTheLimiter[] = {
    {"+50 . 70000:70000(0) ack 2", kSegmentSequenceBeyondWindow, kFinWait2, ". 2:2(0) ack 1"},
    {"+400 F. 1:1(0) ack 1", kSegmentAckOld, kFinWait2, "", "", kChallengeLimited},
};
constexpr Row kLimiterDoesNotDelayTheFin[] = {
    {"+50 . 70000:70000(0) ack 2", kSegmentSequenceBeyondWindow, kFinWait2, ". 2:2(0) ack 1"},
    {"+400 F. 1:1(0) ack 1", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2", "",
     kSegmentFinOldAckTaken},
};

// S-17: in FIN-WAIT-1, after text.
constexpr Row kOldAckFinInFinWait1IsLost[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 11:11(0) ack 1"},
    {"F. 1:1(0) ack 5", kSegmentAckOld, kFinWait1, ". 12:12(0) ack 1"},
    {". 2:2(0) ack 12", kFinWait1FinAcknowledged, kFinWait2},
};
constexpr Row kOldAckFinInFinWait1IsTaken[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 11:11(0) ack 1"},
    {"F. 1:1(0) ack 5", kSegmentFinAdvances, kClosing, ". 12:12(0) ack 2", "",
     kSegmentFinOldAckTaken},
    {". 2:2(0) ack 12", kClosingFinAcknowledged, kTimeWait},
};

// S-20: the second FIN acknowledges ours, so its own is not looked at.
constexpr Row kFinAgainInClosing[] = {
    {"+50 F. 1:1(0) ack 1", kSegmentTextOld, kClosing, ". 2:2(0) ack 2"},
    {"+50 F. 1:1(0) ack 2", kClosingFinAcknowledged, kTimeWait},
};

// S-21.
constexpr Row kFinAgainInLastAck[] = {
    {"F. 1:1(0) ack 1", kSegmentTextOld, kLastAck, ". 2:2(0) ack 2"},
    {"F. 1:1(0) ack 1", kSegmentTextOld, kLastAck, ". 2:2(0) ack 2"},
};

// S-22 without SACK.
constexpr Row kFinAgainInCloseWait[] = {
    {"F. 1:1(0) ack 1", kSegmentTextOld, kCloseWait, ". 1:1(0) ack 2"},
    {"F. 1:1(0) ack 1", kSegmentTextOld, kCloseWait, ". 1:1(0) ack 2"},
};

constexpr Scenario kOrderlyScenarios[] = {
    {.name = "ShutdownFirst", .rows = kShutdownFirst},
    {.name = "CloseFirst", .rows = kCloseFirst},
    {.name = "PeerFirstWithoutText", .rows = kPeerFirstWithoutText},
    {.name = "PeerFirstAfterText", .rows = kPeerFirstAfterText},
    {.name = "TextAndFinTogether", .rows = kTextAndFinTogether},
    {.name = "CloseBeforeTheDelayedAck", .rows = kCloseBeforeTheDelayedAck},
    {.name = "BothShutDown", .rows = kBothShutDown},
    {.name = "BothClose", .rows = kBothClose},
    {.name = "FinAcknowledgesFinAfterShutdown", .rows = kFinAcknowledgesFinAfterShutdown},
    {.name = "FinAcknowledgesFinAfterClose", .rows = kFinAcknowledgesFinAfterClose},
    {.name = "OvertakenFinIsLost", .rows = kOvertakenFinIsLost, .on = Kernels::kDiscardOldAck},
    {.name = "OvertakenFinIsTaken", .rows = kOvertakenFinIsTaken, .on = Kernels::kAcceptOldAck},
    {.name = "OvertakenFinIsTakenByAnActiveOpener",  // S-13.
     .rows = kOvertakenFinIsTaken,
     .on = Kernels::kAcceptOldAck,
     .conditions = {.opener = Opener::kActive}},
    {.name = "OvertakenFinIsLostByAnActiveOpener",  // S-13.
     .rows = kOvertakenFinIsLost,
     .on = Kernels::kDiscardOldAck,
     .conditions = {.opener = Opener::kActive}},
    {.name = "SameOldFinAgain",
     .rows = kSameOldFinAgain,
     .setup = kInFinWait2,
     .on = Kernels::kDiscardOldAck},
    {.name = "OvertakenFinAfterClose", .rows = kOvertakenFinAfterClose},
    {.name = "OvertakenTextIsLost", .rows = kOvertakenTextIsLost, .on = Kernels::kDiscardOldAck},
    {.name = "OvertakenTextIsTaken", .rows = kOvertakenTextIsTaken, .on = Kernels::kAcceptOldAck},
    {.name = "OvertakenFinMeetsTheLimiter",
     .rows = kOvertakenFinMeetsTheLimiter,
     .setup = kInFinWait2,
     .on = Kernels::kDiscardOldAck},
    {.name = "LimiterDoesNotDelayTheFin",
     .rows = kLimiterDoesNotDelayTheFin,
     .setup = kInFinWait2,
     .on = Kernels::kAcceptOldAck},
    {.name = "OldAckFinInFinWait1IsLost",
     .rows = kOldAckFinInFinWait1IsLost,
     .setup = kAfterSending,
     .on = Kernels::kDiscardOldAck},
    {.name = "OldAckFinInFinWait1IsTaken",
     .rows = kOldAckFinInFinWait1IsTaken,
     .setup = kAfterSending,
     .on = Kernels::kAcceptOldAck},
    {.name = "FinAgainInClosing", .rows = kFinAgainInClosing, .setup = kInClosing},
    {.name = "FinAgainInLastAck", .rows = kFinAgainInLastAck, .setup = kInLastAck},
    {.name = "FinAgainInCloseWait", .rows = kFinAgainInCloseWait, .setup = kInCloseWait},
};

}  // namespace

std::span<const Scenario> OrderlyScenarios() { return kOrderlyScenarios; }

}  // namespace finwait::testing
