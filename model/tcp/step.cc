// SPDX-License-Identifier: Apache-2.0
#include "model/tcp/step.h"

#include <algorithm>

#include "model/tcp/context.h"

namespace finwait {
namespace {

void SegmentArrives(const Context& c, const Segment& seg) {
  switch (c.end.entry) {
    case Entry::kSocket:
      return SegmentArrivesAtSocket(c, seg);
    case Entry::kTimewait:
      return SegmentArrivesAtBucket(c, seg);
    case Entry::kNone:
      return SegmentArrivesNowhere(c, seg);
    case Entry::kRequest:
      c.out.bound = true;  // Another connection's story.
      return;
  }
}

// One timer: the earliest. Equal deadlines fire in the order of this list.
void TimerExpires(const Context& c) {
  const Time due = NextTimer(c.end);
  if (c.end.entry == Entry::kTimewait && c.end.bucket.expires_at == due) return BucketExpires(c);
  if (c.tcb.delayed_ack_at == due) return DelayedAckExpires(c);
  if (c.tcb.retransmit_at == due) return SendingTimerExpires(c);
  if (c.tcb.fin_wait_2_at == due) return FinWait2Expires(c);
  if (c.tcb.linger_at == due) return LingerExpires(c);
}

constexpr uint16_t kTimestampsSpace = 12;  // The option and its padding, in every header.

uint16_t MssOf(const Opening& opening, const Host& host) {
  const uint16_t mss = opening.mss != 0 ? opening.mss : host.environment.mss;
  return static_cast<uint16_t>(mss - (opening.options.timestamps ? kTimestampsSpace : 0));
}

// A first guess at the size of the peer's segments (tcp_initialize_rcv_mss).
uint16_t FirstRcvMss(const Opening& opening, const Host& host) {
  constexpr uint16_t kMssDefault = 536, kMssMin = 88;
  const uint16_t window = opening.window != 0 ? opening.window : host.environment.rcv_buffer;
  const uint16_t hint = std::min(MssOf(opening, host), static_cast<uint16_t>(window / 2));
  return std::max(std::min(hint, kMssDefault), kMssMin);
}

}  // namespace

Endpoint Established(const Opening& opening, const Host& host) {
  Endpoint endpoint;
  endpoint.entry = Entry::kSocket;
  Tcb& tcb = endpoint.socket;
  tcb.state = State::kEstablished;
  tcb.snd_una = tcb.snd_nxt = tcb.write_seq = tcb.snd_sml = tcb.usage_seq = opening.snd_nxt;
  tcb.options = opening.options;
  tcb.snd_wnd = uint32_t{opening.peer_window} << opening.options.snd_wscale;
  tcb.max_window = tcb.snd_wnd;
  tcb.snd_mss = MssOf(opening, host);
  tcb.ack.rcv_mss = FirstRcvMss(opening, host);
  tcb.ts_recent = opening.options.peer_tsval;
  tcb.rcv_nxt = tcb.rcv_wup = tcb.copied_seq = opening.rcv_nxt;
  // The last segment of the handshake: the peer's SYN, or the ACK that followed it.
  tcb.snd_wl1 = opening.opener == Opener::kActive ? opening.rcv_nxt - 1U : opening.rcv_nxt;
  tcb.rcv_wnd = opening.window != 0 ? opening.window : host.environment.rcv_buffer;
  tcb.rcv_edge_max = tcb.RcvEdge();
  tcb.bytes_acked = opening.opener == Opener::kActive ? 1 : 0;
  tcb.rto.rtt_seq = opening.snd_nxt;
  Effects none;
  TakeRttSample(Context{endpoint, tcb, Time{}, host, none}, opening.rtt);
  return endpoint;
}

void Step(Endpoint& endpoint, const Event& event, Time now, const Host& host, Effects& out) {
  out.Clear();
  const Context c{endpoint, endpoint.socket, now, host, out, event.memory};
  switch (event.kind) {
    case EventKind::kSegment:
      return SegmentArrives(c, event.segment);
    case EventKind::kSend:
      return CallSend(c, event.amount);
    case EventKind::kRecv:
      return CallRecv(c, event.amount);
    case EventKind::kShutdown:
      return CallShutdown(c, static_cast<How>(event.amount));
    case EventKind::kClose:
      return CallClose(c);
    case EventKind::kWake:
      return SleeperWakes(c);
    case EventKind::kTimer:
      return TimerExpires(c);
  }
}

Time NextTimer(const Endpoint& endpoint) {
  if (endpoint.entry == Entry::kTimewait) return endpoint.bucket.expires_at;
  const Tcb& tcb = endpoint.socket;
  return std::min(std::min(tcb.delayed_ack_at, tcb.retransmit_at),
                  std::min(tcb.fin_wait_2_at, tcb.linger_at));
}

bool UserMayCall(const Endpoint& endpoint) { return !endpoint.socket.close_called; }

bool SleeperMayWake(const Endpoint& endpoint) { return SleeperMayWake(endpoint.socket); }

}  // namespace finwait
