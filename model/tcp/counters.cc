// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "model/tcp/counter.h"

namespace finwait {
namespace {

constexpr std::string_view kTcp = "Tcp", kTcpExt = "TcpExt";

constexpr std::array kCounters = {
    CounterRow{Counter::kEstabResets, kTcp, "EstabResets"},
    CounterRow{Counter::kOutSegs, kTcp, "OutSegs"},
    CounterRow{Counter::kRetransSegs, kTcp, "RetransSegs"},
    CounterRow{Counter::kInErrs, kTcp, "InErrs"},
    CounterRow{Counter::kOutRsts, kTcp, "OutRsts"},
    CounterRow{Counter::kTw, kTcpExt, "TW"},
    CounterRow{Counter::kTwKilled, kTcpExt, "TWKilled"},
    CounterRow{Counter::kPawsEstab, kTcpExt, "PAWSEstab"},
    CounterRow{Counter::kPawsOldAck, kTcpExt, "PAWSOldAck"},
    CounterRow{Counter::kPawsTimewait, kTcpExt, "PAWSTimewait"},
    CounterRow{Counter::kBeyondWindow, kTcpExt, "BeyondWindow"},
    CounterRow{Counter::kDelayedAcks, kTcpExt, "DelayedACKs"},
    CounterRow{Counter::kDelayedAckLost, kTcpExt, "DelayedACKLost"},
    CounterRow{Counter::kTcpHpHits, kTcpExt, "TCPHPHits"},
    CounterRow{Counter::kTcpTimeouts, kTcpExt, "TCPTimeouts"},
    CounterRow{Counter::kTcpLossProbes, kTcpExt, "TCPLossProbes"},
    CounterRow{Counter::kTcpLossProbeRecovery, kTcpExt, "TCPLossProbeRecovery"},
    CounterRow{Counter::kTcpFastRetrans, kTcpExt, "TCPFastRetrans"},
    CounterRow{Counter::kTcpWinProbe, kTcpExt, "TCPWinProbe"},
    CounterRow{Counter::kTcpOrigDataSent, kTcpExt, "TCPOrigDataSent"},
    CounterRow{Counter::kTcpOfoQueue, kTcpExt, "TCPOFOQueue"},
    CounterRow{Counter::kTcpOfoMerge, kTcpExt, "TCPOFOMerge"},
    CounterRow{Counter::kTcpDsackOldSent, kTcpExt, "TCPDSACKOldSent"},
    CounterRow{Counter::kTcpZeroWindowDrop, kTcpExt, "TCPZeroWindowDrop"},
    CounterRow{Counter::kTcpAbortOnData, kTcpExt, "TCPAbortOnData"},
    CounterRow{Counter::kTcpAbortOnClose, kTcpExt, "TCPAbortOnClose"},
    CounterRow{Counter::kTcpAbortOnTimeout, kTcpExt, "TCPAbortOnTimeout"},
    CounterRow{Counter::kTcpAbortOnLinger, kTcpExt, "TCPAbortOnLinger"},
    CounterRow{Counter::kTcpTimeWaitOverflow, kTcpExt, "TCPTimeWaitOverflow"},
    CounterRow{Counter::kTcpChallengeAck, kTcpExt, "TCPChallengeACK"},
    CounterRow{Counter::kTcpSynChallenge, kTcpExt, "TCPSYNChallenge"},
    CounterRow{Counter::kTcpAckSkippedPaws, kTcpExt, "TCPACKSkippedPAWS"},
    CounterRow{Counter::kTcpAckSkippedSeq, kTcpExt, "TCPACKSkippedSeq"},
    CounterRow{Counter::kTcpAckSkippedFinWait2, kTcpExt, "TCPACKSkippedFinWait2"},
    CounterRow{Counter::kTcpAckSkippedTimeWait, kTcpExt, "TCPACKSkippedTimeWait"},
    CounterRow{Counter::kTcpAckSkippedChallenge, kTcpExt, "TCPACKSkippedChallenge"},
};

constexpr CounterRow kNoCounter{};

constexpr std::array kLeftOut = {
    CounterLeftOut{"InSegs", "counts what the peer sends, whatever comes of it"},
    CounterLeftOut{"CurrEstab", "a gauge, not a count"},
    CounterLeftOut{"ActiveOpens, PassiveOpens, AttemptFails, PAWSActive, TWRecycled, TCPSynRetrans",
                   "belong to the opening of a connection"},
    CounterLeftOut{"TCPAbortOnMemory, TCPAbortFailed, TCPRcvQDrop, TCPOFODrop, OfoPruned, "
                   "TCPRcvCoalesce, TCPRcvCollapsed, TCPAutoCorking",
                   "depend on memory"},
    CounterLeftOut{"TCPWantZeroWindowAdv, TCPToZeroWindowAdv, TCPFromZeroWindowAdv",
                   "depend on the size of our window"},
    CounterLeftOut{"TCPPureAcks, TCPHPAcks", "depend on the fast path of acknowledgements"},
    CounterLeftOut{"TCPDelivered, TCPLossFailures, TCPRenoFailures, TCPRenoRecovery, TCPLossUndo, "
                   "TCPSpuriousRTOs and others of congestion control",
                   "the model has no congestion control"},
    CounterLeftOut{"DelayedACKLocked, TCPBacklogDrop", "a call and a segment at the same time"},
    CounterLeftOut{"TCPDSACKRecv, TCPSACKDiscard and others of SACK options that arrive",
                   "peers here send none"},
    CounterLeftOut{"TCPDSACKOfoSent", "counts the items that a search of the tree of text passes"},
    CounterLeftOut{"TCPKeepAlive", "no keepalive here"},
};

constexpr bool RowsFollowTheEnum() {
  for (size_t i = 0; i < kCounters.size(); ++i) {
    if (Index(kCounters[i].id) != i + 1) return false;
  }
  return kCounters.size() == kCounterCount - 1;
}

static_assert(RowsFollowTheEnum(), "one row for every Counter but kNone, in its order");

}  // namespace

std::span<const CounterRow> Counters() { return kCounters; }

const CounterRow& RowOf(Counter counter) {
  return counter == Counter::kNone ? kNoCounter : kCounters[Index(counter) - 1];
}

std::span<const CounterLeftOut> CountersLeftOut() { return kLeftOut; }

}  // namespace finwait
