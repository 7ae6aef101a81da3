// SPDX-License-Identifier: Apache-2.0
//
// Segments by name, as schedules write them.
#include "absl/strings/str_cat.h"
#include "fuzz/schedule_parser.h"
#include "model/world/notation.h"

namespace finwait {
namespace {

// What the end will send once a timer fires, and how a schedule lets it; empty without one.
std::string HeldByTimer(const World& world, Side side) {
  const Time at = NextTimer(world[side]);
  if (world[side].entry != Entry::kSocket || at == kNever) return "";
  const std::string end(1, Letter(side));
  const std::string in = DurationText(at - world.now);
  if (world[side].socket.delayed_ack_at == at) {
    return absl::StrCat("; an acknowledgement of ", end, "'s waits for its delayed-ACK timer, ", in,
                        " from here: `wait` lets it go");
  }
  if (world[side].socket.retransmit_at != at) return "";
  return absl::StrCat("; ", end, " may send when its retransmission timer fires, ", in,
                      " from here: `wait` lets it");
}

}  // namespace

// `B2` is the second segment B sent; `B[0]` the oldest of B's in flight, if there is one.
absl::StatusOr<Choice> ScheduleParser::PickSegment(Op op, const Word& word) const {
  if (word.text.size() < 2 || (word.text[0] != 'A' && word.text[0] != 'B')) {
    return Error(word, absl::StrCat("a segment is named as A1 or B2, not ", Quoted(word.text)));
  }
  const Side side = word.text[0] == 'A' ? Side::kA : Side::kB;
  if (word.text[1] == '[' && word.text.ends_with("]")) {
    const Word place{word.text.substr(2, word.text.size() - 3), word.column + 2};
    const absl::StatusOr<uint32_t> pick = Number(place, 0, 255);
    if (!pick.ok()) return pick.status();
    return Choice{op, side, static_cast<uint8_t>(*pick), 0};
  }
  const absl::StatusOr<uint32_t> serial =
      Number(Word{word.text.substr(1), word.column + 1}, 1, 65535);
  if (!serial.ok()) return serial.status();
  const World& world = choosing_ ? world_ : Start(file_.schedule.setup);
  const Wire& wire = world.From(side);
  for (uint8_t pick = 0; pick < wire.count; ++pick) {
    if (wire[pick].serial == *serial) return Choice{op, side, pick, 0};
  }
  const uint16_t sent = world.segments_sent[Index(side)];
  if (sent >= *serial) return Error(word, absl::StrCat(View(word.text), " is no longer in flight"));
  return Error(word, absl::StrCat(View(word.text), " is not in flight: ",
                                  View(word.text.substr(0, 1)), " has sent ", sent,
                                  sent == 1 ? " segment" : " segments", HeldByTimer(world, side)));
}

}  // namespace finwait
