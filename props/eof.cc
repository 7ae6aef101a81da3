// SPDX-License-Identifier: Apache-2.0
#include "props/eof.h"

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
  if (step.kind != StepKind::kCall || step.choice.op != Op::kRecv || !result.returned) return;
  if (result.error != Errno::kNone) return;
  Stream& peers = from_[Index(Peer(step.actor))];
  peers.read += result.bytes;
  if (result.bytes > 0 || !step.after.fin_taken) return;
  ruling_.Apply();
  if ((peers.fin_sent && peers.read == peers.fin - peers.first)) return;
  ruling_.Violate(step);
}

void DataBeforeEof::Mix(Hasher& hasher, Time) const {
  ruling_.Mix(hasher);
  for (const Stream& stream : from_) hasher.Add(stream.read, stream.fin_sent ? stream.fin.raw : 0);
}

}  // namespace finwait
