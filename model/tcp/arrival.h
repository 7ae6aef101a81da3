// SPDX-License-Identifier: Apache-2.0
//
// SEGMENT ARRIVES at a socket: what its checks work on, in the order of RFC 9293, 3.10.7.4.
// Internal.
#ifndef FINWAIT_MODEL_TCP_ARRIVAL_H_
#define FINWAIT_MODEL_TCP_ARRIVAL_H_

#include "model/tcp/context.h"

namespace finwait {

// How the acknowledgement number of an arriving segment was judged.
enum class AckVerdict : uint8_t { kNotLookedAt, kTooOld, kUnsent, kOld, kDuplicate, kAdvances };

// SEGMENT ARRIVES at a socket.
struct Arrival : Context {
  const Segment& seg;
  AckVerdict ack = AckVerdict::kNotLookedAt;
};

// Whether the next check sees the segment.
enum class Flow : uint8_t { kContinue, kStop };

// --- segment_arrives.cc
Flow ChallengeSyn(Arrival& a);

// --- prediction.cc and paws.cc
bool TakenByPrediction(Arrival& a);
Flow CheckPaws(Arrival& a);
void UpdateTsRecent(const Arrival& a);

// --- challenge.cc: acknowledgements that answer a wrong segment, and their shared limiter.
void SendDuplicateAck(const Arrival& a, Counter when_limited);
void SendChallengeAck(const Arrival& a);

// --- ack.cc and text.cc: the fifth, seventh and eighth check.
bool MayUpdateWindow(const Arrival& a);
Flow CheckAck(Arrival& a);
void AckByPrediction(Arrival& a);
Flow FinAcknowledged(Arrival& a);
Flow TextAfterShutdown(Arrival& a);
Flow TextPastFin(Arrival& a);
Flow TakeText(Arrival& a);

// --- out_of_order.cc and fin.cc
void TakeOutOfOrder(Arrival& a);
void DrainQueue(Arrival& a);
void TakeFin(Arrival& a, SeqNum fin_at);

// --- recovery.cc and loss_probe.cc
void CountDuplicateAck(const Arrival& a);
void ProcessLossProbeAck(const Arrival& a, bool plain_duplicate);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_ARRIVAL_H_
