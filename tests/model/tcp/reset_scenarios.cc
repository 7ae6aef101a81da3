// SPDX-License-Identifier: Apache-2.0
//
// Text that nobody can read, and closing without reading. Numbers such as S-01 are those of the
// scenarios in the reference of Linux's close path.
#include "tests/model/tcp/scenarios.h"
#include "tests/model/tcp/setups.h"

namespace finwait::testing {
namespace {

// S-43.
constexpr Row kCloseWithUnreadText[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"close", kCloseUnreadResets, kClosed, "R. 1:1(0) ack 11"},
    {". 11:11(0) ack 1", kClosedSegmentReset, kClosed, "R 1:1(0) win 0"},
};

// S-44: a FIN is not unread text, nor is text past a hole.
constexpr Row kCloseWithUnreadFin[] = {
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"close", kCloseSendsFin, kLastAck, "F. 1:1(0) ack 2"},
};
constexpr Row kCloseAfterReadingAll[] = {
    {"FP. 1:11(10) ack 1", kSegmentFinAdvances, kCloseWait},
    {"+40 timer", kTimerDelayedAck, kCloseWait, ". 1:1(0) ack 12"},
    {"recv", kRecvBytes, kCloseWait, "", "10"},
    {"close", kCloseSendsFin, kLastAck, "F. 1:1(0) ack 12"},
};
constexpr Row kCloseAfterReadingSome[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"recv 4", kRecvBytes, kEstablished, "", "4"},
    {"close", kCloseUnreadResets, kClosed, "R. 1:1(0) ack 11"},
};
constexpr Row kCloseWithTextPastAHole[] = {
    {"P. 11:21(10) ack 1", kSegmentTextOutOfOrder, kEstablished, ". 1:1(0) ack 1"},
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
};

// S-47.
constexpr Row kTextAfterShutRdwr[] = {
    {"shutdown rdwr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"P. 1:11(10) ack 1", kSegmentTextAfterShutdown, kClosed, "R 1:1(0) win 0"},
    {"recv", kRecvFails, kClosed, "", "ECONNRESET"},
};
constexpr Row kInFinWait2ShutRdwr[] = {
    {"shutdown rdwr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {". 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
};
constexpr Row kTextAfterShutRdwrInFinWait2[] = {
    {"P. 1:11(10) ack 2", kSegmentTextAfterShutdown, kClosed, "R 2:2(0) win 0"},
    {"P. 11:21(10) ack 2", kSegmentTextAfterShutdown, kClosed, "R 2:2(0) win 0"},
    {"F. 11:11(0) ack 2", kSegmentTextAfterShutdown, kClosed, "R 2:2(0) win 0"},
    {"F. 1:1(0) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 2"},
    {"P. 0:1(1) ack 2", kSegmentTextOld, kFinWait2, ". 2:2(0) ack 1"},
};

// S-47 in two calls: SHUT_RD, then SHUT_WR.
constexpr Row kTextAfterBothShutdowns[] = {
    {"shutdown rd", kShutdownReceiveOnly, kEstablished},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {"P. 1:11(10) ack 1", kSegmentTextAfterShutdown, kClosed, "R 1:1(0) win 0"},
};

// S-49.
constexpr Row kTextAfterClose[] = {
    {"P. 1:11(10) ack 1", kSegmentTextAfterShutdown, kClosed, "R 1:1(0) win 0"},
    {"P. 1:11(10) ack 2", kFinWait1OrphanTextResets, kClosed, "R 2:2(0) win 0"},
    {"FP. 1:11(10) ack 2", kFinWait1OrphanTextResets, kClosed, "R 2:2(0) win 0"},
    {"F. 11:11(0) ack 2", kFinWait1OrphanTextResets, kClosed, "R 2:2(0) win 0"},
};

// S-50: ten bytes were read, so the segment brings nothing new.
constexpr Row kOldTextAcknowledgesFinAfterClose[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"recv", kRecvBytes, kEstablished, "", "10"},
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 11"},
    {"P. 1:11(10) ack 2", kFinWait1OrphanBecomesTimewait, kFinWait2},
};

// S-52.
constexpr Row kUnreadInFinWait2[] = {
    {"P. 1:11(10) ack 2", kSegmentTextTaken, kFinWait2, ". 2:2(0) ack 11"},
    {"close", kCloseUnreadResets, kClosed, "R. 2:2(0) ack 11"},
};
constexpr Row kUnreadInLastAck[] = {
    {"FP. 1:11(10) ack 1", kSegmentFinAdvances, kCloseWait},
    {"shutdown wr", kShutdownSendsFin, kLastAck, "F. 1:1(0) ack 12"},
    {"close", kCloseUnreadResets, kClosed, "R. 2:2(0) ack 12"},
};
constexpr Row kUnreadInTimeWait[] = {
    {"FP. 1:11(10) ack 2", kSegmentFinAdvances, kTimeWait, ". 2:2(0) ack 12"},
    {"close", kCloseReleases, kTimeWait},
};

// S-67: text that starts before RCV.NXT and goes past the peer's FIN.
constexpr Row kTextAcrossTheFinInCloseWait[] = {
    {"P. 1:11(10) ack 1", kSegmentTextAfterShutdown, kClosed, "R 1:1(0) win 0"},
    {"recv", kRecvEof, kClosed, "", "0"},
    {"send 1", kSendFails, kClosed, "", "EPIPE"},
};
constexpr Row kTextAcrossTheFinInLastAck[] = {
    {"P. 1:11(10) ack 1", kSegmentTextAfterShutdown, kClosed, "R 1:1(0) win 0"},
    {"send 1", kSendFails, kClosed, "", "ECONNRESET"},
};
constexpr Row kTextAcrossTheFinInClosing[] = {
    {"P. 1:11(10) ack 1", kSegmentTextAfterShutdown, kClosed, "R 1:1(0) win 0"},
    {"send 1", kSendFails, kClosed, "", "ECONNRESET"},
};

// S-80: what was received before a RST is read first, then the error, once.
constexpr Row kReadingAfterRst[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"R 11:11(0)", kSegmentRstResets, kClosed},
    {"recv 4", kRecvBytes, kClosed, "", "4"},
    {"recv", kRecvBytes, kClosed, "", "6"},
    {"recv", kRecvFails, kClosed, "", "ECONNRESET"},
    {"recv", kRecvEof, kClosed, "", "0"},
    {"send 1", kSendFails, kClosed, "", "EPIPE"},
    {"shutdown wr", kShutdownNotConnected, kClosed, "", "ENOTCONN"},
    {"close", kCloseReleases, kClosed},
};
constexpr Row kSendingAfterRst[] = {
    {"R 1:1(0)", kSegmentRstResets, kClosed},
    {"send 1", kSendFails, kClosed, "", "ECONNRESET"},
    {"send 1", kSendFails, kClosed, "", "EPIPE"},
    {"recv", kRecvEof, kClosed, "", "0"},
};

