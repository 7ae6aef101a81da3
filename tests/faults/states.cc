// SPDX-License-Identifier: Apache-2.0
//
// Faults in changing states and in TIME-WAIT.
#include <array>

#include "tests/faults/bend.h"
#include "tests/faults/fault.h"

namespace finwait::testing {
namespace {

// The acknowledgement number of what arrives is raised to one that covers the FIN.
void AnyAckWillDo(const QuirkStep& s, State state) {
  Segment segment = s.event.segment;
  if (Arrives(s, kAck) && IsIn(s, state) && s.end.socket.fin_queued && !segment.Has(kRst)) {
    segment.ack = s.end.socket.snd_nxt;
  }
  s.AsLinux(With(s, segment));
}

void LastAckAnyAck(const QuirkStep& s) { AnyAckWillDo(s, State::kLastAck); }
void ClosingAnyAck(const QuirkStep& s) { AnyAckWillDo(s, State::kClosing); }
void FinWait1AnyAck(const QuirkStep& s) { AnyAckWillDo(s, State::kFinWait1); }

// A FIN that waits for window counts as acknowledged once everything sent is.
void UnsentFinAcknowledged(const QuirkStep& s) {
  Tcb& tcb = s.end.socket;
  const bool waits = Arrives(s, kAck) && IsIn(s, State::kFinWait1) && tcb.Waits() &&
                     s.event.segment.ack == tcb.snd_nxt;
  s.AsLinux();
  if (!waits || tcb.state != State::kFinWait1) return;
  tcb.state = State::kFinWait2;
  tcb.write_seq = tcb.snd_nxt;
  tcb.retransmit_at = kNever;
}

void NoTimeWaitAfterClosing(const QuirkStep& s) {
  const bool closing = IsIn(s, State::kClosing);
  s.AsLinux();
  if (closing && IsIn(s, State::kTimeWait)) s.end.entry = Entry::kNone;
}

void CloseWaitClosesAsFirst(const QuirkStep& s) {
  const bool passive = IsIn(s, State::kCloseWait);
  s.AsLinux();
  if (passive && IsIn(s, State::kLastAck)) s.end.socket.state = State::kFinWait1;
}

void SimultaneousCloseCut(const QuirkStep& s) {
  const bool first = IsIn(s, State::kFinWait1);
  s.AsLinux();
  if (!first || !IsIn(s, State::kClosing)) return;
  s.end.bucket = TimewaitBucket{.substate = State::kTimeWait,
                                .rcv_nxt = s.end.socket.rcv_nxt,
                                .snd_nxt = s.end.socket.snd_nxt,
                                .rcv_wnd = s.end.socket.RcvWindow()};
  s.end.bucket.expires_at = s.now + std::chrono::seconds(60);
  Vanish(s);
  s.end.entry = Entry::kTimewait;
}

void CloseInLastAckForgets(const QuirkStep& s) {
  const bool waits = s.event.kind == EventKind::kClose && IsIn(s, State::kLastAck);
  s.AsLinux();
  if (waits) Vanish(s);
}

void TimeWaitDeaf(const QuirkStep& s) {
  const bool again = Arrives(s, kFin) && IsIn(s, State::kTimeWait);
  s.AsLinux();
  if (again) DropSent(s, IsPureAck);
}

void TimeWaitShort(const QuirkStep& s) {
  const bool was = IsIn(s, State::kTimeWait);
  s.AsLinux();
  if (!was && IsIn(s, State::kTimeWait)) s.end.bucket.expires_at -= std::chrono::seconds(30);
}

void TimeWaitNotRestarted(const QuirkStep& s) {
  const bool was = IsIn(s, State::kTimeWait);
  const Time expires = s.end.bucket.expires_at;
  s.AsLinux();
  if (was && IsIn(s, State::kTimeWait)) s.end.bucket.expires_at = expires;
}

void TimeWaitEndsAtClose(const QuirkStep& s) {
  const bool was = IsIn(s, State::kTimeWait);
  s.AsLinux();
  if (was && s.event.kind == EventKind::kClose) s.end.entry = Entry::kNone;
}

void Rfc1337Ignored(const QuirkStep& s) {
  AsKernel(s, [](Host& host) { host.environment.tcp_rfc1337 = false; });
}

// The memory: a call that shut reading too, or close(), was made.
void TimeWaitForever(const QuirkStep& s) {
  const bool shuts =
      s.event.kind == EventKind::kShutdown && static_cast<How>(s.event.amount) != How::kWr;
  if (shuts || s.event.kind == EventKind::kClose) s.memory = 1;
  s.AsLinux();
  if (!IsIn(s, State::kTimeWait)) return;
  Time& expires = s.end.bucket.expires_at;
  if (s.memory == 0) {
    expires = kNever;
  } else if (expires == kNever) {
    expires = s.now + std::chrono::seconds(60);
  }
}

void OrphanForever(const QuirkStep& s) {
  s.AsLinux();
  if (IsIn(s, State::kFinWait2) && s.end.entry == Entry::kTimewait) {
    s.end.bucket.expires_at = kNever;
  }
}

void TimeWaitForgetsItsTimerAfterWrap(const QuirkStep& s) {
  constexpr Duration kWrap = std::chrono::hours(497 * 24);
  s.AsLinux();
  if (IsIn(s, State::kTimeWait) && SinceStart(s.now) > kWrap) s.end.bucket.expires_at = kNever;
}

constexpr std::array kStateFaults = {
    Fault{{"last-ack-any-ack", "Any acknowledgement ends LAST-ACK.", "smoltcp #470, Zephyr #70507",
           false, LastAckAnyAck}},
    Fault{{"closing-any-ack", "Any acknowledgement ends CLOSING.", "no known stack", false,
           ClosingAnyAck}},
    Fault{{"fin-wait-1-any-ack", "Any acknowledgement ends FIN-WAIT-1.", "gvisor #13401", false,
           FinWait1AnyAck}},
    Fault{{"unsent-fin-acknowledged", "A FIN that waits for window counts as acknowledged.",
           "gvisor #13401", false, UnsentFinAcknowledged},
          Around::kSmallWindows},
    Fault{{"no-time-wait-after-closing", "CLOSING ends in CLOSED.", "no known stack", false,
           NoTimeWaitAfterClosing}},
    Fault{{"close-wait-closes-as-first", "shutdown() in CLOSE-WAIT leads to FIN-WAIT-1.",
           "no known stack", false, CloseWaitClosesAsFirst}},
    Fault{{"simultaneous-close-cut",
           "A FIN in FIN-WAIT-1 leads to TIME-WAIT whatever it "
           "acknowledges.",
           "mirage-tcpip #489", false, SimultaneousCloseCut}},
    Fault{{"close-in-last-ack-forgets", "close() in LAST-ACK forgets the connection.",
           "NuttX #4022", false, CloseInLastAckForgets}},
    Fault{{"time-wait-deaf", "A FIN that comes again in TIME-WAIT is not acknowledged.",
           "Zephyr #46407, mptcp_net-next #181", false, TimeWaitDeaf}},
    Fault{{"time-wait-short", "TIME-WAIT lasts 30 s.", "no known stack", false, TimeWaitShort}},
    Fault{{"time-wait-not-restarted", "A FIN that comes again does not restart TIME-WAIT.",
           "no known stack", false, TimeWaitNotRestarted}},
    Fault{{"time-wait-ends-at-close", "close() ends TIME-WAIT.", "gvisor #3106", false,
           TimeWaitEndsAtClose}},
    Fault{{"rfc1337-ignored", "A reset ends TIME-WAIT although tcp_rfc1337 is set.", "RFC 1337",
           false, Rfc1337Ignored},
          Around::kRfc1337},
    Fault{{"time-wait-forever", "TIME-WAIT of a connection that was only half closed never ends.",
           "mirage-tcpip #489", false, TimeWaitForever}},
    Fault{{"orphan-forever", "An orphan in FIN-WAIT-2 has no timer.", "RFC 2525 2.17, BSD of 1995",
           false, OrphanForever},
          Around::kPeerNeverFins},
    Fault{{"timer-lost-after-wrap", "TIME-WAIT never ends after 497 days of uptime.", "KB2553549",
           false, TimeWaitForgetsItsTimerAfterWrap}},
};

}  // namespace

std::span<const Fault> FaultsInStates() { return kStateFaults; }

}  // namespace finwait::testing
