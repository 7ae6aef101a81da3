// SPDX-License-Identifier: Apache-2.0
#include "props/eof.h"

#include "model/world/notation.h"
#include "props/segments.h"

namespace finwait {

void DataBeforeEof::Init(const PairSetup& setup) {
  for (const Side side : {Side::kA, Side::kB}) from_[Index(side)].first = setup[side].next;
}

void DataBeforeEof::Observe(const StepRecord& step) {
  Stream& mine = from_[Index(step.actor)];
  for (const Segment& segment : step.effects.sent) {
    if (!segment.Has(kFin) || mine.fin_sent) continue;
    mine.fin_sent = true;
    mine.fin = segment.FinNumber();
  }
  const CallResult& result = step.effects.result;
  if (!Calls(step, Op::kRecv) || !result.returned || result.error != Errno::kNone) return;
  Stream& peers = from_[Index(Peer(step.actor))];
  peers.read += result.bytes;
  if (result.bytes > 0 || !step.after.fin_taken) return;
  Judge(step, peers.fin_sent && peers.read >= peers.fin - peers.first);
}

void DataBeforeEof::Mix(Hasher& hasher, Time) const {
  ruling_.Mix(hasher);
  for (const Stream& stream : from_) hasher.Add(stream.read, stream.fin_sent ? stream.fin.raw : 0);
}

void BytesReadOnce::Observe(const StepRecord& step, const Ledger& before) {
  const CallResult& result = step.effects.result;
  if (!Calls(step, Op::kRecv) || !result.returned || result.bytes == 0) return;
  const EndLedger& end = before[step.actor];
  const EndLedger& peer = before[Peer(step.actor)];
  if (end.arrived.unsure) return;
  const bool fin = peer.fin_sent && After(end.arrived.next, peer.fin);
  const uint32_t arrived = (fin ? peer.fin : end.arrived.next) - peer.first;
  Judge(step, end.read + result.bytes <= arrived);
}

void FinGivesEof::Observe(const StepRecord& step, const Ledger& before) {
  if (!Calls(step, Op::kRecv) || !step.before.fin_taken) return;
  const EndLedger& peer = before[Peer(step.actor)];
  if (!peer.fin_sent || before[step.actor].read < peer.fin - peer.first) return;
  const CallResult& result = step.effects.result;
  Judge(step, result.returned && result.error == Errno::kNone);
}

void ResetIsNoEof::Observe(const StepRecord& step, const Ledger& before) {
  if (step.kind != StepKind::kCall) return;
  bool& told = told_[Index(step.actor)];
  const CallResult& result = step.effects.result;
  const EndLedger& end = before[step.actor];
  const bool reads = step.choice.op == Op::kRecv && end.reset_came && !step.before.fin_taken;
  if (reads && !told && result.bytes == 0) Judge(step, result.error != Errno::kNone);
  told |= end.reset_came && result.error != Errno::kNone;
}

void ResetIsNoEof::Mix(Hasher& hasher, Time) const {
  ruling_.Mix(hasher);
  hasher.Add((told_[0] ? 1U : 0U) | (told_[1] ? 2U : 0U));
}

std::string DataBeforeEof::Tells(const Counterexample& e) {
  const std::string eof = e.A() + "'s " + CallText(e.step->choice) + " reported the end of file";
  if (!e.Peers().fin_sent) return eof + " before " + e.B() + " had sent a FIN.";
  return eof + " after " + ByteCount(e.Own().read) + " of the " +
         std::to_string(e.Peers().fin - e.Peers().first) + " that " + e.B() +
         " had sent before its FIN.";
}

std::string BytesReadOnce::Tells(const Counterexample& e) {
  const EndLedger& own = e.Own();
  const bool fin = e.Peers().fin_sent && After(own.arrived.next, e.Peers().fin);
  const uint32_t arrived = (fin ? e.Peers().fin : own.arrived.next) - e.Peers().first;
  return e.A() + "'s " + CallText(e.step->choice) + " handed out " +
         ByteCount(e.step->effects.result.bytes) + ", though only " +
         ByteCount(arrived > own.read ? arrived - own.read : 0) +
         " had arrived without a hole and not been read.";
}

std::string FinGivesEof::Tells(const Counterexample& e) {
  return e.A() + "'s " + CallText(e.step->choice) + " " + ResultText(e.step->effects.result) +
         ", though " + e.B() + "'s FIN was taken and all before it read: the end of file is due.";
}

std::string ResetIsNoEof::Tells(const Counterexample& e) {
  return e.A() + "'s " + CallText(e.step->choice) + " " + ResultText(e.step->effects.result) +
         " as at an end of file, though " + e.B() +
         "'s reset had ended the connection and no call had told of it.";
}

}  // namespace finwait
