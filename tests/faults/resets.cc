// SPDX-License-Identifier: Apache-2.0
//
// Faults in sending and taking resets.
#include <array>

#include "tests/faults/bend.h"
#include "tests/faults/fault.h"

namespace finwait::testing {
namespace {

void UnreadTextForgotten(const QuirkStep& s) {
  if (s.event.kind == EventKind::kClose) s.end.socket.copied_seq = s.end.socket.rcv_nxt;
  s.AsLinux();
}

void LingerZeroFins(const QuirkStep& s) {
  const bool on = s.end.linger_on;
  s.end.linger_on = on && s.end.linger_s != 0;
  s.AsLinux();
  s.end.linger_on = on;
}

// What should be answered by a reset is acknowledged as if somebody read it.
void TextAfterCloseAcknowledged(const QuirkStep& s) {
  const Segment& segment = s.event.segment;
  TimewaitBucket& bucket = s.end.bucket;
  const bool text = Arrives(s) && segment.len > 0 && !segment.Has(kFin) &&
                    s.end.entry == Entry::kTimewait && IsIn(s, State::kFinWait2) &&
                    segment.seq == bucket.rcv_nxt && segment.len <= bucket.rcv_wnd;
  if (!text) return s.AsLinux();
  s.Nothing();
  bucket.rcv_nxt = segment.TextEnd();
  bucket.rcv_wnd -= segment.len;
  s.out.Send(Segment{.seq = bucket.snd_nxt,
                     .ack = bucket.rcv_nxt,
                     .wnd = static_cast<uint16_t>(bucket.rcv_wnd),
                     .flags = kAck});
}

void LateFinReset(const QuirkStep& s) {
  const bool late = Arrives(s, kFin) && IsIn(s, State::kFinWait2) && s.event.segment.len == 0 &&
                    s.end.entry == Entry::kTimewait && s.event.segment.seq == s.end.bucket.rcv_nxt;
  if (!late) return s.AsLinux();
  s.Nothing();
  s.end.entry = Entry::kNone;
  s.out.Send(Segment{.seq = s.event.segment.ack, .flags = kRst});
}

void LastAckAnswered(const QuirkStep& s) {
  const bool last = Arrives(s) && IsIn(s, State::kLastAck);
  s.AsLinux();
  const bool ended = last && s.end.entry == Entry::kNone && !s.event.segment.Has(kRst);
  if (ended) s.out.Send(Segment{.seq = s.event.segment.ack, .flags = kRst});
}

void ResetAcknowledgesTooMuch(const QuirkStep& s) {
  s.AsLinux();
  for (Segment& segment : s.out.sent) {
    if (segment.flags == (kRst | kAck)) segment.ack = segment.ack + 1U;
  }
}

void AnyResetInWindow(const QuirkStep& s) {
  Segment segment = s.event.segment;
  const Tcb& tcb = s.end.socket;
  const bool in = Before(tcb.rcv_nxt, segment.seq) && Before(segment.seq, tcb.RcvEdge());
  if (Arrives(s, kRst) && s.end.entry == Entry::kSocket && in) segment.seq = tcb.rcv_nxt;
  s.AsLinux(With(s, segment));
}

void ResetAnsweredByAck(const QuirkStep& s) {
  const Tcb& tcb = s.end.socket;
  if (!Arrives(s, kRst) || !IsIn(s, State::kCloseWait)) return s.AsLinux();
  s.Nothing();
  s.out.Send(Segment{.seq = tcb.snd_nxt, .ack = tcb.rcv_nxt, .wnd = 64240, .flags = kAck});
}

void ResetNotSeen(const QuirkStep& s) {
  if (Arrives(s, kRst) && IsIn(s, State::kCloseWait)) return s.Nothing();
  s.AsLinux();
}

void ClosedSilent(const QuirkStep& s) {
  if (Arrives(s) && s.end.entry == Entry::kNone) return s.Nothing();
  s.AsLinux();
}

void OldTextResets(const QuirkStep& s) {
  AsKernel(s, [](Host& host) { host.kernel.close_unread = CloseUnread::kOldTextBeforeFin; });
}

void PassiveCloseResets(const QuirkStep& s) {
  const bool passive = s.event.kind == EventKind::kClose && IsIn(s, State::kCloseWait);
  s.AsLinux();
  if (!passive || s.end.entry != Entry::kSocket) return;
  s.out.Send(
      Segment{.seq = s.end.socket.snd_nxt, .ack = s.end.socket.rcv_nxt, .flags = kRst | kAck});
}

constexpr std::array kResetFaults = {
    Fault{{"unread-text-forgotten", "close() with unread text sends a FIN.",
           "gvisor #1449, RFC 2525 2.16", false, UnreadTextForgotten}},
    Fault{{"linger-zero-fins", "close() with SO_LINGER 0 sends a FIN.", "esp-idf #10258", false,
           LingerZeroFins}},
    Fault{{"text-after-close-acknowledged", "Text for an orphan is acknowledged and lost.",
           "Zephyr #61181", false, TextAfterCloseAcknowledged}},
    Fault{{"late-fin-reset", "A FIN for an orphan in FIN-WAIT-2 is answered by a reset.",
           "OpenFastPath #88", false, LateFinReset}},
    Fault{{"last-ack-answered", "The last acknowledgement is answered by a reset.", "NuttX #4022",
           false, LastAckAnswered}},
    Fault{{"reset-acknowledges-too-much", "A reset acknowledges a number that never came.",
           "no known stack", false, ResetAcknowledgesTooMuch}},
    Fault{{"any-reset-in-window", "A reset anywhere in the window ends the connection.",
           "stacks before RFC 5961 3", false, AnyResetInWindow}},
    Fault{{"reset-answered-by-ack", "A reset in CLOSE-WAIT is answered by an acknowledgement.",
           "smoltcp #338", false, ResetAnsweredByAck}},
    Fault{{"reset-not-seen", "A reset in CLOSE-WAIT does nothing.", "no known stack", false,
           ResetNotSeen}},
    Fault{{"closed-silent", "A segment for no connection is not answered.", "gvisor #1153", false,
           ClosedSilent}},
    Fault{{"old-text-resets", "close() counts old text that came with a FIN as unread.",
           "Linux before 5f9238530970", false, OldTextResets}},
    Fault{{"passive-close-resets", "close() in CLOSE-WAIT sends its FIN and then a reset.",
           "OpenFastPath #88", false, PassiveCloseResets}},
};

}  // namespace

std::span<const Fault> FaultsInResets() { return kResetFaults; }

}  // namespace finwait::testing
