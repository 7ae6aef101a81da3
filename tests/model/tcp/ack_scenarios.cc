// SPDX-License-Identifier: Apache-2.0
//
// What becomes of an acknowledgement number that does not advance SND.UNA. Numbers such as S-01 are
// those of the scenarios in the reference of Linux's close path.
#include "tests/model/tcp/scenarios.h"
#include "tests/model/tcp/setups.h"

namespace finwait::testing {
namespace {

// S-23.
constexpr Row kOldAckIsChallenged[] = {
    {". 1:1(0) ack 1", kSegmentAckOld, kFinWait2, ". 2:2(0) ack 1"},
    {"+400 . 1:1(0) ack 1", kSegmentAckOld, kFinWait2, "", "", kChallengeLimited},
};
constexpr Row kOldAckIsAccepted[] = {
    {". 1:1(0) ack 1", kSegmentAckOldAccepted, kFinWait2},
    {"+400 . 1:1(0) ack 1", kSegmentAckOldAccepted, kFinWait2},
};

// S-24.
constexpr Row kUnsentAckWhileClosing[] = {
    {". 1:1(0) ack 7", kSegmentAckUnsent, kFinWait1, ". 2:2(0) ack 1"},
    {". 1:1(0) ack 7", kSegmentAckUnsent, kFinWait1, "", "", kChallengeLimited},
};

// S-25.
constexpr Row kUnsentAckIsSilent[] = {
    {". 1:1(0) ack 7", kSegmentAckUnsent, kEstablished},
    {"P. 1:11(10) ack 7", kSegmentAckUnsent, kEstablished},
    {"recv", kRecvNothing, kEstablished, "", "EAGAIN"},
};
constexpr Row kUnsentAckIsChallenged[] = {
    {". 1:1(0) ack 7", kSegmentAckUnsent, kEstablished, ". 1:1(0) ack 1"},
    {"P. 1:11(10) ack 7", kSegmentAckUnsent, kEstablished, "", "", kChallengeLimited},
    {"recv", kRecvNothing, kEstablished, "", "EAGAIN"},
};

// S-26: nothing was ever acknowledged.
constexpr Row kNothingAcknowledgedYet[] = {
    {". 1:1(0) ack -100", kSegmentAckTooOld, kEstablished, ". 1:1(0) ack 1"},
    {"+600 P. 1:11(10) ack 0", kSegmentAckTooOld, kEstablished, ". 1:1(0) ack 1"},
    {"recv", kRecvNothing, kEstablished, "", "EAGAIN"},
};
constexpr Row kNothingAcknowledgedYetByWindow[] = {
    {". 1:1(0) ack -100", kSegmentAckOldIgnored, kEstablished},
    {"+600 P. 1:11(10) ack 0", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11", "",
     kSegmentAckOldIgnored},
    {"recv", kRecvBytes, kEstablished, "", "10"},
    {"+600 . 11:11(0) ack -29199", kSegmentAckOldIgnored, kEstablished},
    {"+600 . 11:11(0) ack -29200", kSegmentAckTooOld, kEstablished, ". 1:1(0) ack 11"},
};

// S-27: what was acknowledged may be acknowledged again, and no more.
constexpr Row kLimitIsWhatWasAcknowledged[] = {
    {"send 50", kSendTransmits, kEstablished, "P. 1:51(50) ack 1"},
    {". 1:1(0) ack 51", kSegmentAckAdvances, kEstablished},
    {". 1:1(0) ack 1", kSegmentAckOldIgnored, kEstablished},
    {". 1:1(0) ack 0", kSegmentAckTooOld, kEstablished, ". 51:51(0) ack 1"},
};
constexpr Row kSynCountsAsAcknowledged[] = {
    {"send 50", kSendTransmits, kEstablished, "P. 1:51(50) ack 1"},
    {". 1:1(0) ack 51", kSegmentAckAdvances, kEstablished},
    {". 1:1(0) ack 0", kSegmentAckOldIgnored, kEstablished},
    {". 1:1(0) ack -1", kSegmentAckTooOld, kEstablished, ". 51:51(0) ack 1"},
};
constexpr Row kLimitIsTheWindowAlone[] = {
    {"send 50", kSendTransmits, kEstablished, "P. 1:51(50) ack 1"},
    {". 1:1(0) ack 51", kSegmentAckAdvances, kEstablished},
    {". 1:1(0) ack 1", kSegmentAckOldIgnored, kEstablished},
    {". 1:1(0) ack 0", kSegmentAckOldIgnored, kEstablished},
};

// S-28.
constexpr Row kTooOldInFinWait2[] = {
    {". 1:1(0) ack 0", kSegmentAckTooOld, kFinWait2, ". 2:2(0) ack 1"},
    {"F. 1:1(0) ack 0", kSegmentAckTooOld, kFinWait2, "", "", kChallengeLimited},
};

// S-29: in ESTABLISHED every kernel takes a FIN with an old number. The ACK leaves on the next
// tick.
constexpr Row kOldAckFinInEstablished[] = {
    {"F. 1:1(0) ack 5", kSegmentFinAdvances, kCloseWait, "", "", kSegmentAckOldIgnored},
    {"+4 timer", kTimerDelayedAck, kCloseWait, ". 11:11(0) ack 2"},
};
constexpr Row kTooOldFinInEstablished[] = {
    {"F. 1:1(0) ack 0", kSegmentAckTooOld, kEstablished, ". 11:11(0) ack 1"},
};
constexpr Row kTooOldFinByWindowAlone[] = {
    {"F. 1:1(0) ack 0", kSegmentFinAdvances, kCloseWait, "", "", kSegmentAckOldIgnored},
};

// S-30: SND.UNA is 11 and our FIN, where it was sent, is 11.
constexpr Row kSentThenCloseWait[] = {
    {"send 10", kSendTransmits, kEstablished, "P. 1:11(10) ack 1"},
    {". 1:1(0) ack 11", kSegmentAckAdvances, kEstablished},
    {"F. 1:1(0) ack 11", kSegmentFinAdvances, kCloseWait},
};
constexpr Row kSentThenLastAck[] = {
    {"send 10", kSendTransmits, kEstablished, "P. 1:11(10) ack 1"},
    {". 1:1(0) ack 11", kSegmentAckAdvances, kEstablished},
    {"F. 1:1(0) ack 11", kSegmentFinAdvances, kCloseWait},
    {"shutdown wr", kShutdownSendsFin, kLastAck, "F. 11:11(0) ack 2"},
};
constexpr Row kSentThenClosing[] = {
    {"send 10", kSendTransmits, kEstablished, "P. 1:11(10) ack 1"},
    {". 1:1(0) ack 11", kSegmentAckAdvances, kEstablished},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 11:11(0) ack 1"},
    {"F. 1:1(0) ack 11", kSegmentFinAdvances, kClosing, ". 12:12(0) ack 2"},
};
constexpr Row kOldAckInCloseWaitIsChallenged[] = {
    {". 2:2(0) ack 5", kSegmentAckOld, kCloseWait, ". 11:11(0) ack 2"},
    {". 2:2(0) ack 5", kSegmentAckOld, kCloseWait, "", "", kChallengeLimited},
};
constexpr Row kOldAckInLastAckIsChallenged[] = {
    {". 2:2(0) ack 5", kSegmentAckOld, kLastAck, ". 12:12(0) ack 2"},
    {". 2:2(0) ack 5", kSegmentAckOld, kLastAck, "", "", kChallengeLimited},
};
constexpr Row kOldAckInClosingIsChallenged[] = {
    {". 2:2(0) ack 5", kSegmentAckOld, kClosing, ". 12:12(0) ack 2"},
    {". 2:2(0) ack 5", kSegmentAckOld, kClosing, "", "", kChallengeLimited},
};
constexpr Row kOldAckInCloseWaitIsAccepted[] = {
    {"+4 timer", kTimerDelayedAck, kCloseWait, ". 11:11(0) ack 2"},
    {". 2:2(0) ack 5", kSegmentAckOldAccepted, kCloseWait},
};
constexpr Row kOldAckInLastAckIsAccepted[] = {
    {". 2:2(0) ack 5", kSegmentAckOldAccepted, kLastAck},
};
constexpr Row kOldAckInClosingIsAccepted[] = {
    {". 2:2(0) ack 5", kSegmentAckOldAccepted, kClosing},
};

// S-31.
constexpr Row kWithoutAck[] = {
    {"F 1:1(0)", kSegmentFlagsNone, kFinWait2},
    {"P 1:6(5)", kSegmentFlagsNone, kFinWait2},
    {"- 1:1(0)", kSegmentFlagsNone, kFinWait2},
};

// A window that shrank below SND.NXT shows in the number of our ACKs, which is then the window's
// edge. SND.WL1 keeps an old segment from changing the window, and a segment at SND.WL1 from
// shrinking it.
constexpr Row kWindowUpdates[] = {
    {"send 1000", kSendTransmits, kEstablished, "P. 1:1001(1000) ack 1"},
    {"P. 1:11(10) ack 1 win 900", kSegmentTextTaken, kEstablished, ". 1001:1001(0) ack 11"},
    {"P. 11:21(10) ack 1 win 500", kSegmentTextTaken, kEstablished, ". 501:501(0) ack 21"},
    {"P. 5:21(16) ack 1 win 2000", kSegmentTextOld, kEstablished, ". 501:501(0) ack 21"},
    {". 21:21(0) ack 1 win 800", kSegmentAckDuplicate, kEstablished},
    {"P. 21:31(10) ack 1 win 700", kSegmentTextTaken, kEstablished, ". 801:801(0) ack 31"},
    {"P. 21:31(10) ack 1 win 900", kSegmentTextOld, kEstablished, ". 901:901(0) ack 31"},
    {"P. 31:41(10) ack 1 win 5000", kSegmentTextTaken, kEstablished, ". 1001:1001(0) ack 41"},
    {"P. 25:41(16) ack 501 win 100", kSegmentTextOld, kEstablished, ". 601:601(0) ack 41", "",
     kSegmentAckAdvances},
};
constexpr Row kFinFillsTheWindow[] = {
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {"P. 11:21(10) ack 1 win 10", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 21"},
    {"send 9", kSendTransmits, kEstablished, "P. 1:10(9) ack 21"},
    {"shutdown wr", kShutdownSendsFin, kFinWait1, "F. 10:10(0) ack 21"},
};
constexpr Row kLimitIsTheLargestWindow[] = {
    {". 1:1(0) ack 1 win 60000", kSegmentAckDuplicate, kEstablished},
    {"P. 1:11(10) ack 1", kSegmentTextTaken, kEstablished, ". 1:1(0) ack 11"},
    {". 11:11(0) ack 1 win 100", kSegmentAckDuplicate, kEstablished},
    {". 11:11(0) ack -59999", kSegmentAckOldIgnored, kEstablished},
    {". 11:11(0) ack -60000", kSegmentAckTooOld, kEstablished, ". 1:1(0) ack 11"},
};

// Without SACK three duplicates tell a loss (RFC 5681 3.2). An acknowledgement of a part of what
// was outstanding then tells the next one (RFC 6582 3.2), with no more duplicates.
constexpr Row kDuplicatesTellALoss[] = {
    {"send 4000", kSendTransmits, kEstablished,
     "P. 1:1001(1000) ack 1 | P. 1001:2001(1000) ack 1 | P. 2001:3001(1000) ack 1 | "
     "P. 3001:4001(1000) ack 1"},
    {". 1:1(0) ack 1", kSegmentAckDuplicate, kEstablished},
    {". 1:1(0) ack 1", kSegmentAckDuplicate, kEstablished},
    {". 1:1(0) ack 1", kSegmentAckDuplicate, kEstablished, "P. 1:1001(1000) ack 1", "",
     kSegmentAckFastRetransmit},
    {". 1:1(0) ack 1", kSegmentAckDuplicate, kEstablished},
    {"+50 . 1:1(0) ack 1001", kSegmentAckAdvances, kEstablished, "P. 1001:2001(1000) ack 1"},
    {"+50 . 1:1(0) ack 4001", kSegmentAckAdvances, kEstablished},
};

constexpr Scenario kAckScenarios[] = {
    {.name = "OldAckIsChallenged",
     .rows = kOldAckIsChallenged,
     .setup = kInFinWait2,
     .on = Kernels::kDiscardOldAck},
    {.name = "OldAckIsAccepted",
     .rows = kOldAckIsAccepted,
     .setup = kInFinWait2,
     .on = Kernels::kAcceptOldAck},
    {.name = "UnsentAckWhileClosing", .rows = kUnsentAckWhileClosing, .setup = kInFinWait1},
    {.name = "UnsentAckIsSilent", .rows = kUnsentAckIsSilent},
    {.name = "UnsentAckIsChallenged",
     .rows = kUnsentAckIsChallenged,
     .on = Kernels::kChallengeUnsentAck},
    {.name = "NothingAcknowledgedYet", .rows = kNothingAcknowledgedYet},
    {.name = "NothingAcknowledgedYetByWindow",
     .rows = kNothingAcknowledgedYetByWindow,
     .on = Kernels::kLimitByWindowAlone},
    {.name = "LimitIsWhatWasAcknowledged", .rows = kLimitIsWhatWasAcknowledged},
    {.name = "SynCountsAsAcknowledged",
     .rows = kSynCountsAsAcknowledged,
     .conditions = {.opener = Opener::kActive}},
    {.name = "LimitIsTheWindowAlone",
     .rows = kLimitIsTheWindowAlone,
     .on = Kernels::kLimitByWindowAlone},
    {.name = "TooOldInFinWait2", .rows = kTooOldInFinWait2, .setup = kInFinWait2},
    {.name = "OldAckFinInEstablished", .rows = kOldAckFinInEstablished, .setup = kAfterSending},
    {.name = "TooOldFinInEstablished", .rows = kTooOldFinInEstablished, .setup = kAfterSending},
    {.name = "TooOldFinByWindowAlone",
     .rows = kTooOldFinByWindowAlone,
     .setup = kAfterSending,
     .on = Kernels::kLimitByWindowAlone},
    {.name = "OldAckInCloseWaitIsChallenged",
     .rows = kOldAckInCloseWaitIsChallenged,
     .setup = kSentThenCloseWait,
     .on = Kernels::kDiscardOldAck},
    {.name = "OldAckInLastAckIsChallenged",
     .rows = kOldAckInLastAckIsChallenged,
     .setup = kSentThenLastAck,
     .on = Kernels::kDiscardOldAck},
    {.name = "OldAckInClosingIsChallenged",
     .rows = kOldAckInClosingIsChallenged,
     .setup = kSentThenClosing,
     .on = Kernels::kDiscardOldAck},
    {.name = "OldAckInCloseWaitIsAccepted",
     .rows = kOldAckInCloseWaitIsAccepted,
     .setup = kSentThenCloseWait,
     .on = Kernels::kAcceptOldAck},
    {.name = "OldAckInLastAckIsAccepted",
     .rows = kOldAckInLastAckIsAccepted,
     .setup = kSentThenLastAck,
     .on = Kernels::kAcceptOldAck},
    {.name = "OldAckInClosingIsAccepted",
     .rows = kOldAckInClosingIsAccepted,
     .setup = kSentThenClosing,
     .on = Kernels::kAcceptOldAck},
    {.name = "WithoutAck", .rows = kWithoutAck, .each_row_afresh = true, .setup = kInFinWait2},
    {.name = "WindowUpdates", .rows = kWindowUpdates},
    {.name = "FinFillsTheWindow", .rows = kFinFillsTheWindow},
    {.name = "LimitIsTheLargestWindow",
     .rows = kLimitIsTheLargestWindow,
     .on = Kernels::kLimitByWindowAlone},
    {.name = "DuplicatesTellALoss", .rows = kDuplicatesTellALoss},
};

}  // namespace

std::span<const Scenario> AckScenarios() { return kAckScenarios; }

}  // namespace finwait::testing
