// SPDX-License-Identifier: Apache-2.0
#include "diff/target.h"

namespace finwait {

Target TargetOf(const Endpoint& end, const Connection& connection) {
  const Tcb& tcb = end.socket;
  Target t{.rcv_nxt = tcb.rcv_nxt,
           .rcv_wup = tcb.rcv_wup,
           .edge = tcb.RcvEdge(),
           .snd_una = tcb.snd_una,
           .snd_nxt = tcb.snd_nxt,
           .bytes_acked = tcb.bytes_acked,
           .ts_recent = tcb.ts_recent,
           .rto_ms = static_cast<uint32_t>(tcb.rto.rto.count() / 1000)};
  t.edge_known = tcb.rcv_nxt == connection.peer_next && !connection.options.window_scaling;
  if (end.entry == Entry::kTimewait) {
    t.rcv_nxt = t.rcv_wup = end.bucket.rcv_nxt;
    t.edge = end.bucket.rcv_nxt + end.bucket.rcv_wnd;
    t.ts_recent = end.bucket.ts_recent;
  }
  return t;
}

}  // namespace finwait
