// SPDX-License-Identifier: Apache-2.0
//
// What every rule works on: one endpoint, the instant, its host, and the effects so far. Internal.
#ifndef FINWAIT_MODEL_TCP_CONTEXT_H_
#define FINWAIT_MODEL_TCP_CONTEXT_H_

#include "model/tcp/effects.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/event.h"
#include "model/tcp/profile.h"
#include "model/tcp/segment.h"
#include "model/tcp/time.h"

namespace finwait {

struct Context {
  Endpoint& end;
  Tcb& tcb;
  Time now;
  const Host& host;
  Effects& out;
  uint8_t memory = 0;  // As the event says.

  const Environment& Env() const { return host.environment; }
};

// Asks what only the host's memory can tell.
inline bool Asks(const Context& c, Memory what) {
  c.out.asked |= what;
  return (c.memory & what) != 0;
}

// The peer's FIN is counted in RCV.NXT, our own FIN is not yet acknowledged or not yet sent.
inline constexpr StateSet kPeerHasFinished =
    Of(State::kCloseWait, State::kClosing, State::kLastAck);

// --- segment_arrives.cc
void SegmentArrivesAtSocket(const Context& c, const Segment& seg);
void SegmentArrivesNowhere(const Context& c, const Segment& seg);

// --- paws.cc
bool FailsPaws(const TimewaitBucket& bucket, const Segment& seg, Time now);

// --- sack.cc
void ReportOutOfOrder(Tcb& tcb, SackBlock queued);
void ForgetAcknowledgedBlocks(Tcb& tcb);
void ReportDuplicate(const Context& c, SackBlock twice);
void ReportMoreDuplicate(const Context& c, SackBlock twice);
void WriteSack(Tcb& tcb, Segment& segment);

// --- challenge.cc: acknowledgements that answer a wrong segment, and their shared limiter.
bool RateLimited(Time& last_oow_ack, Time now, const Environment& env);

// --- fin.cc
void NoteOldText(Tcb& tcb, SeqNum begin, SeqNum fin_at);

// --- delayed_ack.cc
bool Interactive(const Context& c);
void EnterQuickAckMode(Tcb& tcb);
void MeasureRcvMss(const Context& c, const Segment& seg);
void NoteTextReceived(const Context& c, const Segment& seg);
void DecideAck(const Context& c);
void DelayedAckExpires(const Context& c);

// --- rtt.cc, timer.cc, recovery.cc, loss_probe.cc, window_probe.cc and fin_wait_2_timer.cc
void TakeRttSample(const Context& c, Duration rtt);
uint8_t RetriesMax(const Context& c, bool alive);
void ArmSendingTimer(const Context& c, Pending what, Duration delay);
void ArmRetransmit(const Context& c);
Duration RtoLeft(const Context& c);
void Rearm(const Context& c);
void SendingTimerExpires(const Context& c);
void RetransmitFirst(const Context& c);
void RecoveryAdvances(const Context& c, uint8_t acknowledged);
void RetransmitNextLost(const Context& c);
bool ScheduleLossProbe(const Context& c, bool advancing);
void LossProbeExpires(const Context& c);
void CheckWindowProbe(const Context& c);
void WindowAnswered(const Context& c);
void WindowProbeExpires(const Context& c);
Duration FinTime(const Context& c);
void ArmFinWait2(const Context& c, Duration timeout);
void FinWait2Expires(const Context& c);

// --- output.cc: what leaves.
void EmitAck(const Context& c);
void EmitActiveReset(const Context& c);
void ReplyReset(const Segment& seg, Effects& out);
enum class Nagle : bool { kOff, kOn };
bool NextFitsWindow(const Context& c);
void SendNext(const Context& c);
void PushPending(const Context& c, Nagle nagle);
void Retransmit(const Context& c, SentSegment& segment);
void EmitWindowProbe(const Context& c);
bool EmitIntoWindow(const Context& c);
void SendFin(const Context& c);

// --- time_wait.cc
void BecomeTimewait(const Context& c, State substate, Duration lifetime);
void SegmentArrivesAtBucket(const Context& c, const Segment& seg);
void BucketExpires(const Context& c);

// --- closed.cc: how a socket changes its state, and ends.
void SetState(const Context& c, State state);
void Done(const Context& c);
void ResetByPeer(const Context& c);

// --- user_call.cc and close.cc
void CallSend(const Context& c, uint16_t bytes);
void CallRecv(const Context& c, uint16_t bytes_max);
void CallShutdown(const Context& c, How how);
void CallClose(const Context& c);
bool SleeperMayWake(const Tcb& tcb);
void SleeperWakes(const Context& c);
void LingerExpires(const Context& c);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_CONTEXT_H_
