// SPDX-License-Identifier: Apache-2.0
//
// Sequence numbers, RST, SYN, and the limiter they share. Numbers such as S-01 are those of the
// scenarios in the reference of Linux's close path.
#include "tests/model/tcp/scenarios.h"
#include "tests/model/tcp/setups.h"

namespace finwait::testing {
namespace {

// S-32.
constexpr Row kBeyondTheWindow[] = {
    {". 70000:70000(0) ack 2", kSegmentSequenceBeyondWindow, kFinWait2, ". 2:2(0) ack 1"},
    {". 70000:70000(0) ack 2", kSegmentSequenceBeyondWindow, kFinWait2, "", "",
     kDuplicateAckLimited},
    {"+552 . 70000:70000(0) ack 2", kSegmentSequenceBeyondWindow, kFinWait2, ". 2:2(0) ack 1"},
};

// S-33.
constexpr Row kKeepAliveProbe[] = {
    {". 0:0(0) ack 2", kSegmentSequenceBeforeWindow, kFinWait2, ". 2:2(0) ack 1"},
    {". 0:0(0) ack 2", kSegmentSequenceBeforeWindow, kFinWait2, "", "", kDuplicateAckLimited},
};

// S-34.
constexpr Row kKeepAliveProbeWithAByte[] = {
    {"P. 0:1(1) ack 2", kSegmentTextOld, kFinWait2, ". 2:2(0) ack 1"},
    {"P. 0:1(1) ack 2", kSegmentTextOld, kFinWait2, ". 2:2(0) ack 1"},
};

// Text wholly outside the window is answered every time.
constexpr Row kTextOutsideTheWindow[] = {
    {"P. -20:-10(10) ack 1", kSegmentSequenceBeforeWindow, kEstablished, ". 1:1(0) ack 1"},
    {"P. -20:-10(10) ack 1", kSegmentSequenceBeforeWindow, kEstablished, ". 1:1(0) ack 1"},
    {"P. 64242:64243(1) ack 1", kSegmentSequenceBeyondWindow, kEstablished, ". 1:1(0) ack 1"},
};

// S-35, and a byte on the edge itself.
constexpr Row kRightEdge[] = {
    {". 64241:64241(0) ack 1", kSegmentAckDuplicate, kEstablished},
    {". 64242:64242(0) ack 1", kSegmentSequenceBeyondWindow, kEstablished, ". 1:1(0) ack 1"},
    {"P. 64241:64242(1) ack 1", kSegmentTextBeyondWindow, kEstablished, ". 1:1(0) ack 1"},
};

// S-36.
constexpr Row kExactRst[] = {
    {"R 1:1(0)", kSegmentRstResets, kClosed},
    {"recv", kRecvFails, kClosed, "", "ECONNRESET"},
    {"recv", kRecvEof, kClosed, "", "0"},
    {"send 1", kSendFails, kClosed, "", "EPIPE"},
    {"R 1:1(0)", kClosedRstIgnored, kClosed},
    {"F 1:1(0)", kClosedSegmentReset, kClosed, "R. @0:@0(0) ack 2 win 0"},
};
constexpr Row kRstInTheWindow[] = {
    {"R 5:5(0)", kSegmentRstChallenged, kEstablished, ". 1:1(0) ack 1"},
    {"R 5:5(0)", kSegmentRstChallenged, kEstablished, "", "", kChallengeLimited},
};
constexpr Row kRstOutsideTheWindow[] = {
    {"R 0:0(0)", kSegmentRstIgnored, kEstablished},
    {"R 70000:70000(0)", kSegmentRstIgnored, kEstablished},
};

// S-37. RCV.NXT counts the peer's FIN, so its own number resets too; the error tells which state.
constexpr Row kRstInCloseWait[] = {
    {"R 1:1(0)", kSegmentRstResets, kClosed},
    {"send 1", kSendFails, kClosed, "", "EPIPE"},
    {"send 1", kSendFails, kClosed, "", "EPIPE"},
};
// Before our ACK of the FIN has left, its number is still in the window.
constexpr Row kRstBeforeTheDelayedAck[] = {
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"R 1:1(0)", kSegmentRstResets, kClosed},
};
constexpr Row kRstInClosing[] = {
    {"R 1:1(0)", kSegmentRstResets, kClosed},
    {"recv", kRecvEof, kClosed, "", "0"},
    {"send 1", kSendFails, kClosed, "", "ECONNRESET"},
    {"send 1", kSendFails, kClosed, "", "EPIPE"},
};
constexpr Row kRstInLastAck[] = {
    {"R 1:1(0)", kSegmentRstResets, kClosed},
    {"send 1", kSendFails, kClosed, "", "ECONNRESET"},
};
constexpr Row kRstInFinWait2[] = {
    {"R 0:0(0)", kSegmentRstIgnored, kFinWait2},
    {"R 1:1(0)", kSegmentRstResets, kClosed},
    {"recv", kRecvFails, kClosed, "", "ECONNRESET"},
};

// A RST one below RCV.NXT that is also below the window (our ACK of the FIN has left).
constexpr Row kRstBelowTheFin[] = {
    {"R 0:0(0)", kSegmentRstIgnored, kCloseWait},
    {"R 2:2(0)", kSegmentRstResets, kClosed},
};

// S-39.
constexpr Row kSynInFinWait1[] = {
    {"S 1:1(0)", kSegmentSynChallenged, kFinWait1, ". 2:2(0) ack 1"},
    {"@204 timer", kTimerRetransmit, kFinWait1, "F. 1:1(0) ack 1"},
    {"@600 S -500:-500(0)", kSegmentSynChallenged, kFinWait1, ". 2:2(0) ack 1"},
};
constexpr Row kSynAckInCloseWait[] = {
    {"S. 2:2(0) ack 1", kSegmentSynChallenged, kCloseWait, ". 1:1(0) ack 2"},
};
constexpr Row kSynInEstablished[] = {
    {"SF. 1:1(0) ack 1", kSegmentSynChallenged, kEstablished, ". 1:1(0) ack 1"},
    {"S 1:1(0)", kSegmentSynChallenged, kEstablished, ". 1:1(0) ack 1"},
    {"S 70000:70000(0)", kSegmentSynChallenged, kEstablished, ". 1:1(0) ack 1"},
};

// S-40.
constexpr Row kOneLimiterForAll[] = {
    {". 70000:70000(0) ack 1", kSegmentSequenceBeyondWindow, kEstablished, ". 1:1(0) ack 1"},
    {"R 5:5(0)", kSegmentRstChallenged, kEstablished, "", "", kChallengeLimited},
    {"S 5:5(0)", kSegmentSynChallenged, kEstablished, "", "", kChallengeLimited},
    {"+500 S 5:5(0)", kSegmentSynChallenged, kEstablished, ". 1:1(0) ack 1"},
    {". 70000:70000(0) ack 1", kSegmentSequenceBeyondWindow, kEstablished, "", "",
     kDuplicateAckLimited},
};

// S-73: what is refused does not move the time stamp.
constexpr Row kLimiterEdge[] = {
    {"@100 . 70000:70000(0) ack 1", kSegmentSequenceBeyondWindow, kEstablished, ". 1:1(0) ack 1"},
    {"@580 . 70000:70000(0) ack 1", kSegmentSequenceBeyondWindow, kEstablished, "", "",
     kDuplicateAckLimited},
    {"@596 . 70000:70000(0) ack 1", kSegmentSequenceBeyondWindow, kEstablished, "", "",
     kDuplicateAckLimited},
    {"@600 . 70000:70000(0) ack 1", kSegmentSequenceBeyondWindow, kEstablished, ". 1:1(0) ack 1"},
};

// No timer outlives the connection.
constexpr Row kRstStopsTheTimers[] = {
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"send 10", kSendTransmits, kCloseWait, "P. 1:11(10) ack 2"},
    {"F. 1:1(0) ack 1", kSegmentTextOld, kCloseWait, ". 11:11(0) ack 2"},
    {"R 2:2(0)", kSegmentRstResets, kClosed},
    {"+100000 . 2:2(0) ack 1", kClosedSegmentReset, kClosed, "R 1:1(0)"},
};
constexpr Row kRstStopsTheDelayedAck[] = {
    {"F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"R 2:2(0)", kSegmentRstResets, kClosed},
    {"+100000 . 2:2(0) ack 1", kClosedSegmentReset, kClosed, "R 1:1(0)"},
};

constexpr Scenario kSequenceScenarios[] = {
    {.name = "BeyondTheWindow", .rows = kBeyondTheWindow, .setup = kInFinWait2},
    {.name = "KeepAliveProbe", .rows = kKeepAliveProbe, .setup = kInFinWait2},
    {.name = "KeepAliveProbeWithAByte", .rows = kKeepAliveProbeWithAByte, .setup = kInFinWait2},
    {.name = "TextOutsideTheWindow", .rows = kTextOutsideTheWindow},
    {.name = "RightEdge", .rows = kRightEdge},
    {.name = "ExactRst", .rows = kExactRst},
    {.name = "RstInTheWindow", .rows = kRstInTheWindow},
    {.name = "RstOutsideTheWindow", .rows = kRstOutsideTheWindow},
    {.name = "RstInCloseWait", .rows = kRstInCloseWait, .setup = kInCloseWait},
    {.name = "RstBeforeTheDelayedAck", .rows = kRstBeforeTheDelayedAck},
    {.name = "RstInClosing", .rows = kRstInClosing, .setup = kInClosing},
    {.name = "RstInLastAck", .rows = kRstInLastAck, .setup = kInLastAck},
    {.name = "RstInFinWait2", .rows = kRstInFinWait2, .setup = kInFinWait2},
    {.name = "RstBelowTheFin", .rows = kRstBelowTheFin, .setup = kInCloseWait},
    {.name = "SynInFinWait1", .rows = kSynInFinWait1, .setup = kInFinWait1},
    {.name = "SynAckInCloseWait", .rows = kSynAckInCloseWait, .setup = kInCloseWait},
    {.name = "SynInEstablished", .rows = kSynInEstablished, .each_row_afresh = true},
    {.name = "OneLimiterForAll", .rows = kOneLimiterForAll},
    {.name = "LimiterEdge", .rows = kLimiterEdge},
    {.name = "RstStopsTheTimers", .rows = kRstStopsTheTimers},
    {.name = "RstStopsTheDelayedAck", .rows = kRstStopsTheDelayedAck},
};

}  // namespace

std::span<const Scenario> SequenceScenarios() { return kSequenceScenarios; }

}  // namespace finwait::testing
