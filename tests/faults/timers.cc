// SPDX-License-Identifier: Apache-2.0
//
// Faults in retransmission, probing and giving up.
#include <array>

#include "tests/faults/bend.h"
#include "tests/faults/fault.h"

namespace finwait::testing {
namespace {

// The timer of the sending side is gone while the connection is in this state.
void NoTimerIn(const QuirkStep& s, State state) {
  s.AsLinux();
  if (IsIn(s, state)) s.end.socket.retransmit_at = kNever;
}

void NoTimerInFinWait1(const QuirkStep& s) { NoTimerIn(s, State::kFinWait1); }
void NoTimerInClosing(const QuirkStep& s) { NoTimerIn(s, State::kClosing); }
void NoTimerInLastAck(const QuirkStep& s) { NoTimerIn(s, State::kLastAck); }

// The first of each episode.
void TimeOutsFourTimesAsLong(const QuirkStep& s) {
  Tcb& tcb = s.end.socket;
  const Time before = tcb.retransmit_at;
  s.AsLinux();
  if (tcb.pending != Pending::kRetransmit || tcb.retransmit_at == before) return;
  if (tcb.retransmit_at != kNever && tcb.rto.backoff == 0) tcb.retransmit_at += 3 * tcb.rto.rto;
}

// Only where a user waits for it.
void NeverGivesUp(const QuirkStep& s) {
  Tcb& tcb = s.end.socket;
  if (TimerFires(s) && !tcb.orphan && !tcb.Shut(kRcvShutdown)) {
    tcb.rto.retrans_stamp = kNever;
    tcb.rto.retransmits = 0;
  }
  s.AsLinux();
}

void GivesUpEarly(const QuirkStep& s) {
  constexpr uint8_t kRetransmissions = 3;
  s.AsLinux();
  if (TimerFires(s) && s.end.entry == Entry::kSocket &&
      s.end.socket.rto.retransmits > kRetransmissions) {
    s.out.sent.count = 0;
    Vanish(s);
  }
}

void ProbesLate(const QuirkStep& s) {
  Tcb& tcb = s.end.socket;
  const bool was = tcb.pending == Pending::kWindowProbe;
  s.AsLinux();
  if (!was && tcb.pending == Pending::kWindowProbe) tcb.retransmit_at += std::chrono::minutes(5);
}

void NeverProbes(const QuirkStep& s) {
  s.AsLinux();
  if (s.end.socket.pending == Pending::kWindowProbe) s.end.socket.retransmit_at = kNever;
}

// Each retransmission starts the count anew.
void OrphanNeverGivesUp(const QuirkStep& s) {
  Tcb& tcb = s.end.socket;
  if (TimerFires(s) && tcb.orphan) {
    tcb.rto.retrans_stamp = kNever;
    tcb.rto.retransmits = 0;
  }
  s.AsLinux();
}

constexpr std::array kTimerFaults = {
    Fault{{"no-timer-in-fin-wait-1", "The timer is stopped in FIN-WAIT-1.",
           "Zephyr #6836, utcp #27", false, NoTimerInFinWait1}},
    Fault{{"no-timer-in-closing", "The FIN is not retransmitted in CLOSING.", "smoltcp #1025",
           false, NoTimerInClosing}},
    Fault{{"no-timer-in-last-ack", "The FIN is not retransmitted in LAST-ACK.",
           "FreeBSD-SA-15:13, picotcp #10", false, NoTimerInLastAck}},
    Fault{{"time-outs-four-times-as-long", "Retransmission waits for four time-outs.",
           "no known stack", false, TimeOutsFourTimesAsLong}},
    Fault{{"never-gives-up", "Retransmission to a silent peer never ends.",
           "picotcp #483, NuttX #13823", false, NeverGivesUp},
          Around::kSilentPeer},
    Fault{{"gives-up-early", "Four retransmissions without an answer end the connection.",
           "no known stack", false, GivesUpEarly},
          Around::kSilentPeer},
    Fault{{"orphan-never-gives-up", "An orphan retransmits its FIN for ever.", "exasock #50", false,
           OrphanNeverGivesUp},
          Around::kSilentPeer},
    Fault{{"probes-late", "The first window probe comes five minutes late.", "no known stack",
           false, ProbesLate},
          Around::kSmallWindows},
    Fault{{"never-probes", "A closed window is not probed.", "a mistake of many first versions",
           false, NeverProbes},
          Around::kSmallWindows},
};

}  // namespace

std::span<const Fault> FaultsInTimers() { return kTimerFaults; }

}  // namespace finwait::testing
