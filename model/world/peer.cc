// SPDX-License-Identifier: Apache-2.0
#include "model/world/peer.h"

#include <array>

namespace finwait {
namespace {

// The memory is 1 + how far the first FIN's acknowledgement lies past the FIN.
void RepeatsOldAck(const QuirkStep& s) {
  s.AsLinux();
  for (Segment& segment : s.out.sent) {
    if (!segment.Has(kFin)) continue;
    if (s.memory == 0) s.memory = 1U + (segment.ack - segment.End());
    segment.ack = segment.End() + (s.memory - 1U);
  }
}

void NeverFins(const QuirkStep& s) {
  if (!EndsSending(s.event)) return s.AsLinux();
  s.Nothing();
  s.out.result = CallResult{.returned = true};
  s.end.socket.close_called |= s.event.kind == EventKind::kClose;
}

void IgnoresChallengeAcks(const QuirkStep& s) {
  const Segment& segment = s.event.segment;
  const bool plain = segment.flags == kAck && segment.len == 0;
  const bool news = After(segment.ack, s.end.socket.snd_una) || !s.end.socket.sent.Empty();
  if (s.event.kind == EventKind::kSegment && plain && !news) return s.Nothing();
  s.AsLinux();
}

void ClosesWindow(const QuirkStep& s) {
  s.AsLinux();
  for (Segment& segment : s.out.sent) segment.wnd = 0;
}

// What waits is text enough; else some is made up, so that the FIN never goes alone.
void FinWithText(const QuirkStep& s) {
  constexpr uint32_t kBytes = 10;
  Tcb& tcb = s.end.socket;
  const bool first = EndsSending(s.event) && !tcb.fin_queued && tcb.state != State::kClosed;
  if (first) tcb.write_seq = tcb.write_seq + kBytes;
  s.AsLinux();
}

// As if one number more were free.
void FinsPastWindow(const QuirkStep& s) {
  Tcb& tcb = s.end.socket;
  const bool first = EndsSending(s.event) && !tcb.fin_queued && !tcb.Waits();
  if (first && tcb.snd_nxt == tcb.WindowEnd()) ++tcb.snd_wnd;
  s.AsLinux();
}

// Once the user is gone, whatever arrives is answered by a reset.
void ResetsLate(const QuirkStep& s) {
  const bool gone = s.end.socket.close_called && s.end.entry != Entry::kNone;
  if (s.event.kind != EventKind::kSegment || !gone || s.event.segment.Has(kRst)) return s.AsLinux();
  s.AsLinux();
  if (s.end.entry == Entry::kNone) return;
  s.end.socket.state = State::kClosed;
  s.end.socket.retransmit_at = s.end.socket.delayed_ack_at = kNever;
  s.end.socket.fin_wait_2_at = s.end.socket.linger_at = kNever;
  s.end.entry = Entry::kNone;
  s.out.sent.count = 0;
  s.out.Send(Segment{.seq = s.event.segment.ack, .flags = kRst});
}

// The host loses its power at the first call that ends sending.
void GoesSilent(const QuirkStep& s) {
  if (s.memory == 0 && !EndsSending(s.event)) return s.AsLinux();
  s.memory = 1;
  s.Nothing();
  const bool call = s.event.kind != EventKind::kSegment && s.event.kind != EventKind::kTimer;
  s.out.result = CallResult{.returned = call};
  s.end.entry = Entry::kNone;
  s.end.socket = Tcb{};
  s.end.socket.close_called = true;
}

constexpr std::array kPeers = {
    Quirk{"repeats-old-ack",
          "Every copy of its FIN carries the first one's acknowledgement number.",
          "stacks that keep segments, not sequence space, to retransmit", true, RepeatsOldAck},
    Quirk{"never-fins", "close() and shutdown() send nothing; it goes on acknowledging.",
          "gvisor #6067, picotcp #34", true, NeverFins},
    Quirk{"ignores-challenge-acks", "It does not look at an acknowledgement that brings no news.",
          "firewalls and stacks before RFC 5961", true, IgnoresChallengeAcks},
    Quirk{"closes-window", "Every segment it sends offers a window of nothing, for ever.",
          "esp-idf #2425", true, ClosesWindow},
    Quirk{"fin-with-text", "Its FIN always comes in one segment with text.",
          "Zephyr #37842, ELKS #1005", true, FinWithText},
    Quirk{"fins-past-window", "It sends a bare FIN although the window is closed.",
          "the macOS peer of Linux 2bd99aef1b19", true, FinsPastWindow},
    Quirk{"resets-late", "Once closed it answers whatever arrives by a reset.",
          "NuttX #4022, OpenFastPath #88", true, ResetsLate},
    Quirk{"goes-silent", "The host is gone at the call that would end its sending.",
          "picotcp #483, exasock #50", true, GoesSilent},
};

}  // namespace

std::span<const Quirk> Peers() { return kPeers; }

const Quirk* FindPeer(std::string_view name) {
  for (const Quirk& peer : kPeers) {
    if (peer.name == name) return &peer;
  }
  return nullptr;
}

}  // namespace finwait
