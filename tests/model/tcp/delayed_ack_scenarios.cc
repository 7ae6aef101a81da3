// SPDX-License-Identifier: Apache-2.0
//
// Delayed acknowledgements: when exactly they leave. Numbers such as S-01 are those of the
// scenarios in the reference of Linux's close path.
#include "tests/model/tcp/scenarios.h"
#include "tests/model/tcp/setups.h"

namespace finwait::testing {
namespace {

// S-71: sixteen acknowledgements leave at once.
constexpr Row kQuickAcksSpent[] = {
    {"@0 P. 1:126(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 126"},
    {"@20 P. 126:251(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 251"},
    {"@40 P. 251:376(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 376"},
    {"@60 P. 376:501(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 501"},
    {"@80 P. 501:626(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 626"},
    {"@100 P. 626:751(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 751"},
    {"@120 P. 751:876(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 876"},
    {"@140 P. 876:1001(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 1001"},
    {"@160 P. 1001:1126(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 1126"},
    {"@180 P. 1126:1251(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 1251"},
    {"@200 P. 1251:1376(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 1376"},
    {"@220 P. 1376:1501(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 1501"},
    {"@240 P. 1501:1626(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 1626"},
    {"@260 P. 1626:1751(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 1751"},
    {"@280 P. 1751:1876(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 1876"},
    {"@300 P. 1876:2001(125) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 2001"},
};
// S-71: and the seventeenth after 40 ms.
constexpr Row kDelayedAfterQuickAcks[] = {
    {"@320 P. 2001:2101(100) ack 1", kSegmentTextTaken, kEstablished},
    {"@360 timer", kTimerDelayedAck, kEstablished, ". 1:1(0) ack 2101"},
    {"@400 P. 2101:2201(100) ack 1", kSegmentTextTaken, kEstablished},
    {"@440 timer", kTimerDelayedAck, kEstablished, ". 1:1(0) ack 2201"},
};
// An expired delay is doubled, up to the round-trip time.
constexpr Row kDelayGrowsToTheRoundTrip[] = {
    {"@320 P. 2001:2101(100) ack 1", kSegmentTextTaken, kEstablished},
    {"@360 timer", kTimerDelayedAck, kEstablished, ". 1:1(0) ack 2101"},
    {"@400 P. 2101:2201(100) ack 1", kSegmentTextTaken, kEstablished},
    {"@480 timer", kTimerDelayedAck, kEstablished, ". 1:1(0) ack 2201"},
};
// More text keeps the earlier deadline, and does not wait for one that is near.
constexpr Row kEarlierDeadlineIsKept[] = {
    {"@320 P. 2001:2101(100) ack 1", kSegmentTextTaken, kEstablished},
    {"@340 P. 2101:2201(100) ack 1", kSegmentTextTaken, kEstablished},
    {"@360 timer", kTimerDelayedAck, kEstablished, ". 1:1(0) ack 2201"},
};
constexpr Row kNearDeadlineIsNotWaitedFor[] = {
    {"@320 P. 2001:2101(100) ack 1", kSegmentTextTaken, kEstablished},
    {"@352 P. 2101:2201(100) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 2201"},
};
constexpr Row kQuickAcksAgainAfterAPause[] = {
    {"@600 P. 2001:2101(100) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 2101"},
};
constexpr Row kReadingSendsTheDelayedAck[] = {
    {"@320 P. 2001:2101(100) ack 1", kSegmentTextTaken, kEstablished},
    {"recv 2000", kRecvBytes, kEstablished, "", "2000"},
    {"recv", kRecvBytes, kEstablished, ". 1:1(0) ack 2101", "100", kRecvAcks},
};
// Two full segments, the second unread: reading lets their acknowledgement go.
constexpr Row kReadingTwoFullSegments[] = {
    {"@320 . 2001:3001(1000) ack 1", kSegmentTextTaken, kEstablished},
    {"recv", kRecvBytes, kEstablished, "", "3000"},
    {". 3001:4001(1000) ack 1", kSegmentTextTaken, kEstablished},
    {"recv 1", kRecvBytes, kEstablished, ". 1:1(0) ack 4001", "1", kRecvAcks},
};
// More than one full segment is owed an acknowledgement: even finding the end of file lets it go.
constexpr Row kReadingNothingSendsWhatIsOwed[] = {
    {"@320 . 2001:3001(1000) ack 1", kSegmentTextTaken, kEstablished},
    {"recv", kRecvBytes, kEstablished, "", "3000"},
    {"F. 3001:3001(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"recv", kRecvEof, kCloseWait, ". 1:1(0) ack 3002", "0", kRecvAcks},
};
// S-04: a FIN joins the text whose acknowledgement is owed already.
constexpr Row kFinJoinsTheDelayedAck[] = {
    {"@320 P. 2001:2101(100) ack 1", kSegmentTextTaken, kEstablished},
    {"@340 F. 2101:2101(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"@360 timer", kTimerDelayedAck, kCloseWait, ". 1:1(0) ack 2102"},
};

// S-75: the left edge is RCV.WUP, not RCV.NXT.
constexpr Row kLeftEdgeIsRcvWup[] = {
    {"@320 P. 2001:2101(100) ack 1", kSegmentTextTaken, kEstablished},
    {". 2050:2050(0) ack 1", kSegmentAckDuplicate, kEstablished},
    {". 2000:2000(0) ack 1", kSegmentSequenceBeforeWindow, kEstablished, ". 1:1(0) ack 2101"},
};

// Half the old delay and the gap: 20 + 30 ms. Doubled when it expires; then half of 100 and 80 ms,
// more than the round trip.
constexpr Row kDelayFollowsThePace[] = {
    {"@330 P. 2001:2101(100) ack 1", kSegmentTextTaken, kEstablished},
    {"@380 timer", kTimerDelayedAck, kEstablished, ". 1:1(0) ack 2101"},
    {"@410 P. 2101:2201(100) ack 1", kSegmentTextTaken, kEstablished},
    {"@512 timer", kTimerDelayedAck, kEstablished, ". 1:1(0) ack 2201"},
};

// Seen on a running 6.18.44: on a connection without text the acknowledgement of a FIN does not
// wait for the tick once any other segment comes, here a pure ACK that the FIN had overtaken.
constexpr Row kNextSegmentLetsTheAckOfTheFinGo[] = {
    {"@49 F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"@50 . 1:1(0) ack 1", kSegmentAckDuplicate, kCloseWait, ". 1:1(0) ack 2"},
};

// Whether the peer has paused longer than the time-out, 204 ms after a round trip of next to
// nothing, is told in jiffies: 207 ms are 51 of them, which is not longer. Seen on running kernels
// from 5.10 to 6.18.
constexpr Row kAPauseIsToldInJiffies[] = {
    {"@100 F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"+4 timer", kTimerDelayedAck, kCloseWait, ". 1:1(0) ack 2"},
    {"@207 F. -24:2(26) ack 1", kSegmentFinAdvances, kCloseWait},
};
constexpr Row kOneJiffyMoreIsAPause[] = {
    {"@100 F. 1:1(0) ack 1", kSegmentFinAdvances, kCloseWait},
    {"+4 timer", kTimerDelayedAck, kCloseWait, ". 1:1(0) ack 2"},
    {"@208 F. -24:2(26) ack 1", kSegmentFinAdvances, kCloseWait, ". 1:1(0) ack 3"},
};

constexpr Scenario kDelayedAckScenarios[] = {
    {.name = "APauseIsToldInJiffies", .rows = kAPauseIsToldInJiffies},
    {.name = "OneJiffyMoreIsAPause", .rows = kOneJiffyMoreIsAPause},
    {.name = "NextSegmentLetsTheAckOfTheFinGo", .rows = kNextSegmentLetsTheAckOfTheFinGo},
    {.name = "DelayedAfterQuickAcks", .rows = kDelayedAfterQuickAcks, .setup = kQuickAcksSpent},
    {.name = "DelayGrowsToTheRoundTrip",
     .rows = kDelayGrowsToTheRoundTrip,
     .setup = kQuickAcksSpent,
     .conditions = kLongRoundTrip},
    {.name = "EarlierDeadlineIsKept", .rows = kEarlierDeadlineIsKept, .setup = kQuickAcksSpent},
    {.name = "NearDeadlineIsNotWaitedFor",
     .rows = kNearDeadlineIsNotWaitedFor,
     .setup = kQuickAcksSpent},
    {.name = "QuickAcksAgainAfterAPause",
     .rows = kQuickAcksAgainAfterAPause,
     .setup = kQuickAcksSpent},
    {.name = "ReadingSendsTheDelayedAck",
     .rows = kReadingSendsTheDelayedAck,
     .setup = kQuickAcksSpent},
    {.name = "ReadingTwoFullSegments", .rows = kReadingTwoFullSegments, .setup = kQuickAcksSpent},
    {.name = "ReadingNothingSendsWhatIsOwed",
     .rows = kReadingNothingSendsWhatIsOwed,
     .setup = kQuickAcksSpent},
    {.name = "FinJoinsTheDelayedAck", .rows = kFinJoinsTheDelayedAck, .setup = kQuickAcksSpent},
    {.name = "LeftEdgeIsRcvWup", .rows = kLeftEdgeIsRcvWup, .setup = kQuickAcksSpent},
    {.name = "DelayFollowsThePace",
     .rows = kDelayFollowsThePace,
     .setup = kQuickAcksSpent,
     .conditions = kLongRoundTrip},
};

}  // namespace

std::span<const Scenario> DelayedAckScenarios() { return kDelayedAckScenarios; }

}  // namespace finwait::testing
