// SPDX-License-Identifier: Apache-2.0
//
// Words in which faults are told.
#ifndef FINWAIT_TESTS_FAULTS_BEND_H_
#define FINWAIT_TESTS_FAULTS_BEND_H_

#include "model/world/quirk.h"
#include "props/segments.h"

namespace finwait::testing {

inline bool Arrives(const QuirkStep& s) { return s.event.kind == EventKind::kSegment; }
inline bool Arrives(const QuirkStep& s, Flag flag) {
  return Arrives(s) && s.event.segment.Has(flag);
}
inline bool TimerFires(const QuirkStep& s) { return s.event.kind == EventKind::kTimer; }
inline bool IsIn(const QuirkStep& s, State state) { return StateOf(s.end) == state; }

inline bool EndsSending(const QuirkStep& s) { return finwait::EndsSending(s.event); }

// The event with another segment.
inline Event With(const QuirkStep& s, const Segment& segment) {
  Event event = s.event;
  event.segment = segment;
  return event;
}

// Segments for which `drops` is true do not leave.
template <typename Drops>
void DropSent(const QuirkStep& s, Drops drops) {
  auto& sent = s.out.sent;
  for (uint8_t i = 0; i < sent.count;) {
    if (drops(sent[i])) {
      sent.Erase(i);
    } else {
      ++i;
    }
  }
}

inline bool IsFin(const Segment& segment) { return segment.Has(kFin); }

// The socket is gone, in silence.
inline void Vanish(const QuirkStep& s) {
  Tcb& tcb = s.end.socket;
  tcb.state = State::kClosed;
  tcb.retransmit_at = tcb.delayed_ack_at = tcb.fin_wait_2_at = tcb.linger_at = kNever;
  tcb.sent.count = 0;
  tcb.write_seq = tcb.snd_nxt;
  tcb.shutdown = kRcvShutdown | kSendShutdown;
  s.end.entry = Entry::kNone;
}

// Another event right after the one handled: what both sent leaves, the later result counts.
inline void AndThen(const QuirkStep& s, const Event& event) {
  Effects more;
  Step(s.end, event, s.now, s.host, more);
  for (const Segment& segment : more.sent) s.out.Send(segment);
  s.out.rule = more.rule;
}

// The event as a kernel that differs in one thing handles it.
template <typename Change>
void AsKernel(const QuirkStep& s, Change change) {
  Host host = s.host;
  change(host);
  Step(s.end, s.event, s.now, host, s.out);
}

}  // namespace finwait::testing

#endif  // FINWAIT_TESTS_FAULTS_BEND_H_
