// SPDX-License-Identifier: Apache-2.0
//
// Text and FINs, in order and not, that somebody reads. Numbers such as S-01 are those of the
// scenarios in the reference of Linux's close path.
#include "tests/model/tcp/scenarios.h"
#include "tests/model/tcp/setups.h"

namespace finwait::testing {
namespace {

// S-46: shutting the receiving side alone refuses nothing.
constexpr Row kTextAfterShutRd[] = {
    {"shutdown rd", kShutdownReceiveOnly, kEstablished},
    {"recv", kRecvEof, kEstablished, "", "0"},
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"recv 4", kRecvBytes, kEstablished, "", "4"},
    {"recv", kRecvBytes, kEstablished, "", "6"},
    {"recv", kRecvEof, kEstablished, "", "0"},
    {"F. 11:11(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"send 5", kSendTransmits, kCloseWait, "P. 1:6(5) ack 12"},
};

// S-48.
constexpr Row kTextAfterShutWr[] = {
    {"P. 1:11(10) ack 2", kSegmentTextTaken, kFinWait2, ". 2:2(0) ack 11"},
    {"F. 11:11(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 12"},
    {"recv", kRecvBytes, kTimeWait, "", "10"},
    {"recv", kRecvEof, kTimeWait, "", "0"},
};

// S-51.
constexpr Row kTextAcknowledgesFin[] = {
    {"P. 1:11(10) ack 2", kSegmentTextTaken, kFinWait2, ". 2:2(0) ack 11", "",
     kFinWait1FinAcknowledged},
};
constexpr Row kTextAndFinInFinWait1[] = {
    {"FP. 1:11(10) ack 1", kSegmentFinAdvances, kClosing, ". 2:2(0) ack 12"},
    {"recv", kRecvBytes, kClosing, "", "10"},
    {"recv", kRecvEof, kClosing, "", "0"},
    {". 12:12(0) ack 2", kClosingFinAcknowledged, kTimeWait},
};

// S-64 without SACK.
constexpr Row kFinAheadOfAHole[] = {
    {"F. 101:101(0) ack 1", kSegmentTextOutOfOrder, kEstablished, ". 1:1(0) ack 1"},
    {"P. 1:101(100) ack 1", kSegmentFinAdvances, kCloseWait, ". 1:1(0) ack 102", "",
     kSegmentQueueDrained},
    {"recv", kRecvBytes, kCloseWait, "", "100"},
    {"recv", kRecvEof, kCloseWait, "", "0"},
};
constexpr Row kFinAheadOfAHoleInFinWait2[] = {
    {"F. 101:101(0) ack 2", kSegmentTextOutOfOrder, kFinWait2, ". 2:2(0) ack 1"},
    {"P. 1:101(100) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 102", "",
     kSegmentQueueDrained},
};
constexpr Row kFinAheadOfAHoleInFinWait1[] = {
    {"F. 101:101(0) ack 1", kSegmentTextOutOfOrder, kFinWait1, ". 2:2(0) ack 1"},
    {"P. 1:101(100) ack 1", kSegmentFinAdvances, kClosing, ". 2:2(0) ack 102", "",
     kSegmentQueueDrained},
};

// S-65: text past the FIN is never read.
constexpr Row kTextBeyondTheFin[] = {
    {"P. 102:112(10) ack 1", kSegmentTextOutOfOrder, kEstablished, ". 1:1(0) ack 1"},
    {"F. 101:101(0) ack 1", kSegmentTextOutOfOrder, kEstablished, ". 1:1(0) ack 1"},
    {"P. 1:101(100) ack 1", kSegmentFinAdvances, kCloseWait, ". 1:1(0) ack 102", "",
     kSegmentQueueDrained},
    {". 112:112(0) ack 1", kSegmentAckDuplicate, kCloseWait},
    {"recv", kRecvBytes, kCloseWait, "", "100"},
    {"recv", kRecvEof, kCloseWait, "", "0"},
};

// Two holes: the first to be filled leaves something waiting, but quick ACKs are left.
constexpr Row kTwoHoles[] = {
    {"P. 11:21(10) ack 1", kSegmentTextOutOfOrder, kEstablished, ". 1:1(0) ack 1"},
    {"P. 31:41(10) ack 1", kSegmentTextOutOfOrder, kEstablished, ". 1:1(0) ack 1"},
    {"P. 31:41(10) ack 1", kSegmentTextOutOfOrder, kEstablished, ". 1:1(0) ack 1"},
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 21", "",
     kSegmentQueueDrained},
    {"recv", kRecvBytes, kEstablished, "", "20"},
    {"P. 15:35(20) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 41", "",
     kSegmentQueueDrained},
    {"recv", kRecvBytes, kEstablished, "", "20"},
};

// Text across what is queued: the part queued is not taken twice.
constexpr Row kQueueOverlapped[] = {
    {"P. 11:21(10) ack 1", kSegmentTextOutOfOrder, kEstablished, ". 1:1(0) ack 1"},
    {"P. 1:31(30) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 31"},
    {"recv", kRecvBytes, kEstablished, "", "30"},
    {"recv", kRecvNothing, kEstablished, "", "EAGAIN"},
};

// S-66 without SACK.
constexpr Row kFinOverlapsText[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"FP. 6:16(10) ack 1", kSegmentFinAdvances, kCloseWait},
    {"recv", kRecvBytes, kCloseWait, "", "15"},
    {"+40 timer", kTimerDelayedAck, kCloseWait, ". 1:1(0) ack 17"},
};
constexpr Row kFinRepeatsTextInFinWait2[] = {
    {"P. 1:11(10) ack 2", kSegmentTextTaken, kFinWait2, ". 2:2(0) ack 11"},
    {"FP. 1:11(10) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 12"},
};

