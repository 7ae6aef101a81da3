// SPDX-License-Identifier: Apache-2.0
//
// What the user's calls send and return. Numbers such as S-01 are those of the scenarios in the
// reference of Linux's close path.
#include "tests/model/tcp/scenarios.h"
#include "tests/model/tcp/setups.h"

namespace finwait::testing {
namespace {

// S-45, SO_LINGER with time 0.
constexpr Row kLingerZero[] = {
    {"close", kCloseLingerZeroResets, kClosed, "R. 1:1(0) ack 1"},
};
constexpr Row kLingerZeroInCloseWait[] = {
    {"close", kCloseLingerZeroResets, kClosed, "R. 1:1(0) ack 2"},
};
constexpr Row kLingerZeroInFinWait[] = {
    {"close", kCloseLingerZeroResets, kClosed, "R. 2:2(0) ack 1"},
};
constexpr Row kLingerZeroAfterBothFins[] = {
    {"close", kCloseLingerZeroSilent, kClosed},
};
// Unread text is looked at first; either way a RST leaves.
constexpr Row kLingerZeroWithUnreadText[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"close", kCloseUnreadResets, kClosed, "R. 1:1(0) ack 11"},
};

// S-53, Nagle: small text waits while small text is unacknowledged; the FIN takes it along.
constexpr Row kNagleHoldsTextUntilTheFin[] = {
    {"send 100", kSendTransmits, kEstablished, "P. 1:101(100) ack 1"},
    {"send 100", kSendHeld, kEstablished},
    {"send 50", kSendHeld, kEstablished},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "FP. 101:251(150) ack 1"},
    {". 1:1(0) ack 252", kFinWait1FinAcknowledged, kFinWait2},
};
constexpr Row kNagleLetsGoOnAck[] = {
    {"send 100", kSendTransmits, kEstablished, "P. 1:101(100) ack 1"},
    {"send 100", kSendHeld, kEstablished},
    {". 1:1(0) ack 101", kSegmentAckAdvances, kEstablished, "P. 101:201(100) ack 1"},
};
constexpr Row kFullSegmentsAreNotHeld[] = {
    {"send 2500", kSendTransmits, kEstablished,
     "P. 1:1001(1000) ack 1 | P. 1001:2001(1000) ack 1 | P. 2001:2501(500) ack 1"},
    {"close", kCloseSendsFin, kFinWait1, "F. 2501:2501(0) ack 1"},
};

// S-55.
constexpr Row kSendInCloseWait[] = {
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"send 100", kSendTransmits, kCloseWait, "P. 1:101(100) ack 2"},
    {"close", kCloseSendsFin, kLastAck, "F. 101:101(0) ack 2"},
    {". 2:2(0) ack 102", kLastAckFinAcknowledged, kClosed},
};

