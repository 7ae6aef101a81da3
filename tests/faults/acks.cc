// SPDX-License-Identifier: Apache-2.0
//
// Faults in acknowledging, in windows and in taking text.
#include <array>

#include "tests/faults/bend.h"
#include "tests/faults/fault.h"

namespace finwait::testing {
namespace {

bool Closing(const QuirkStep& s) {
  return IsIn(s, State::kFinWait1) || IsIn(s, State::kFinWait2) || IsIn(s, State::kClosing);
}

// The numbers of a pure acknowledgement from a socket, one too far.
void AckPastTheText(const QuirkStep& s) {
  const bool text = Arrives(s) && s.event.segment.len > 0 && !s.event.segment.Has(kFin);
  s.AsLinux();
  if (!text || s.end.entry != Entry::kSocket) return;
  for (Segment& segment : s.out.sent) {
    if (IsPureAck(segment)) segment.ack = segment.ack + 1U;
  }
}

// And stays so. The memory is the number past it.
void FinPastHoleAcknowledged(const QuirkStep& s) {
  const bool past = Arrives(s, kFin) && s.event.segment.len == 0 && s.end.entry == Entry::kSocket &&
                    After(s.event.segment.seq, s.end.socket.rcv_nxt);
  s.AsLinux();
  if (past) s.memory = s.event.segment.End().raw;
  if (s.memory == 0) return;
  for (Segment& segment : s.out.sent) {
    if (!segment.Has(kAck) || !Before(segment.ack, SeqNum{s.memory})) continue;
    segment.wnd = static_cast<uint16_t>(segment.wnd - (SeqNum{s.memory} - segment.ack));
    segment.ack = SeqNum{s.memory};
  }
}

void AckLate(const QuirkStep& s) {
  const Time before = s.end.socket.delayed_ack_at;
  s.AsLinux();
  Time& at = s.end.socket.delayed_ack_at;
  if (at != kNever && before == kNever) at += std::chrono::seconds(1);
}

void WindowHalved(const QuirkStep& s) {
  s.AsLinux();
  if (!Closing(s)) return;
  for (Segment& segment : s.out.sent) segment.wnd = static_cast<uint16_t>(segment.wnd / 2);
}

void ChallengesUnlimited(const QuirkStep& s) {
  s.end.socket.last_oow_ack = s.end.bucket.last_oow_ack = kNever;
  s.AsLinux();
}

// What an acknowledgement says is said again, whatever it was.
void AckAnsweredByAck(const QuirkStep& s) {
  const bool ack = Arrives(s) && IsPureAck(s.event.segment);
  s.AsLinux();
  const Tcb& tcb = s.end.socket;
  if (!ack || s.end.entry != Entry::kSocket || !s.out.sent.Empty()) return;
  if (tcb.state != State::kFinWait2 && tcb.state != State::kCloseWait) return;
  s.out.Send(Segment{.seq = tcb.snd_nxt,
                     .ack = tcb.rcv_nxt,
                     .wnd = static_cast<uint16_t>(tcb.RcvWindow()),
                     .flags = kAck});
}

void LateTextDropped(const QuirkStep& s) {
  const Segment& segment = s.event.segment;
  const bool closing = IsIn(s, State::kFinWait1) || IsIn(s, State::kFinWait2);
  const bool text = Arrives(s) && segment.len > 0 && !segment.Has(kFin);
  if (text && closing && s.end.entry == Entry::kSocket &&
      Before(segment.ack, s.end.socket.snd_una)) {
    return s.Nothing();
  }
  s.AsLinux();
}

void TextDroppedInFinWait2(const QuirkStep& s) {
  if (Arrives(s) && s.event.segment.len > 0 && IsIn(s, State::kFinWait2)) return s.Nothing();
  s.AsLinux();
}

void TextAcknowledgedAndDropped(const QuirkStep& s) {
  const bool text = Arrives(s) && s.event.segment.len > 0 && IsIn(s, State::kFinWait2);
  const bool unread = s.end.socket.copied_seq != s.end.socket.rcv_nxt;
  s.AsLinux();
  if (text && !unread && !s.end.socket.fin_received) s.end.socket.copied_seq = s.end.socket.rcv_nxt;
}

// Only of what comes in a hurry, so that its sender's timer has nothing to mend.
void AcksTheOldNumber(const QuirkStep& s) {
  s.AsLinux();
  for (Segment& segment : s.out.sent) {
    if (segment.len > 0 && !segment.Has(kFin) && s.memory > 1) segment.ack = segment.ack - 1U;
  }
  if (Arrives(s) && s.event.segment.len > 0) ++s.memory;
}

void OldTextReadAgain(const QuirkStep& s) {
  Tcb& tcb = s.end.socket;
  const Segment& segment = s.event.segment;
  const bool again = Arrives(s) && segment.len > 0 && IsIn(s, State::kEstablished) &&
                     AtOrBefore(segment.End(), tcb.rcv_nxt) && tcb.copied_seq == tcb.rcv_nxt;
  s.AsLinux();
  if (again && IsIn(s, State::kEstablished)) tcb.copied_seq = tcb.copied_seq - segment.len;
}

// As if numbers were numbers.
void NumbersDoNotWrap(const QuirkStep& s) {
  const Segment& segment = s.event.segment;
  const bool old = segment.End().raw < s.end.socket.rcv_nxt.raw;
  if (Arrives(s) && segment.Length() > 0 && s.end.entry == Entry::kSocket && old) {
    return s.Nothing();
  }
  s.AsLinux();
}

// Two ends close at once: the one with the lower number yields, and says so.
void LowerNumberPushes(const QuirkStep& s) {
  const bool fin = Arrives(s, kFin) && IsIn(s, State::kFinWait1);
  const bool lower = Before(s.end.socket.snd_nxt, s.end.socket.rcv_nxt);
  s.AsLinux();
  if (!fin || !lower) return;
  for (Segment& segment : s.out.sent) segment.flags |= kPsh;
}

void StampedTextRefused(const QuirkStep& s) {
  if (Arrives(s) && s.event.segment.len > 0 && s.event.segment.timestamps) return s.Nothing();
  s.AsLinux();
}

// As a keep-alive does, which the peer must answer.
void OldByteAnswersAcks(const QuirkStep& s) {
  const bool again = Arrives(s) && IsPureAck(s.event.segment) && IsIn(s, State::kFinWait1) &&
                     s.event.segment.ack == s.end.socket.snd_una && !s.end.socket.sent.Empty();
  s.AsLinux();
  if (!again || !IsIn(s, State::kFinWait1)) return;
  const Tcb& tcb = s.end.socket;
  s.out.Send(Segment{.seq = tcb.snd_una - 1U,
                     .ack = tcb.rcv_nxt,
                     .len = 1,
                     .wnd = static_cast<uint16_t>(tcb.RcvWindow()),
                     .flags = kAck});
}

void AcksAtOnce(const QuirkStep& s) {
  if (Arrives(s)) s.end.socket.ack.now = true;
  s.AsLinux();
}

constexpr std::array kAckFaults = {
    Fault{{"ack-past-the-text", "Text is acknowledged one number too far.", "gvisor #13401", false,
           AckPastTheText}},
    Fault{{"fin-past-hole-acknowledged", "A bare FIN past a hole is acknowledged.",
           "FreeBSD D30497", false, FinPastHoleAcknowledged}},
    Fault{{"ack-late", "A delayed acknowledgement comes a second later.", "no known stack", false,
           AckLate}},
    Fault{{"acks-at-once", "Whatever is taken is acknowledged at once, in a segment of its own.",
           "uIP; Linux with TCP_QUICKACK set before every call", false, AcksAtOnce},
          Around::kBothEnds},
    Fault{{"window-halved", "Once it has closed, an end offers half of its window.",
           "no known stack", false, WindowHalved}},
    Fault{{"challenges-unlimited", "Every wrong segment is answered, however many come.",
           "stacks before RFC 5961 7", false, ChallengesUnlimited}},
    Fault{{"ack-answered-by-ack", "In FIN-WAIT-2 and CLOSE-WAIT acknowledgements are acknowledged.",
           "smoltcp #29, esp-idf #2425, FreeBSD D30451", false, AckAnsweredByAck},
          Around::kBothEnds},
    Fault{{"late-text-dropped", "Text with an old acknowledgement number is discarded.",
           "Linux before 795a7dfbc3d9", false, LateTextDropped}},
    Fault{{"text-dropped-in-fin-wait-2", "Text is not looked at in FIN-WAIT-2.", "Zephyr #61181",
           false, TextDroppedInFinWait2}},
    Fault{{"text-acknowledged-and-dropped", "Text in FIN-WAIT-2 is acknowledged, never read.",
           "Zephyr #61181", false, TextAcknowledgedAndDropped}},
    Fault{{"acks-the-old-number", "Text is sent with an acknowledgement of all but one number.",
           "no known stack", false, AcksTheOldNumber}},
    Fault{{"old-text-read-again", "Text that comes twice is read twice.", "mTCP #11, f-stack #4",
           false, OldTextReadAgain}},
    Fault{{"numbers-do-not-wrap", "Sequence numbers are compared as if they never wrapped.",
           "a mistake of many first versions", false, NumbersDoNotWrap}},
    Fault{{"lower-number-pushes", "In a simultaneous close the end with the lower number sets PSH.",
           "no known stack", false, LowerNumberPushes}},
    Fault{{"stamped-text-refused", "Text that carries a timestamp is not looked at.",
           "no known stack", false, StampedTextRefused}},
    Fault{{"old-byte-answers-acks",
           "In FIN-WAIT-1 an acknowledgement without news is answered by "
           "the last byte acknowledged.",
           "keep-alives that answer each other, smoltcp #29", false, OldByteAnswersAcks}},
};

}  // namespace

std::span<const Fault> FaultsInAcks() { return kAckFaults; }

}  // namespace finwait::testing