// S-67: text from the peer's FIN on is not answered.
constexpr Row kTextPastTheFinInCloseWait[] = {
    {"P. 2:12(10) ack 1", kSegmentTextPastFin, kCloseWait},
    {"F. 5:5(0) ack 1", kSegmentTextPastFin, kCloseWait},
};
constexpr Row kTextPastTheFinInLastAck[] = {
    {"P. 2:12(10) ack 1", kSegmentTextPastFin, kLastAck},
    {"P. 2:12(10) ack 2", kLastAckFinAcknowledged, kClosed},
};
constexpr Row kTextPastTheFinInClosing[] = {
    {"P. 2:12(10) ack 1", kSegmentTextPastFin, kClosing},
    {"P. 2:12(10) ack 2", kClosingFinAcknowledged, kTimeWait},
};

// S-68.
constexpr Row kPureAcksInCloseWait[] = {
    {". 2:2(0) ack 1", kSegmentAckDuplicate, kCloseWait},
    {". 2:2(0) ack 1 win 100", kSegmentAckDuplicate, kCloseWait},
    {". 1:1(0) ack 1", kSegmentSequenceBeforeWindow, kCloseWait, ". 1:1(0) ack 2"},
    {". 0:0(0) ack 1", kSegmentSequenceBeforeWindow, kCloseWait, "", "", kDuplicateAckLimited},
};

// S-78: an answer carries the acknowledgement, from the second request on without one before it.
constexpr Row kRequestsAndResponses[] = {
    {"P. 1:101(100) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 101"},
    {"recv", kRecvBytes, kEstablished, "", "100"},
    {"send 50", kSendTransmits, kEstablished, "P. 1:51(50) ack 101"},
    {"+10 P. 101:201(100) ack 51", kSegmentTextTaken, kEstablished},
    {"recv", kRecvBytes, kEstablished, "", "100"},
    {"send 50", kSendTransmits, kEstablished, "P. 51:101(50) ack 201"},
    {"+10 P. 201:301(100) ack 101", kSegmentTextTaken, kEstablished},
    {"recv", kRecvBytes, kEstablished, "", "100"},
    {"send 50", kSendTransmits, kEstablished, "P. 101:151(50) ack 301"},
    {"@100 . 301:301(0) ack 151", kSegmentAckAdvances, kEstablished},
    {"F. 301:301(0) ack 151", kSegmentFinAdvances, kCloseWait},
    {"+40 timer", kTimerDelayedAck, kCloseWait, ". 151:151(0) ack 302"},
};

