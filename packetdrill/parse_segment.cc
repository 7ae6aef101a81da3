// SPDX-License-Identifier: Apache-2.0
//
// `< FP. 1:11(10) ack 1 win 257 <nop,nop,TS val 5 ecr 7>`
#include <limits>

#include "packetdrill/cursor.h"

namespace finwait::pkt {
namespace {

constexpr int64_t kMax16 = std::numeric_limits<uint16_t>::max();
constexpr int64_t kMax32 = std::numeric_limits<uint32_t>::max();

uint16_t Take16(Cursor& cursor) { return static_cast<uint16_t>(cursor.TakeInteger(0, kMax16)); }
uint32_t Take32(Cursor& cursor) { return static_cast<uint32_t>(cursor.TakeInteger(0, kMax32)); }

uint8_t FlagOf(char letter) {
  switch (letter) {
    case 'S':
      return kSyn;
    case 'F':
      return kFin;
    case 'R':
      return kRst;
    case 'P':
      return kPsh;
    case '.':
      return kAck;
    default:
      return 0;
  }
}

// Letters and `.`, or `-` for none.
uint8_t TakeFlags(Cursor& cursor) {
  if (cursor.Accept("-")) return 0;
  uint8_t flags = 0;
  while (cursor.ok() && !cursor.Sees(TokenKind::kNumber)) {
    for (const char letter : cursor.Peek().text) {
      if (FlagOf(letter) == 0) {
        cursor.Fail("expected flags out of SFRP. (or -), not " + Quoted(cursor.Peek()));
      }
      flags |= FlagOf(letter);
    }
    if (cursor.AtEnd()) cursor.Fail("expected flags and sequence numbers");
    cursor.Take();
  }
  return flags;
}

// `1:11(10)`
void TakeNumbers(Cursor& cursor, Segment& segment) {
  const Place place = cursor.Peek().place;
  segment.seq = SeqNum{Take32(cursor)};
  cursor.Expect(":");
  const SeqNum end{Take32(cursor)};
  cursor.Expect("(");
  segment.len = Take16(cursor);
  cursor.Expect(")");
  if (segment.seq + segment.len == end) return;
  cursor.FailAt(place, "the length in parentheses is not the difference of the numbers");
}

void TakeTimestamps(Cursor& cursor, Segment& segment) {
  segment.timestamps = true;
  cursor.Expect("val");
  segment.tsval = Take32(cursor);
  cursor.Expect("ecr");
  segment.tsecr = Take32(cursor);
}

void TakeSack(Cursor& cursor, Segment& segment) {
  while (cursor.ok() && cursor.Sees(TokenKind::kNumber)) {
    SackBlock block{};
    block.begin = SeqNum{Take32(cursor)};
    cursor.Expect(":");
    block.end = SeqNum{Take32(cursor)};
    if (segment.sack.Full()) return cursor.Fail("more than four blocks in a sack option");
    segment.sack.PushBack(block);
  }
}

void TakeOption(Cursor& cursor, SegmentLine& line) {
  const std::string name = cursor.Peek().text;
  if (cursor.Accept("nop") || cursor.Accept("eol")) return;
  if (cursor.Accept("mss")) {
    line.syn.mss = Take16(cursor);
  } else if (cursor.Accept("sackOK")) {
    line.syn.sack_permitted = true;
  } else if (cursor.Accept("wscale")) {
    line.syn.wscale = static_cast<uint8_t>(cursor.TakeInteger(0, 14));
  } else if (cursor.Accept("TS")) {
    TakeTimestamps(cursor, line.segment);
  } else if (cursor.Accept("sack")) {
    TakeSack(cursor, line.segment);
  } else {
    cursor.NotSupported("the TCP option " + Quoted(cursor.Peek()));
  }
}

void TakeOptions(Cursor& cursor, SegmentLine& line) {
  if (!cursor.Accept("<")) return;
  if (cursor.Sees(TokenKind::kEllipsis)) {
    if (line.arrives) cursor.Fail("a segment that is sent in needs its options written out");
    cursor.Take();
    line.any_options = true;
    return cursor.Expect(">");
  }
  if (cursor.Accept(">")) return;
  do {
    TakeOption(cursor, line);
  } while (cursor.ok() && cursor.Accept(","));
  cursor.Expect(">");
}

}  // namespace

SegmentLine ParseSegment(Cursor& cursor) {
  SegmentLine line;
  line.arrives = cursor.Take().text == "<";
  const Token first = cursor.Peek();
  if (first.text == "[" || first.text == "icmp" || first.text == "udp" || first.text == "sctp") {
    cursor.NotSupported(Quoted(first));
  }
  line.segment.flags = TakeFlags(cursor);
  TakeNumbers(cursor, line.segment);
  const bool has_ack = cursor.Accept("ack");
  if (has_ack) line.segment.ack = SeqNum{Take32(cursor)};
  if (cursor.Accept("win")) line.window = Take16(cursor);
  if (cursor.Sees("urg")) cursor.NotSupported("the urgent pointer");
  TakeOptions(cursor, line);
  if (has_ack != line.segment.Has(kAck)) {
    cursor.FailAt(first.place,
                  has_ack ? "'ack' without the flag '.'" : "the flag '.' without 'ack'");
  }
  if (line.arrives && !line.window.has_value()) {
    cursor.FailAt(first.place, "a segment that is sent in needs its window ('win 257')");
  }
  line.segment.wnd = line.window.value_or(0);
  return line;
}

}  // namespace finwait::pkt