// S-56.
constexpr Row kLingerTimesOut[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1", "sleeps", kCloseLingers},
    {"@204 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@612 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@1000 timer", kTimerLinger, kFinWait1, "", "0"},
    {"@1428 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {". 1:1(0) ack 2", kFinWait1OrphanBecomesTimewait, kFinWait2},
};
constexpr Row kLingerEndsWithTheAck[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1", "sleeps", kCloseLingers},
    {"+100 . 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2, "", "wakes"},
    {"wake", kCloseBecomesTimewait, kFinWait2, "", "0", kLingerReturns},
    {"@60100 timer", kTimerBucketFinWait2, kClosed},
};
// S-19, either way round: the FIN arrives before the sleeper runs.
constexpr Row kFinBeforeTheSleeperRuns[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1", "sleeps", kCloseLingers},
    {". 2:2(0) ack 2", kFinWait1FinAcknowledged, kFinWait2, "", "wakes"},
    {"F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2", "wakes"},
    {"wake", kLingerReturns, kTimeWait, "", "0"},
};
constexpr Row kLingerSleepsOnInClosing[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1", "sleeps", kCloseLingers},
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kClosing, ". 2:2(0) ack 2"},
    {". 2:2(0) ack 2", kClosingFinAcknowledged, kTimeWait, "", "wakes"},
    {"wake", kLingerReturns, kTimeWait, "", "0"},
};
constexpr Row kLingerInLastAck[] = {
    {"close", kCloseSendsFin, kLastAck, "F. 1:1(0) ack 2", "sleeps", kCloseLingers},
    {". 2:2(0) ack 2", kLastAckFinAcknowledged, kClosed, "", "wakes"},
    {"wake", kLingerReturns, kClosed, "", "0"},
};
constexpr Row kLingerEndsWithARst[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1", "sleeps", kCloseLingers},
    {"R 1:1(0)", kSegmentRstResets, kClosed, "", "wakes"},
    {"wake", kLingerReturns, kClosed, "", "0"},
};
// Where FIN-WAIT-2 lasts longer than a bucket may, the socket goes on; the linger time does not.
constexpr Row kLingerTimerEndsWithTheSleep[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1", "sleeps", kCloseLingers},
    {"@100 . 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2, "", "wakes"},
    {"wake", kLingerReturns, kFinWait2},
    {"@7100 timer", kTimerOrphanBecomesTimewait, kFinWait2},
};
// The sleeper still owns the socket, but nobody will read.
constexpr Row kTextWhileLingering[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1", "sleeps", kCloseLingers},
    {"P. 1:11(10) ack 2", kSegmentTextAfterShutdown, kClosed, "R 2:2(0) win 0", "wakes",
     kFinWait1FinAcknowledged},
    {"wake", kLingerReturns, kClosed, "", "0"},
};
// In FIN-WAIT-2 there is nothing to wait for.
constexpr Row kLingerNeedsNoSleepInFinWait2[] = {
    {"close", kCloseBecomesTimewait, kFinWait2, "", "0", kCloseAfterFin},
};

// S-76.
constexpr Row kShutdownsAgain[] = {
    {"shutdown rd", kShutdownReceiveOnly, kEstablished},
    {"shutdown rd", kShutdownReceiveOnly, kEstablished},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"shutdown wr", kShutdownRepeats, kFinWait1},
    {"shutdown rdwr", kShutdownRepeats, kFinWait1},
    {". 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
    {"shutdown wr", kShutdownRepeats, kFinWait2},
    {"F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2"},
    {"shutdown wr", kShutdownNotConnected, kTimeWait, "", "ENOTCONN"},
    {"shutdown rd", kShutdownNotConnected, kTimeWait, "", "ENOTCONN"},
};
constexpr Row kShutdownsInLastAck[] = {
    {"shutdown wr", kShutdownRepeats, kLastAck},
    {"shutdown rd", kShutdownReceiveOnly, kLastAck},
    {". 2:2(0) ack 2", kLastAckFinAcknowledged, kClosed},
    {"shutdown rdwr", kShutdownNotConnected, kClosed, "", "ENOTCONN"},
};

// close() once our FIN was sent by shutdown(): none is sent again.
constexpr Row kCloseAfterShutdown[] = {
    {"close", kCloseAfterFin, kFinWait1},
    {". 1:1(0) ack 2", kFinWait1OrphanBecomesTimewait, kFinWait2},
};
constexpr Row kCloseInFinWait2[] = {
    {"close", kCloseBecomesTimewait, kFinWait2, "", "0", kCloseAfterFin},
    {"F. 1:1(0) ack 1", kBucketFinWait2Fin, kTimeWait, ". 2:2(0) ack 2"},
};

// Our side is shut, or the peer's text is not there yet.
constexpr Row kSendAfterShutdown[] = {
    {"send 1", kSendFails, kFinWait1, "", "EPIPE"},
    {"recv", kRecvNothing, kFinWait1, "", "EAGAIN"},
};

constexpr Conditions kLinger0 = {.linger_s = 0};
constexpr Conditions kLinger1 = {.linger_s = 1};
constexpr Conditions kLinger5 = {.linger_s = 5};

// The FIN waits alone for window when a send() fails: older kernels free it.
constexpr Row kSendKeepsTheFin[] = {
    {". 10:10(0) ack 1 win 0", kSegmentAckDuplicate, kEstablished},
    {"shutdown wr", kShutdownSendsFin, kFinWait1},
    {"send 10", kSendFails, kFinWait1, "", "EPIPE"},
    {". 11:11(0) ack 1", kSegmentAckDuplicate, kFinWait1, "F. 1:1(0) ack 1"},
};
constexpr Row kSendRemovesTheFin[] = {
    {". 10:10(0) ack 1 win 0", kSegmentAckDuplicate, kEstablished},
    {"shutdown wr", kShutdownSendsFin, kFinWait1},
    {"send 10", kSendFails, kFinWait1, "", "EPIPE", kSendRemovesFin},
    {"send 10", kSendFails, kFinWait1, "", "EPIPE"},
    {". 11:11(0) ack 1", kSegmentAckDuplicate, kFinWait1},
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kClosing, ". 1:1(0) ack 2"},
    {"@204 timer", kNone, kClosing},
    {"close", kCloseAfterFin, kClosing},
};
constexpr Row kSendKeepsAFinWithText[] = {
    {". 10:10(0) ack 1 win 0", kSegmentAckDuplicate, kEstablished},
    {"send 10", kSendHeld, kEstablished},
    {"shutdown wr", kShutdownSendsFin, kFinWait1},
    {"send 10", kSendFails, kFinWait1, "", "EPIPE"},
    {". 11:11(0) ack 1", kSegmentAckDuplicate, kFinWait1, "FP. 1:11(10) ack 1"},
};
// It still counts as not sent.
constexpr Row kLingerZeroAfterTheFinIsRemoved[] = {
    {". 10:10(0) ack 1 win 0", kSegmentAckDuplicate, kCloseWait},
    {"shutdown wr", kShutdownSendsFin, kLastAck},
    {"send 10", kSendFails, kLastAck, "", "EPIPE", kSendRemovesFin},
    {"close", kCloseLingerZeroResets, kClosed, "R. 1:1(0) ack 2"},
};

// A retransmission that had become one with its FIN, after the text was read.
constexpr Row kOldTextWithAFinUnread[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"recv", kRecvBytes, kEstablished, "", "10"},
    {"FP. 1:11(10) ack 1", kSegmentFinAdvances, kCloseWait},
};
constexpr Row kCloseResetsOverOldText[] = {
    {"close", kCloseOldTextResets, kClosed, "R. 1:1(0) ack 12"},
};
constexpr Row kCloseKnowsOldText[] = {
    {"close", kCloseSendsFin, kLastAck, "F. 1:1(0) ack 12"},
};
constexpr Row kCloseAfterTheFinWasRead[] = {
    {"recv", kRecvEof, kCloseWait, "", "0"},
    {"close", kCloseSendsFin, kLastAck, "F. 1:1(0) ack 12"},
};
// Who asks for no more than the text does not come to the FIN behind it.
constexpr Row kReadingJustTheText[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"FP. 5:11(6) ack 1", kSegmentFinAdvances, kCloseWait},
    {"recv 10", kRecvBytes, kCloseWait, "", "10"},
    {"close", kCloseOldTextResets, kClosed, "R. 1:1(0) ack 12"},
};
constexpr Row kReadingPastTheText[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"FP. 5:11(6) ack 1", kSegmentFinAdvances, kCloseWait},
    {"recv 11", kRecvBytes, kCloseWait, "", "10"},
    {"close", kCloseSendsFin, kLastAck, "F. 1:1(0) ack 12"},
};