// The exchange is interactive: the first request alone would wait for the answer.
constexpr Row kSecondPushIsAcknowledgedOnReading[] = {
    {"P. 1:101(100) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 101"},
    {"send 50", kSendTransmits, kEstablished, "P. 1:51(50) ack 101"},
    {"+10 P. 101:201(100) ack 51", kSegmentTextTaken, kEstablished},
    {"recv", kRecvBytes, kEstablished, "", "200"},
    {"P. 201:301(100) ack 51", kSegmentTextTaken, kEstablished},
    {"recv", kRecvBytes, kEstablished, ". 51:51(0) ack 301", "100", kRecvAcks},
};

// Text that comes twice ends the interactive exchange: what follows is acknowledged at once.
constexpr Row kTextAgainTurnsQuickAcksOn[] = {
    {"P. 1:101(100) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 101"},
    {"send 50", kSendTransmits, kEstablished, "P. 1:51(50) ack 101"},
    {"P. 1:91(90) ack 51", kSegmentSequenceBeforeWindow, kEstablished, ". 51:51(0) ack 101"},
    {"P. 101:201(100) ack 51", kSegmentTextTaken, kEstablished, ". 51:51(0) ack 201"},
};

// The answer did not come in time: what follows is acknowledged at once.
constexpr Row kExpiredDelayTurnsQuickAcksOn[] = {
    {"P. 1:101(100) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 101"},
    {"send 50", kSendTransmits, kEstablished, "P. 1:51(50) ack 101"},
    {"P. 101:201(100) ack 51", kSegmentTextTaken, kEstablished},
    {"+40 timer", kTimerDelayedAck, kEstablished, ". 51:51(0) ack 201"},
    {"P. 201:301(100) ack 51", kSegmentTextTaken, kEstablished, ". 51:51(0) ack 301"},
};

constexpr Scenario kTextScenarios[] = {
    {.name = "TextAfterShutRd", .rows = kTextAfterShutRd},
    {.name = "TextAfterShutWr", .rows = kTextAfterShutWr, .setup = kInFinWait2},
    {.name = "TextAcknowledgesFin", .rows = kTextAcknowledgesFin, .setup = kInFinWait1},
    {.name = "TextAndFinInFinWait1", .rows = kTextAndFinInFinWait1, .setup = kInFinWait1},
    {.name = "FinAheadOfAHole", .rows = kFinAheadOfAHole},
    {.name = "FinAheadOfAHoleInFinWait2", .rows = kFinAheadOfAHoleInFinWait2, .setup = kInFinWait2},
    {.name = "FinAheadOfAHoleInFinWait1", .rows = kFinAheadOfAHoleInFinWait1, .setup = kInFinWait1},
    {.name = "TextBeyondTheFin", .rows = kTextBeyondTheFin},
    {.name = "TwoHoles", .rows = kTwoHoles},
    {.name = "QueueOverlapped", .rows = kQueueOverlapped},
    {.name = "FinOverlapsText", .rows = kFinOverlapsText},
    {.name = "FinRepeatsTextInFinWait2", .rows = kFinRepeatsTextInFinWait2, .setup = kInFinWait2},
    {.name = "TextPastTheFinInCloseWait",
     .rows = kTextPastTheFinInCloseWait,
     .setup = kInCloseWait},
    {.name = "TextPastTheFinInLastAck", .rows = kTextPastTheFinInLastAck, .setup = kInLastAck},
    {.name = "TextPastTheFinInClosing", .rows = kTextPastTheFinInClosing, .setup = kInClosing},
    {.name = "PureAcksInCloseWait", .rows = kPureAcksInCloseWait, .setup = kInCloseWait},
    {.name = "RequestsAndResponses", .rows = kRequestsAndResponses},
    {.name = "SecondPushIsAcknowledgedOnReading", .rows = kSecondPushIsAcknowledgedOnReading},
    {.name = "TextAgainTurnsQuickAcksOn", .rows = kTextAgainTurnsQuickAcksOn},
    {.name = "ExpiredDelayTurnsQuickAcksOn", .rows = kExpiredDelayTurnsQuickAcksOn},
};

}  // namespace

std::span<const Scenario> TextScenarios() { return kTextScenarios; }

}  // namespace finwait::testing
