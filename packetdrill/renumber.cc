// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "model/world/notation.h"
#include "packetdrill/write.h"

namespace finwait::pkt {
namespace {

constexpr uint16_t kReadAll = 65535;  // recv() of all there is.

// How far each side's numbers are moved.
struct Shift {
  uint32_t ours = 0, peers = 0;
};

Segment ArrivalIn(const Segment& segment, Shift by) {
  Segment moved = segment;
  moved.seq = segment.seq - by.peers;
  moved.ack = segment.Has(kAck) ? segment.ack - by.ours : SeqNum{};
  for (SackBlock& block : moved.sack) block = {block.begin - by.ours, block.end - by.ours};
  return moved;
}

// The number of a reset that answers a segment without ACK is a literal 0.
Segment DepartureIn(const Segment& segment, Shift by) {
  Segment moved = segment;
  const bool literal = segment.Has(kRst) && segment.Has(kAck) && segment.seq == SeqNum{};
  if (!literal) moved.seq = segment.seq - by.ours;
  moved.ack = segment.Has(kAck) ? segment.ack - by.peers : SeqNum{};
  moved.wnd = segment.wnd == 0 && !segment.Has(kRst) ? uint16_t{0} : kAnyWindow;
  for (SackBlock& block : moved.sack) block = {block.begin - by.peers, block.end - by.peers};
  return moved;
}

}  // namespace

Script Renumbered(const Script& script) {
  Script renumbered = script;
  const Shift by{.ours = script.connection.next.raw - 1U,
                 .peers = script.connection.peer_next.raw - 1U};
  renumbered.side = Side::kA;
  renumbered.connection.next = renumbered.connection.peer_next = SeqNum{1};
  renumbered.ends_at = Time{};
  bool closed = false;
  for (ScriptEvent& event : renumbered.events) {
    const bool arrives = event.event.kind == EventKind::kSegment;
    if (arrives) event.event.segment = ArrivalIn(event.event.segment, by);
    const bool reads_all = event.event.kind == EventKind::kRecv && event.event.amount == 0;
    if (reads_all) event.event.amount = kReadAll;
    event.label = arrives ? SegmentText(event.event.segment) : CallText(event.event);
    closed |= event.event.kind == EventKind::kClose;
    renumbered.ends_at = std::max(renumbered.ends_at, event.at);
    if (!event.expected.has_value()) continue;
    Expected& expected = *event.expected;
    if (closed || expected.state == State::kTimeWait) expected.state = State::kClosed;
    for (Departure& departure : expected.sent) {
      departure.segment = DepartureIn(departure.segment, by);
      renumbered.ends_at = std::max(renumbered.ends_at, departure.at);
    }
  }
  return renumbered;
}

}  // namespace finwait::pkt