constexpr Scenario kResetScenarios[] = {
    {.name = "CloseWithUnreadText", .rows = kCloseWithUnreadText},
    {.name = "CloseWithUnreadFin", .rows = kCloseWithUnreadFin},
    {.name = "CloseAfterReadingAll", .rows = kCloseAfterReadingAll},
    {.name = "CloseAfterReadingSome", .rows = kCloseAfterReadingSome},
    {.name = "CloseWithTextPastAHole", .rows = kCloseWithTextPastAHole},
    {.name = "TextAfterShutRdwr", .rows = kTextAfterShutRdwr},
    {.name = "TextAfterShutRdwrInFinWait2",
     .rows = kTextAfterShutRdwrInFinWait2,
     .each_row_afresh = true,
     .setup = kInFinWait2ShutRdwr},
    {.name = "TextAfterBothShutdowns", .rows = kTextAfterBothShutdowns},
    {.name = "TextAfterClose",
     .rows = kTextAfterClose,
     .each_row_afresh = true,
     .setup = kInOrphanFinWait1},
    {.name = "OldTextAcknowledgesFinAfterClose", .rows = kOldTextAcknowledgesFinAfterClose},
    {.name = "UnreadInFinWait2", .rows = kUnreadInFinWait2, .setup = kInFinWait2},
    {.name = "UnreadInLastAck", .rows = kUnreadInLastAck},
    {.name = "UnreadInTimeWait", .rows = kUnreadInTimeWait, .setup = kInFinWait2},
    {.name = "TextAcrossTheFinInCloseWait",
     .rows = kTextAcrossTheFinInCloseWait,
     .setup = kInCloseWait},
    {.name = "TextAcrossTheFinInLastAck", .rows = kTextAcrossTheFinInLastAck, .setup = kInLastAck},
    {.name = "TextAcrossTheFinInClosing", .rows = kTextAcrossTheFinInClosing, .setup = kInClosing},
    {.name = "ReadingAfterRst", .rows = kReadingAfterRst},
    {.name = "SendingAfterRst", .rows = kSendingAfterRst},
};

}  // namespace

std::span<const Scenario> ResetScenarios() { return kResetScenarios; }

}  // namespace finwait::testing
