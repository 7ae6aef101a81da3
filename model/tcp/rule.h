// SPDX-License-Identifier: Apache-2.0
//
// The named rules of the model. Names are stable: corpus files, causes and reports use them.
#ifndef FINWAIT_MODEL_TCP_RULE_H_
#define FINWAIT_MODEL_TCP_RULE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/tcp/counter.h"

namespace finwait {

enum class RuleId : uint8_t {
  kNone,
  // A segment arrives where no socket is.
  kClosedSegmentReset,
  kClosedRstIgnored,
  kClosedSegmentIgnored,
  kClosedSynOpens,
  // First to fourth check: flags, timestamp, sequence number, RST, SYN.
  kSegmentPredicted,
  kSegmentFlagsNone,
  kSegmentPaws,
  kSegmentPawsOldAck,
  kSegmentPawsDisorderedAck,
  kSegmentSequenceBeforeWindow,
  kSegmentSequenceBeyondWindow,
  kSegmentSequenceEndsBeyondWindow,
  kSegmentRstResets,
  kSegmentRstAtSackEdge,
  kSegmentRstChallenged,
  kSegmentRstIgnored,
  kSegmentSynChallenged,
  kChallengeLimited,
  kDuplicateAckLimited,
  // Fifth check: the ACK field.
  kSegmentAckTooOld,
  kSegmentAckUnsent,
  kSegmentAckOld,
  kSegmentAckOldAccepted,
  kSegmentAckOldIgnored,
  kSegmentAckDuplicate,
  kSegmentAckFastRetransmit,
  kSegmentAckAdvances,
  kFinWait1FinAcknowledged,
  kFinWait1OrphanBecomesTimewait,
  kFinWait1OrphanTextResets,
  kFinWait1Linger2Resets,
  kClosingFinAcknowledged,
  kLastAckFinAcknowledged,
  // Seventh: the segment text. Eighth: the FIN bit.
  kSegmentTextAfterShutdown,
  kSegmentTextPastFin,
  kSegmentTextTaken,
  kSegmentTextOld,
  kSegmentTextOutOfOrder,
  kSegmentTextBeyondWindow,
  kSegmentTextZeroWindow,
  kSegmentFinAtZeroWindow,
  kSegmentQueueDrained,
  kSegmentFinAdvances,
  kSegmentFinOldAckTaken,
  kTimewaitTableFull,
  // A segment arrives at a timewait bucket in FIN-WAIT-2 ...
  kBucketFinWait2Unacceptable,
  kBucketFinWait2Rst,
  kBucketFinWait2Syn,
  kBucketFinWait2Ignored,
  kBucketFinWait2TextResets,
  kBucketFinWait2Fin,
  // ... and in TIME-WAIT.
  kTimeWaitAckRestarts,
  kTimeWaitRstKills,
  kTimeWaitRstRefused,
  kTimeWaitSynAcked,
  kTimeWaitSynReopens,
  kTimeWaitRstIgnored,
  kTimeWaitReacks,
  kTimeWaitLimited,
  // User calls.
  kSendTransmits,
  kSendHeld,
  kSendFails,
  kSendRemovesFin,
  kRecvBytes,
  kRecvAcks,
  kRecvEof,
  kRecvNothing,
  kRecvFails,
  kShutdownSendsFin,
  kShutdownRepeats,
  kShutdownReceiveOnly,
  kShutdownNotConnected,
  kCloseSendsFin,
  kCloseAfterFin,
  kCloseUnreadResets,
  kCloseOldTextResets,
  kCloseLingerZeroResets,
  kCloseLingerZeroSilent,
  kCloseLingers,
  kCloseBecomesTimewait,
  kCloseLinger2Resets,
  kCloseReleases,
  kLingerReturns,
  // Timers.
  kTimerRetransmit,
  kTimerRetransmitGivesUp,
  kTimerLossProbe,
  kTimerWindowProbe,
  kTimerWindowProbeGivesUp,
  kTimerDelayedAck,
  kTimerTimeWait,
  kTimerBucketFinWait2,
  kTimerOrphanBecomesTimewait,
  kTimerOrphanResets,
  kTimerLinger,
  kCount,
};

inline constexpr size_t kRuleCount = static_cast<size_t>(RuleId::kCount);

struct Rule {
  RuleId id;
  std::string_view name;             // Stable and dotted: "segment.ack.old".
  std::string_view says;             // What happens, in a sentence.
  std::string_view rfc{};            // Where the RFCs say so, or speak of it.
  std::string_view function;         // The Linux function that does it.
  std::string_view drop_reason{};    // SKB_DROP_REASON_*, empty when none.
  Counter counter = Counter::kNone;  // MIB counter it moves, unless a limiter holds it back.
  std::string_view commit{};         // The commit where a change came, empty when none did.
  std::string_view set_by{};         // Of one that ends a wait: the setting that says how long.
  std::string_view avoid{};          // Of one that sends a RST: what a program does to avoid it.
};

// Every rule but kNone, in the order of RuleId.
std::span<const Rule> Rules();

const Rule& RuleOf(RuleId id);
constexpr size_t Index(RuleId id) { return static_cast<size_t>(id); }
std::string_view Name(RuleId id);

// The rule of that name, or kNone.
RuleId FindRule(std::string_view name);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RULE_H_
