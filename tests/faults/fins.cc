// SPDX-License-Identifier: Apache-2.0
//
// Faults in sending and taking FINs.
#include <array>

#include "tests/faults/bend.h"
#include "tests/faults/fault.h"

namespace finwait::testing {
namespace {

void LateFinDropped(const QuirkStep& s) {
  AsKernel(s, [](Host& host) {
    host.kernel.old_ack_while_closing = OldAckWhileClosing::kDiscardsSegment;
  });
}

void FinWithTextRefused(const QuirkStep& s) {
  const bool both = Arrives(s, kFin) && s.event.segment.len > 0;
  if (both && IsIn(s, State::kFinWait2)) return s.Nothing();
  s.AsLinux();
}

void FinRidingOnTextForgotten(const QuirkStep& s) {
  Segment segment = s.event.segment;
  if (Arrives(s, kFin) && segment.len > 0 && IsIn(s, State::kEstablished)) segment.flags &= ~kFin;
  s.AsLinux(With(s, segment));
}

void FinBeforeHoleTaken(const QuirkStep& s) {
  Tcb& tcb = s.end.socket;
  const bool early =
      Arrives(s, kFin) && IsIn(s, State::kEstablished) && After(s.event.segment.seq, tcb.rcv_nxt);
  if (early) tcb.rcv_nxt = s.event.segment.seq;
  s.AsLinux();
}

void FinNotAcknowledged(const QuirkStep& s) {
  const bool fin = Arrives(s, kFin) && (IsIn(s, State::kFinWait1) || IsIn(s, State::kFinWait2));
  s.AsLinux();
  if (fin) DropSent(s, IsPureAck);
}

void SecondFinCounted(const QuirkStep& s) {
  const bool again = Arrives(s, kFin) && IsIn(s, State::kCloseWait);
  s.AsLinux();
  if (!again) return;
  s.end.socket.rcv_nxt = s.end.socket.rcv_nxt + 1U;
  for (Segment& segment : s.out.sent) segment.ack = s.end.socket.rcv_nxt;
}

void FinSentOnce(const QuirkStep& s) {
  s.AsLinux();
  if (TimerFires(s)) DropSent(s, IsFin);
}

void FinLeftOutOfRetransmission(const QuirkStep& s) {
  if (s.event.kind == EventKind::kSend) s.memory = 1;  // There was text.
  s.AsLinux();
  if (!TimerFires(s) || s.memory == 0) return;
  DropSent(s, [](const Segment& segment) { return segment.Has(kFin) && segment.len == 0; });
  for (Segment& segment : s.out.sent) segment.flags &= ~kFin;
}

void FinMovesOn(const QuirkStep& s) {
  s.AsLinux();
  if (!TimerFires(s)) return;
  for (Segment& segment : s.out.sent) {
    if (segment.Has(kFin)) segment.seq = segment.seq + 1U;
  }
}

// The right copy follows the wrong one.
void FinStutters(const QuirkStep& s) {
  if (s.event.kind == EventKind::kSend) s.memory = 1;  // There was text.
  s.AsLinux();
  if (!TimerFires(s) || s.out.sent.Empty() || !s.out.sent[0].Has(kFin) || s.memory != 0) return;
  s.out.Send(s.out.sent[0]);
  s.out.sent[0].seq = s.out.sent[0].seq - 1U;
}

void FinNeverSent(const QuirkStep& s) {
  const bool idle = EndsSending(s) && IsIn(s, State::kEstablished) && s.end.socket.sent.Empty();
  s.AsLinux();
  if (!idle) return;
  DropSent(s, IsFin);
  s.end.socket.retransmit_at = kNever;
  s.end.socket.sent.count = 0;
}

// Reading goes on until then. The memory: a call waits.
void FinWaitsForThePeers(const QuirkStep& s) {
  const bool waits = s.event.kind == EventKind::kShutdown &&
                     static_cast<How>(s.event.amount) == How::kWr && IsIn(s, State::kEstablished) &&
                     !s.end.socket.Shut(kRcvShutdown);
  if (waits) {
    s.Nothing();
    s.out.result = CallResult{.returned = true};
    s.memory = 1;
    s.end.socket.shutdown |= kSendShutdown;
    return;
  }
  const bool due = s.memory != 0 && !EndsSending(s) &&
                   (IsIn(s, State::kCloseWait) || s.event.kind == EventKind::kShutdown);
  s.AsLinux();
  if (EndsSending(s)) s.memory = 0;
  if (!due || s.end.entry != Entry::kSocket) return;
  s.memory = 0;
  AndThen(s, Event{.kind = EventKind::kShutdown, .amount = static_cast<uint16_t>(How::kWr)});
}

void FinOvertakesHeldText(const QuirkStep& s) {
  Tcb& tcb = s.end.socket;
  if (EndsSending(s) && !tcb.fin_queued) tcb.write_seq = tcb.snd_nxt;
  s.AsLinux();
}

void FinUnasked(const QuirkStep& s) {
  const bool reads = s.event.kind == EventKind::kRecv && IsIn(s, State::kCloseWait);
  s.AsLinux();
  if (!reads || s.out.result.bytes > 0) return;
  AndThen(s, Event{.kind = EventKind::kShutdown, .amount = static_cast<uint16_t>(How::kWr)});
}

void TextBehindTheFin(const QuirkStep& s) {
  s.AsLinux();
  if (!TimerFires(s) || s.out.sent.Empty() || !s.out.sent[0].Has(kFin)) return;
  constexpr uint32_t kPastAnyWindow = 70'000;  // Nobody takes it: the fault is in sending it.
  Segment more = s.out.sent[0];
  more.seq = more.End() + kPastAnyWindow;
  more.len = 1;
  more.flags = kAck;
  s.out.Send(more);
}

// The memory is 1 + how far the first copy's acknowledgement lay past the end's own FIN.
void CopiesKeepTheirAck(const QuirkStep& s) {
  s.AsLinux();
  for (Segment& segment : s.out.sent) {
    if (!segment.Has(kFin)) continue;
    if (s.memory == 0) s.memory = 1U + (segment.ack - segment.End());
    const SeqNum first = segment.End() + (s.memory - 1U);
    segment.wnd = static_cast<uint16_t>(segment.wnd + (segment.ack - first));
    segment.ack = first;
  }
}

// Text first, then the FIN in a segment of its own.
void FinAlwaysAlone(const QuirkStep& s) {
  s.AsLinux();
  const auto sent = s.out.sent;
  s.out.sent.count = 0;
  for (const Segment& segment : sent) {
    const bool both = segment.Has(kFin) && segment.len > 0;
    Segment text = segment;
    if (both) text.flags &= ~kFin;
    s.out.Send(text);
    if (!both) continue;
    Segment fin = segment;
    fin.seq = segment.TextEnd();
    fin.len = 0;
    s.out.Send(fin);
  }
}

void FailingSendTakesFin(const QuirkStep& s) {
  AsKernel(s, [](Host& host) { host.kernel.failing_send = FailingSend::kRemovesFin; });
}

void FinDroppedAtClosedWindow(const QuirkStep& s) {
  AsKernel(s, [](Host& host) { host.kernel.fin_at_zero_window = FinAtZeroWindow::kDropped; });
}

constexpr std::array kFinFaults = {
    Fault{{"late-fin-dropped", "A FIN with an old acknowledgement number is discarded.",
           "Linux before 795a7dfbc3d9", false, LateFinDropped}},
    Fault{{"fin-with-text-refused", "In FIN-WAIT-2 a FIN that comes with text is not looked at.",
           "Zephyr #37842", false, FinWithTextRefused}},
    Fault{{"fin-riding-on-text-forgotten", "The text of a segment is taken, its FIN is not.",
           "Linux 5.0 (1ba5555c70a6)", false, FinRidingOnTextForgotten}},
    Fault{{"fin-before-hole-taken", "A FIN past a hole is taken at once, the text before it lost.",
           "smoltcp #111", false, FinBeforeHoleTaken}},
    Fault{{"fin-not-acknowledged", "A FIN in FIN-WAIT-1 or FIN-WAIT-2 is taken in silence.",
           "SerenityOS 386912c01979", false, FinNotAcknowledged}},
    Fault{{"second-fin-counted", "A FIN that comes again moves RCV.NXT again.", "TLDK #7", false,
           SecondFinCounted}},
    Fault{{"fin-sent-once", "The FIN is never sent again.", "Zephyr #44507, FreeRTOS #274", false,
           FinSentOnce}},
    Fault{{"fin-left-out", "After text, retransmission does not know the FIN.",
           "Demikernel #203, ELKS #1145", false, FinLeftOutOfRetransmission}},
    Fault{{"fin-moves-on", "Each copy of the FIN has the next number.", "no known stack", false,
           FinMovesOn}},
    Fault{{"fin-stutters", "A copy of the FIN is preceded by one with the number before.",
           "no known stack", false, FinStutters}},
    Fault{{"fin-never-sent", "close() with nothing outstanding sends no FIN.",
           "picotcp #34, gvisor #6067", false, FinNeverSent}},
    Fault{{"fin-waits-for-the-peers", "shutdown() sends its FIN once the peer's has come.",
           "no known stack", false, FinWaitsForThePeers}},
    Fault{{"fin-overtakes-held-text", "The FIN takes the place of text that waits.",
           "no known stack", false, FinOvertakesHeldText}},
    Fault{{"fin-unasked", "A user who reads the end of file has closed as well.",
           "BSD-derived stacks in embedded use", false, FinUnasked}},
    Fault{{"text-behind-the-fin", "A retransmitted FIN is followed by a byte of text.",
           "no known stack", false, TextBehindTheFin}},
    Fault{{"copies-keep-their-ack", "A copy of the FIN has the first one's acknowledgement number.",
           "stacks that retransmit stored segments", false, CopiesKeepTheirAck}},
    Fault{{"fin-always-alone", "The FIN goes in a segment of its own, whatever text there is.",
           "uIP, whose FIN waits until all text is acknowledged", false, FinAlwaysAlone},
          Around::kBothEnds},
    Fault{{"failing-send-takes-fin", "A send() that fails frees a FIN that waits for window.",
           "Linux before cf12e6f91246", false, FailingSendTakesFin},
          Around::kSmallWindows},
    Fault{{"fin-dropped-at-closed-window", "A bare FIN at a closed window is dropped.",
           "Linux before 2bd99aef1b19", false, FinDroppedAtClosedWindow},
          Around::kPeerFinsPastWindow},
};

}  // namespace

std::span<const Fault> FaultsInFins() { return kFinFaults; }

}  // namespace finwait::testing
