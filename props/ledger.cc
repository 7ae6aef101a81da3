// SPDX-License-Identifier: Apache-2.0
#include "props/ledger.h"

namespace finwait {
namespace {

void NoteCall(EndLedger& end, const StepRecord& step) {
  const CallResult& result = step.effects.result;
  const bool fine = result.returned && result.error == Errno::kNone;
  switch (step.choice.op) {
    case Op::kSend:
      if (fine) end.accepted += result.bytes;
      return;
    case Op::kRecv:
      if (fine) end.read += result.bytes;
      return;
    case Op::kShutdown: {
      const auto how = static_cast<How>(step.choice.extra);
      end.send_shut |= fine && how != How::kRd;
      end.recv_shut |= how != How::kWr;
      return;
    }
    case Op::kClose:
      end.close_called = true;
      end.close_returned = result.returned;
      return;
    default:
      return;
  }
}

void NoteSent(EndLedger& end, const Segment& segment) {
  if (segment.Has(kRst)) {
    end.reset_sent = true;
    return;
  }
  if (segment.Has(kFin) && !end.fin_sent) {
    end.fin_sent = true;
    end.fin = segment.FinNumber();
  }
  end.sent_max = Later(end.sent_max, segment.End());
  if (!segment.Has(kAck)) return;
  end.acked = Later(end.acked, segment.ack);
  end.edge = segment.ack + segment.wnd;
}

}  // namespace

void Arrived::Add(SeqNum begin, SeqNum end) {
  if (!After(end, next)) return;
  uint8_t at = 0;
  while (at < beyond.count && Before(beyond[at].end, begin)) ++at;
  while (at < beyond.count && AtOrBefore(beyond[at].begin, end)) {
    if (Before(beyond[at].begin, begin)) begin = beyond[at].begin;
    end = Later(end, beyond[at].end);
    beyond.Erase(at);
  }
  if (AtOrBefore(begin, next)) {
    next = end;
    return;
  }
  if (beyond.Full()) {
    unsure = true;
    return;
  }
  beyond.PushBack({begin, end});
  for (auto i = static_cast<uint8_t>(beyond.count - 1); i > at; --i) {
    std::swap(beyond[i], beyond[static_cast<uint8_t>(i - 1)]);
  }
}

Ledger::Ledger(const PairSetup& setup) {
  for (const Side side : {Side::kA, Side::kB}) {
    EndLedger& end = ends[Index(side)];
    const SeqNum peers = setup[Peer(side)].next;
    end.first = end.sent_max = setup[side].next;
    end.acked = end.arrived.next = peers;
    end.edge = peers + setup[side].host.environment.rcv_buffer;
    end.may_shrink = setup[Peer(side)].Foreign();
    end.offered = end.first + setup[Peer(side)].host.environment.rcv_buffer;
  }
}

void Ledger::Note(const StepRecord& step) {
  if (step.kind == StepKind::kLost || step.kind == StepKind::kCopied) return;
  EndLedger& end = ends[Index(step.actor)];
  const bool slept = end.close_called && !end.close_returned;
  if (step.kind == StepKind::kCall) NoteCall(end, step);
  if (step.kind == StepKind::kArrival) {
    const Segment& segment = step.segment.segment;
    if (segment.Has(kRst)) {
      end.reset_came |= step.before.state != step.after.state;
    } else {
      end.arrived.Add(segment.seq, segment.End());
      const SeqNum edge = segment.ack + segment.wnd;
      if (segment.Has(kAck)) end.offered = end.may_shrink ? edge : Later(end.offered, edge);
    }
  }
  if (slept) end.close_returned = step.effects.result.returned;
  for (const Segment& segment : step.effects.sent) NoteSent(end, segment);
}

void Ledger::Mix(Hasher& hasher) const {
  for (const EndLedger& end : ends) {
    const bool flags[] = {end.send_shut, end.recv_shut,  end.close_called, end.close_returned,
                          end.fin_sent,  end.reset_sent, end.reset_came,   end.arrived.unsure};
    uint64_t bits = 0;
    for (const bool flag : flags) bits = bits << 1U | (flag ? 1U : 0U);
    hasher.Add(bits, uint64_t{end.accepted} << 32U | end.read);
    hasher.Add(end.fin.raw, end.sent_max.raw);
    hasher.Add(end.acked.raw, end.edge.raw);
    hasher.Add(end.offered.raw);
    hasher.Add(end.arrived.next.raw, end.arrived.beyond.count);
    for (const SackBlock& block : end.arrived.beyond) hasher.Add(block.begin.raw, block.end.raw);
  }
}

}  // namespace finwait
