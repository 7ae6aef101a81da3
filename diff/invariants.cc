// SPDX-License-Identifier: Apache-2.0
#include "diff/invariants.h"

#include <array>

namespace finwait {
namespace {

using E = const Endpoint&;

bool SameSocket(E a, E b) { return a.entry == Entry::kSocket && b.entry == Entry::kSocket; }

bool QueueInOrder(const Tcb& tcb) {
  SeqNum end = tcb.snd_una;
  for (uint8_t i = 0; i < tcb.sent.count; ++i) {
    const SentSegment& segment = tcb.sent[i];
    // The first may be acknowledged in part.
    if (i > 0 && segment.seq != end) return false;
    if (!Before(segment.seq, segment.End())) return false;
    end = segment.End();
  }
  return tcb.sent.Empty() || (end == tcb.snd_nxt && Before(tcb.snd_una, tcb.sent[0].End()));
}

bool BeyondIsBeyond(const Tcb& tcb) {
  for (uint8_t i = 0; i < tcb.out_of_order.count; ++i) {
    if (!Before(tcb.rcv_nxt, tcb.out_of_order[i].end)) return false;
  }
  return true;
}

constexpr std::array<Invariant, kInvariantCount> kInvariants = {{
    {"SND.UNA does not go back",
     [](E a, E b) { return !SameSocket(a, b) || AtOrBefore(a.socket.snd_una, b.socket.snd_una); }},
    {"SND.UNA is not past SND.NXT",
     [](E, E b) {
       return b.entry != Entry::kSocket || AtOrBefore(b.socket.snd_una, b.socket.snd_nxt);
     }},
    {"nothing is sent that was not queued",
     [](E, E b) {
       return b.entry != Entry::kSocket || AtOrBefore(b.socket.snd_nxt, b.socket.write_seq);
     }},
    {"the retransmission queue is without gaps and ends at SND.NXT",
     [](E, E b) { return b.entry != Entry::kSocket || QueueInOrder(b.socket); }},
    {"RCV.NXT does not go back",
     [](E a, E b) { return !SameSocket(a, b) || AtOrBefore(a.socket.rcv_nxt, b.socket.rcv_nxt); }},
    {"nobody reads past RCV.NXT",
     [](E, E b) { return AtOrBefore(b.socket.copied_seq, b.socket.rcv_nxt); }},
    {"what waits out of order ends past RCV.NXT",
     [](E, E b) { return b.entry != Entry::kSocket || BeyondIsBeyond(b.socket); }},
    {"a FIN that was taken stays taken",
     [](E a, E b) { return !SameSocket(a, b) || !a.socket.fin_received || b.socket.fin_received; }},
    {"an orphan's user has called close()",
     [](E, E b) { return !b.socket.orphan || b.socket.close_called; }},
    {"a bucket is in FIN-WAIT-2 or TIME-WAIT",
     [](E, E b) {
       return b.entry != Entry::kTimewait || b.bucket.substate == State::kFinWait2 ||
              b.bucket.substate == State::kTimeWait;
     }},
    {"what is gone stays gone",
     [](E a, E b) {
       return a.entry != Entry::kNone || b.entry == Entry::kNone || b.entry == Entry::kRequest;
     }},
}};

}  // namespace

std::span<const Invariant> Invariants() { return kInvariants; }

std::optional<size_t> BrokenInvariant(const Endpoint& before, const Endpoint& after) {
  for (size_t i = 0; i < kInvariantCount; ++i) {
    if (!kInvariants[i].holds(before, after)) return i;
  }
  return std::nullopt;
}

}  // namespace finwait
