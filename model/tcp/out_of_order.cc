// SPDX-License-Identifier: Apache-2.0
//
// Text past a hole (Linux tcp_data_queue_ofo, tcp_ofo_queue). The queue is sorted by sequence
// number; what overlaps is kept, and reported as having come twice.
#include "model/tcp/arrival.h"

namespace finwait {
namespace {

using Queue = InlineList<OutOfOrder, 6>;

void Insert(Queue& queue, uint8_t at, const OutOfOrder& item) {
  queue.PushBack(item);
  for (auto i = static_cast<uint8_t>(queue.count - 1); i > at; --i) {
    queue[i] = queue[static_cast<uint8_t>(i - 1)];
  }
  queue[at] = item;
}

// What `item`, at `at`, covers of those behind it has come twice; what it covers whole leaves.
void MergeRight(Arrival& a, uint8_t at, const OutOfOrder& item) {
  Queue& queue = a.tcb.out_of_order;
  const auto next = static_cast<uint8_t>(at + 1);
  while (next < queue.count && After(item.end, queue[next].seq)) {
    if (Before(item.end, queue[next].end)) {
      return ReportMoreDuplicate(a, {queue[next].seq, item.end});
    }
    ReportMoreDuplicate(a, {queue[next].seq, queue[next].end});
    a.out.Count(Counter::kTcpOfoMerge);
    queue.Erase(next);
  }
}

// What continues a queued item becomes part of it, if there is room. That matters where a FIN is
// between them: it stays in the queue as long as anything it has become part of. Of two that end
// before it and reach into it, the shape of the tree says which is tried.
bool Joins(const Arrival& a, const OutOfOrder& before, const OutOfOrder& item, bool next) {
  if (before.end != item.seq) return false;
  const bool sure = next && before.fins == 0 && item.fins == 0;
  return sure || !Asks(a, kStaysApart);
}

void Enqueue(Arrival& a, const OutOfOrder& item) {
  Tcb& tcb = a.tcb;
  Queue& queue = tcb.out_of_order;
  uint8_t at = 0;
  while (at < queue.count && AtOrBefore(queue[at].seq, item.seq)) ++at;
  for (uint8_t i = 0; i < at; ++i) {
    if (!Joins(a, queue[i], item, i + 1 == at)) continue;
    queue[i].end = item.end;
    queue[i].fins = static_cast<uint8_t>(queue[i].fins + item.fins);
    return;
  }
  OutOfOrder* before = at > 0 ? &queue[static_cast<uint8_t>(at - 1)] : nullptr;
  if (before != nullptr && After(before->end, item.seq)) {
    if (AtOrBefore(item.end, before->end)) {
      a.out.Count(Counter::kTcpOfoMerge);
      return ReportDuplicate(a, {item.seq, item.end});
    }
    if (before->seq == item.seq) {
      ReportMoreDuplicate(a, {before->seq, before->end});
      a.out.Count(Counter::kTcpOfoMerge);
      *before = item;
      return MergeRight(a, static_cast<uint8_t>(at - 1), item);
    }
    ReportDuplicate(a, {item.seq, before->end});
  }
  if (queue.Full()) {
    a.out.bound = true;
    return;
  }
  Insert(queue, at, item);
  MergeRight(a, at, item);
}

}  // namespace

void TakeOutOfOrder(Arrival& a) {
  Tcb& tcb = a.tcb;
  a.out.Decide(RuleId::kSegmentTextOutOfOrder);
  a.out.Count(Counter::kTcpOfoQueue);
  tcb.ack.scheduled = true;
  if (a.host.kernel.out_of_order_mss == OutOfOrderMss::kMeasured) MeasureRcvMss(a, a.seg);
  // The window may grow, and growth is told at once (tcp_grow_window).
  const bool even = (tcb.ack.quick & 1U) == 0;
  if (tcb.options.sack && even && Asks(a, kReceiveSpaceGrows)) tcb.ack.quick |= 1U;
  Enqueue(a, {a.seg.seq, a.seg.End(), static_cast<uint8_t>(a.seg.Has(kFin) ? 1 : 0)});
  ReportOutOfOrder(tcb, {a.seg.seq, a.seg.End()});
}

// Text that waited for the hole to fill (tcp_ofo_queue). Filling it is acknowledged at once.
void DrainQueue(Arrival& a) {
  Tcb& tcb = a.tcb;
  if (tcb.out_of_order.Empty()) return;
  SeqNum twice = tcb.rcv_nxt;  // Below this, text has come twice.
  while (!tcb.out_of_order.Empty() && AtOrBefore(tcb.out_of_order[0].seq, tcb.rcv_nxt)) {
    const OutOfOrder head = tcb.out_of_order[0];
    tcb.out_of_order.Erase(0);
    if (Before(head.seq, twice)) {
      SeqNum end = twice;
      if (Before(head.end, twice)) {
        const bool too_far = a.host.kernel.drained_dsack == DrainedDsack::kUpToRcvNxt;
        (too_far ? twice : end) = head.end;
      }
      ReportMoreDuplicate(a, {head.seq, end});
    }
    if (AtOrBefore(head.end, tcb.rcv_nxt)) continue;
    if (head.fins > 0) NoteOldText(tcb, head.seq, head.FinNumber());
    tcb.rcv_nxt = head.end;
    a.out.Note(RuleId::kSegmentQueueDrained);
    if (head.fins > 0) {
      TakeFin(a, head.FinNumber());
      break;
    }
  }
  if (tcb.out_of_order.Empty()) tcb.ack.now = true;
}

}  // namespace finwait
