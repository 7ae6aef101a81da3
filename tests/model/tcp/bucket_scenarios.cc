// SPDX-License-Identifier: Apache-2.0
//
// A connection that lives on in a timewait bucket. Numbers such as S-01 are those of the scenarios
// in the reference of Linux's close path.
#include "tests/model/tcp/scenarios.h"
#include "tests/model/tcp/setups.h"

namespace finwait::testing {
namespace {

// S-60, RCV.NXT is 1; the bucket has a limiter of its own.
constexpr Row kAtBucketFinWait2[] = {
    {". 1:1(0) ack 2", kBucketFinWait2Ignored, kFinWait2},
    {"P 1:6(5)", kBucketFinWait2Ignored, kFinWait2},
    {". 0:0(0) ack 2", kBucketFinWait2Unacceptable, kFinWait2, ". 2:2(0) ack 1"},
    {"P. 64241:64251(10) ack 2", kBucketFinWait2Unacceptable, kFinWait2, ". 2:2(0) ack 1"},
    {". 64241:64241(0) ack 2", kBucketFinWait2Ignored, kFinWait2},
    {"R 5:5(0)", kBucketFinWait2Rst, kClosed},
    {"R 0:0(0)", kBucketFinWait2Unacceptable, kFinWait2, ". 2:2(0) ack 1"},
    {"S 1:1(0)", kBucketFinWait2Syn, kClosed, "R. @0:@0(0) ack 2 win 0"},
    {"S 0:0(0)", kBucketFinWait2Unacceptable, kFinWait2, ". 2:2(0) ack 1"},
    {"P. 1:11(10) ack 2", kBucketFinWait2TextResets, kClosed, "R 2:2(0) win 0"},
    {"FP. 1:4(3) ack 2", kBucketFinWait2TextResets, kClosed, "R 2:2(0) win 0"},
    {"F. 5:5(0) ack 2", kBucketFinWait2TextResets, kClosed, "R 2:2(0) win 0"},
    {"F. 1:1(0) ack 999", kBucketFinWait2Fin, kTimeWait, ". 2:2(0) ack 2"},
};
constexpr Row kBucketLimiter[] = {
    {". 0:0(0) ack 2", kBucketFinWait2Unacceptable, kFinWait2, ". 2:2(0) ack 1"},
    {"+400 . 70000:70000(0) ack 2", kBucketFinWait2Unacceptable, kFinWait2, "", "",
     kDuplicateAckLimited},
    {"R 0:0(0)", kBucketFinWait2Unacceptable, kFinWait2, "", "", kDuplicateAckLimited},
    {"+100 . 70000:70000(0) ack 2", kBucketFinWait2Unacceptable, kFinWait2, ". 2:2(0) ack 1"},
};
// The socket's limiter is not handed on.
constexpr Row kBucketStartsUnlimited[] = {
    {". 70000:70000(0) ack 1", kSegmentSequenceBeyondWindow, kFinWait1, ". 2:2(0) ack 1"},
    {". 1:1(0) ack 2", kFinWait1OrphanBecomesTimewait, kFinWait2},
    {". 70000:70000(0) ack 2", kBucketFinWait2Unacceptable, kFinWait2, ". 2:2(0) ack 1"},
};
// S-60, ten bytes were received before: RCV.NXT is 11.
constexpr Row kOldTextAtBucket[] = {
    {"P. 1:11(10) ack 2", kBucketFinWait2Unacceptable, kFinWait2, ". 2:2(0) ack 11"},
    {"P. 1:11(10) ack 2", kBucketFinWait2Unacceptable, kFinWait2, ". 2:2(0) ack 11"},
    {"FP. 1:11(10) ack 2", kBucketFinWait2Fin, kTimeWait, ". 2:2(0) ack 12"},
};

// S-61, each also restarts the 60 s or does not.
constexpr Row kFinAgainInTimeWait[] = {
    {"@1000 F. 1:1(0) ack 2", kTimeWaitReacks, kTimeWait, ". 2:2(0) ack 2"},
    {"@1100 F. 1:1(0) ack 2", kTimeWaitReacks, kTimeWait, ". 2:2(0) ack 2"},
    {"@61100 timer", kTimerTimeWait, kClosed},
};
constexpr Row kPureAckInTimeWait[] = {
    {"@1000 . 2:2(0) ack -7", kTimeWaitAckRestarts, kTimeWait},
    {"@61000 timer", kTimerTimeWait, kClosed},
};
constexpr Row kOldPureAckInTimeWait[] = {
    {"@1000 . 1:1(0) ack 2", kTimeWaitReacks, kTimeWait, ". 2:2(0) ack 2"},
    {"@1400 . 1:1(0) ack 2", kTimeWaitReacks, kTimeWait, "", "", kTimeWaitLimited},
    {"@1400 . 70000:70000(0) ack 2", kTimeWaitReacks, kTimeWait, "", "", kTimeWaitLimited},
    {"@1400 S. 100:100(0) ack 2", kTimeWaitReacks, kTimeWait, "", "", kTimeWaitLimited},
    {"@1500 . 70000:70000(0) ack 2", kTimeWaitReacks, kTimeWait, ". 2:2(0) ack 2"},
    {"@61500 timer", kTimerTimeWait, kClosed},
};
constexpr Row kRstInTimeWait[] = {
    {"R 1:1(0)", kTimeWaitRstIgnored, kTimeWait},
    {"R 3:3(0)", kTimeWaitRstIgnored, kTimeWait},
    {"R 2:2(0)", kTimeWaitRstKills, kClosed},
};
constexpr Row kRstRefusedInTimeWait[] = {
    {"@1000 R 2:2(0)", kTimeWaitRstRefused, kTimeWait},
    {"@60000 timer", kTimerTimeWait, kClosed},
};
constexpr Row kTextInTimeWait[] = {
    {"P. 2:12(10) ack 2", kTimeWaitReacks, kTimeWait, ". 2:2(0) ack 2"},
    {"P. 2:12(10) ack 2", kTimeWaitReacks, kTimeWait, ". 2:2(0) ack 2"},
    {"S -5:-5(0)", kTimeWaitReacks, kTimeWait, ". 2:2(0) ack 2"},
};
// A SYN at RCV.NXT itself is not new.
constexpr Row kSynAtRcvNxtInTimeWait[] = {
    {"S 2:2(0)", kTimeWaitReacks, kTimeWait, ". 2:2(0) ack 2"},
    {"S 2:2(0)", kTimeWaitReacks, kTimeWait, "", "", kTimeWaitLimited},
};
// Without ACK the 60 s go on.
constexpr Row kSynDoesNotRestartTimeWait[] = {
    {"@1000 S -5:-5(0)", kTimeWaitReacks, kTimeWait, ". 2:2(0) ack 2"},
    {"@60000 timer", kTimerTimeWait, kClosed},
};

// S-62 without a listener.
constexpr Row kNewSynInTimeWait[] = {
    {"S 100000:100000(0)", kTimeWaitSynAcked, kTimeWait, ". 2:2(0) ack 2"},
    {"S 100000:100000(0)", kTimeWaitSynAcked, kTimeWait, ". 2:2(0) ack 2"},
};

// S-63.
constexpr Row kNoBucketLeft[] = {
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {". 1:1(0) ack 2", kFinWait1FinAcknowledged, kFinWait2},
    {"F. 1:1(0) ack 2", kSegmentFinAdvances, kClosed, ". 2:2(0) ack 2", "", kTimewaitTableFull},
    {"recv", kRecvEof, kClosed, "", "0"},
    {"F. 1:1(0) ack 2", kClosedSegmentReset, kClosed, "R 2:2(0) win 0"},
};
constexpr Row kNoBucketLeftAfterClose[] = {
    {"close", kCloseSendsFin, kFinWait1, "F. 1:1(0) ack 1"},
    {". 1:1(0) ack 2", kFinWait1OrphanBecomesTimewait, kClosed, "", "", kTimewaitTableFull},
};

constexpr Scenario kBucketScenarios[] = {
    {.name = "AtBucketFinWait2",
     .rows = kAtBucketFinWait2,
     .each_row_afresh = true,
     .setup = kInBucketFinWait2},
    {.name = "BucketLimiter", .rows = kBucketLimiter, .setup = kInBucketFinWait2},
    {.name = "BucketStartsUnlimited", .rows = kBucketStartsUnlimited, .setup = kInOrphanFinWait1},
    {.name = "OldTextAtBucket", .rows = kOldTextAtBucket, .setup = kInBucketAfterText},
    {.name = "FinAgainInTimeWait", .rows = kFinAgainInTimeWait, .setup = kInTimeWait},
    {.name = "PureAckInTimeWait", .rows = kPureAckInTimeWait, .setup = kInTimeWait},
    {.name = "OldPureAckInTimeWait", .rows = kOldPureAckInTimeWait, .setup = kInTimeWait},
    {.name = "RstInTimeWait", .rows = kRstInTimeWait, .setup = kInTimeWait},
    {.name = "RstRefusedInTimeWait",
     .rows = kRstRefusedInTimeWait,
     .setup = kInTimeWait,
     .conditions = {.tcp_rfc1337 = true}},
    {.name = "TextInTimeWait", .rows = kTextInTimeWait, .setup = kInTimeWait},
    {.name = "SynDoesNotRestartTimeWait", .rows = kSynDoesNotRestartTimeWait, .setup = kInTimeWait},
    {.name = "SynAtRcvNxtInTimeWait", .rows = kSynAtRcvNxtInTimeWait, .setup = kInTimeWait},
    {.name = "NewSynInTimeWait", .rows = kNewSynInTimeWait, .setup = kInTimeWait},
    {.name = "NoBucketLeft", .rows = kNoBucketLeft, .conditions = {.tw_buckets_left = false}},
    {.name = "NoBucketLeftAfterClose",
     .rows = kNoBucketLeftAfterClose,
     .conditions = {.tw_buckets_left = false}},
};

}  // namespace

std::span<const Scenario> BucketScenarios() { return kBucketScenarios; }

}  // namespace finwait::testing
