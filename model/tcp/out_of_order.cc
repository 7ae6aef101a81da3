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
// between them: it stays in the queue as long as anything it has become part of. And it matters
// where it reaches into the next: what becomes part of another covers nothing.
bool Joins(const Arrival& a, uint8_t i, uint8_t at, const OutOfOrder& item) {
  const Queue& queue = a.tcb.out_of_order;
  const OutOfOrder& before = queue[i];
  if (before.end != item.seq) return false;
  const bool reaches = at < queue.count && After(item.end, queue[at].seq);
  const bool sure = i + 1 == at && !reaches && before.fins == 0 && item.fins == 0;
  return sure || !Asks(a, kStaysApart);
}

// `item` belongs at `at`. Its place is looked for in a tree, from its root on; the shape of that
// says which of those before it are met on the way, the nearest always. What each has of it has
// come twice. Whether nothing of it is left to insert.
bool MeetsBefore(Arrival& a, uint8_t at, const OutOfOrder& item) {
  Queue& queue = a.tcb.out_of_order;
  // What lies past all that is queued is not looked for.
  const auto nearest = static_cast<uint8_t>(at == 0 ? 0 : at - 1);
  const bool past_all = at > 0 && at == queue.count && AtOrAfter(item.seq, queue[nearest].end);
  for (uint8_t i = past_all ? nearest : 0; i < at; ++i) {
    OutOfOrder& before = queue[i];
    if (AtOrAfter(item.seq, before.end)) {
      if (!Joins(a, i, at, item)) continue;
      before.end = item.end;
      before.fins = static_cast<uint8_t>(before.fins + item.fins);
      return true;
    }
    if (i != nearest && Asks(a, kStaysApart)) continue;
    if (AtOrBefore(item.end, before.end)) {
      a.out.Count(Counter::kTcpOfoMerge);
      ReportDuplicate(a, {item.seq, item.end});
      return true;
    }
    if (before.seq == item.seq) {
      ReportMoreDuplicate(a, {before.seq, before.end});
      a.out.Count(Counter::kTcpOfoMerge);
      before = item;
      MergeRight(a, i, item);
      return true;
    }
    ReportDuplicate(a, {item.seq, before.end});
  }
  return false;
}

void Enqueue(Arrival& a, const OutOfOrder& item) {
  Queue& queue = a.tcb.out_of_order;
  uint8_t at = 0;
  while (at < queue.count && AtOrBefore(queue[at].seq, item.seq)) ++at;
  if (MeetsBefore(a, at, item)) return;
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