constexpr Scenario kCallScenarios[] = {
    {.name = "LingerZero", .rows = kLingerZero, .conditions = kLinger0},
    {.name = "LingerZeroInCloseWait",
     .rows = kLingerZeroInCloseWait,
     .setup = kInCloseWait,
     .conditions = kLinger0},
    {.name = "LingerZeroInFinWait1",
     .rows = kLingerZeroInFinWait,
     .setup = kInFinWait1,
     .conditions = kLinger0},
    {.name = "LingerZeroInFinWait2",
     .rows = kLingerZeroInFinWait,
     .setup = kInFinWait2,
     .conditions = kLinger0},
    {.name = "LingerZeroInClosing",
     .rows = kLingerZeroAfterBothFins,
     .setup = kInClosing,
     .conditions = kLinger0},
    {.name = "LingerZeroInLastAck",
     .rows = kLingerZeroAfterBothFins,
     .setup = kInLastAck,
     .conditions = kLinger0},
    {.name = "LingerZeroWithUnreadText", .rows = kLingerZeroWithUnreadText, .conditions = kLinger0},
    {.name = "NagleHoldsTextUntilTheFin", .rows = kNagleHoldsTextUntilTheFin},
    {.name = "NagleLetsGoOnAck", .rows = kNagleLetsGoOnAck},
    {.name = "FullSegmentsAreNotHeld", .rows = kFullSegmentsAreNotHeld},
    {.name = "SendInCloseWait", .rows = kSendInCloseWait},
    {.name = "LingerTimesOut", .rows = kLingerTimesOut, .conditions = kLinger1},
    {.name = "LingerEndsWithTheAck", .rows = kLingerEndsWithTheAck, .conditions = kLinger5},
    {.name = "FinBeforeTheSleeperRuns", .rows = kFinBeforeTheSleeperRuns, .conditions = kLinger5},
    {.name = "LingerSleepsOnInClosing", .rows = kLingerSleepsOnInClosing, .conditions = kLinger5},
    {.name = "LingerInLastAck",
     .rows = kLingerInLastAck,
     .setup = kInCloseWait,
     .conditions = kLinger5},
    {.name = "LingerEndsWithARst", .rows = kLingerEndsWithARst, .conditions = kLinger5},
    {.name = "LingerTimerEndsWithTheSleep",
     .rows = kLingerTimerEndsWithTheSleep,
     .conditions = {.linger_s = 5, .tcp_fin_timeout = std::chrono::seconds(67)}},
    {.name = "TextWhileLingering", .rows = kTextWhileLingering, .conditions = kLinger5},
    {.name = "LingerNeedsNoSleepInFinWait2",
     .rows = kLingerNeedsNoSleepInFinWait2,
     .setup = kInFinWait2,
     .conditions = kLinger5},
    {.name = "ShutdownsAgain", .rows = kShutdownsAgain},
    {.name = "ShutdownsInLastAck", .rows = kShutdownsInLastAck, .setup = kInLastAck},
    {.name = "CloseAfterShutdown", .rows = kCloseAfterShutdown, .setup = kInFinWait1},
    {.name = "CloseInFinWait2", .rows = kCloseInFinWait2, .setup = kInFinWait2},
    {.name = "SendAfterShutdown", .rows = kSendAfterShutdown, .setup = kInFinWait1},
    {.name = "SendKeepsTheFin", .rows = kSendKeepsTheFin},
    {.name = "SendRemovesTheFin", .rows = kSendRemovesTheFin, .on = Kernels::kOldest},
    {.name = "SendKeepsAFinWithText", .rows = kSendKeepsAFinWithText, .on = Kernels::kOldest},
    {.name = "LingerZeroAfterTheFinIsRemoved",
     .rows = kLingerZeroAfterTheFinIsRemoved,
     .setup = kInCloseWait,
     .on = Kernels::kOldest,
     .conditions = kLinger0},
    {.name = "CloseResetsOverOldText",
     .rows = kCloseResetsOverOldText,
     .setup = kOldTextWithAFinUnread,
     .on = Kernels::kOldest},
    {.name = "CloseKnowsOldText", .rows = kCloseKnowsOldText, .setup = kOldTextWithAFinUnread},
    {.name = "CloseAfterTheFinWasRead",
     .rows = kCloseAfterTheFinWasRead,
     .setup = kOldTextWithAFinUnread,
     .on = Kernels::kOldest},
    {.name = "ReadingJustTheText", .rows = kReadingJustTheText, .on = Kernels::kOldest},
    {.name = "ReadingPastTheText", .rows = kReadingPastTheText, .on = Kernels::kOldest},
};

}  // namespace

std::span<const Scenario> CallScenarios() { return kCallScenarios; }

}  // namespace finwait::testing
