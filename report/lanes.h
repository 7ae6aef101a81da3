// SPDX-License-Identifier: Apache-2.0
//
// Where segments wait in a ladder: dotted lanes beside the end they are on their way to.
#ifndef FINWAIT_REPORT_LANES_H_
#define FINWAIT_REPORT_LANES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/world/choice.h"
#include "report/canvas.h"

namespace finwait {

// Where things stand on a line: time, A's state, A's rail, lanes and text, B's rail, B's state or
// note.
constexpr size_t kRailA = 20;
constexpr size_t kRailB = 56;
constexpr size_t kRight = kRailB + 2;
constexpr size_t kLanes = 4;  // A side; a segment past that waits undrawn.
constexpr size_t kNoLane = kLanes;

constexpr size_t Rail(Side side) { return side == Side::kA ? kRailA : kRailB; }

// A copy of a segment on its way.
struct Parked {
  Side to;
  uint16_t serial;
  int number;  // In order of departure, over both ends.
  size_t lane;
};

// Segments on their way to an end wait in dotted lanes beside that end, past its numbers, which
// have at most so many digits.
class Lanes {
 public:
  explicit Lanes(size_t digits) : digits_(digits) {}

  size_t Column(Side to, size_t lane) const {
    const size_t away = 1 + digits_ + 3 * lane;
    return to == Side::kA ? kRailA + away : kRailB - away;
  }

  // Gives the segment the free lane nearest to its end.
  Parked Park(Side to, uint16_t serial, int number);

  // Takes the oldest copy of the segment off its lane; nothing when none is on its way.
  std::optional<Parked> Leave(Side to, uint16_t serial);

  bool Empty() const { return parked_.empty(); }

  // The number of an older segment that still waits for the same end, if one does.
  std::optional<int> OlderThan(const Parked& parked) const;

  // Draws every lane.
  void Draw(CanvasRow& row) const;

  // The columns between A's lanes and B's: room for text.
  struct Room {
    size_t from;
    size_t to;
  };
  Room Between() const;

  // No lane to the right of `column`.
  bool ClearRightOf(size_t column) const;

 private:
  size_t digits_;
  std::vector<Parked> parked_;
};

}  // namespace finwait

#endif  // FINWAIT_REPORT_LANES_H_
