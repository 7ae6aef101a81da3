// SPDX-License-Identifier: Apache-2.0
//
// Faults in what calls return.
#include <array>

#include "tests/faults/bend.h"
#include "tests/faults/fault.h"

namespace finwait::testing {
namespace {

bool Reads(const QuirkStep& s) { return s.event.kind == EventKind::kRecv; }

void Returns(const QuirkStep& s, Errno error) {
  s.out.Clear();
  s.out.result = CallResult{.returned = true, .error = error};
}

void EofBeforeText(const QuirkStep& s) {
  if (Reads(s) && IsIn(s, State::kCloseWait)) return Returns(s, Errno::kNone);
  s.AsLinux();
}

void EofOnce(const QuirkStep& s) {
  s.AsLinux();
  const CallResult& result = s.out.result;
  if (!Reads(s) || result.error != Errno::kNone || result.bytes > 0) return;
  if (!s.end.socket.fin_received) return;
  if (s.memory != 0) Returns(s, Errno::kAgain);
  s.memory = 1;
}

void OneByteTooMany(const QuirkStep& s) {
  s.AsLinux();
  const bool all = s.end.socket.Readable() == 0 && s.out.result.bytes > 0;
  if (Reads(s) && all && s.end.socket.fin_received) ++s.out.result.bytes;
}

void HalfCloseDeaf(const QuirkStep& s) {
  const bool half = IsIn(s, State::kFinWait1) || IsIn(s, State::kFinWait2);
  if (Reads(s) && half && !s.end.socket.Shut(kRcvShutdown) && s.end.socket.Readable() > 0)
    return Returns(s, Errno::kAgain);
  s.AsLinux();
}

void SendAfterFin(const QuirkStep& s) {
  const bool shut = s.end.socket.Shut(kSendShutdown) && s.end.socket.fin_queued;
  s.AsLinux();
  if (s.event.kind == EventKind::kSend && shut) {
    s.out.result = CallResult{.returned = true, .bytes = s.event.amount};
  }
}

void ShutdownOfNothing(const QuirkStep& s) {
  s.AsLinux();
  if (s.event.kind == EventKind::kShutdown && s.end.entry == Entry::kNone) Returns(s, Errno::kNone);
}

void ResetReadsAsEof(const QuirkStep& s) {
  s.AsLinux();
  if (Reads(s) && s.out.result.error == Errno::kConnReset) Returns(s, Errno::kNone);
}

void ShutReadingAsksAgain(const QuirkStep& s) {
  const Tcb& tcb = s.end.socket;
  const bool shut = tcb.Shut(kRcvShutdown) && !tcb.fin_received && tcb.state != State::kClosed;
  s.AsLinux();
  if (Reads(s) && shut && s.out.result.bytes == 0) Returns(s, Errno::kAgain);
}

void LingerSleepsOn(const QuirkStep& s) {
  s.AsLinux();
  if (s.event.kind == EventKind::kClose && s.end.socket.lingering) {
    s.end.socket.linger_at += std::chrono::seconds(s.end.linger_s);
  }
}

void LingerReturnsAtOnce(const QuirkStep& s) {
  s.AsLinux();
  if (s.event.kind != EventKind::kClose || !s.end.socket.lingering) return;
  s.end.socket.lingering = false;
  s.end.socket.linger_at = kNever;
  s.end.socket.orphan = true;
  s.out.result = CallResult{.returned = true};
}

constexpr std::array kCallFaults = {
    Fault{{"eof-before-text", "recv() reports the end although text is left.", "ELKS #1005", false,
           EofBeforeText}},
    Fault{{"eof-once", "recv() reports the end once, then asks to try again.", "no known stack",
           false, EofOnce}},
    Fault{{"one-byte-too-many", "The FIN is handed out as a byte.", "TLDK #3, the other way round",
           false, OneByteTooMany}},
    Fault{{"half-close-deaf", "After shutdown(SHUT_WR) recv() finds nothing.", "no known stack",
           false, HalfCloseDeaf}},
    Fault{{"send-after-fin", "send() succeeds after shutdown().", "TLDK #7 and #10", false,
           SendAfterFin}},
    Fault{{"shutdown-of-nothing", "shutdown() of a connection that has ended succeeds.",
           "no known stack", false, ShutdownOfNothing}},
    Fault{{"reset-reads-as-eof", "A reset reads as the end of file.", "no known stack", false,
           ResetReadsAsEof}},
    Fault{{"shut-reading-asks-again", "After shutdown(SHUT_RD) recv() asks to try again.",
           "no known stack", false, ShutReadingAsksAgain}},
    Fault{{"linger-sleeps-on", "close() sleeps twice its SO_LINGER time.", "esp-lwip #84", false,
           LingerSleepsOn}},
    Fault{{"linger-returns-at-once", "close() with an SO_LINGER time does not wait.",
           "no known stack", false, LingerReturnsAtOnce}},
};

}  // namespace

std::span<const Fault> FaultsInCalls() { return kCallFaults; }

}  // namespace finwait::testing
