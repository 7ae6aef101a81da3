// SPDX-License-Identifier: Apache-2.0
#include "report/lanes.h"

#include <algorithm>

namespace finwait {

Parked Lanes::Park(Side to, uint16_t serial, int number) {
  size_t lane = 0;
  const auto taken = [&](const Parked& p) { return p.to == to && p.lane == lane; };
  while (lane < kNoLane && std::any_of(parked_.begin(), parked_.end(), taken)) ++lane;
  parked_.push_back(Parked{to, serial, number, lane});
  return parked_.back();
}

std::optional<Parked> Lanes::Leave(Side to, uint16_t serial) {
  const auto it = std::find_if(parked_.begin(), parked_.end(),
                               [&](const Parked& p) { return p.to == to && p.serial == serial; });
  if (it == parked_.end()) return std::nullopt;
  const Parked parked = *it;
  parked_.erase(it);
  return parked;
}

std::optional<int> Lanes::OlderThan(const Parked& parked) const {
  for (const Parked& p : parked_) {
    if (p.to == parked.to && p.number < parked.number) return p.number;
  }
  return std::nullopt;
}

void Lanes::Draw(CanvasRow& row) const {
  for (const Parked& p : parked_) {
    if (p.lane != kNoLane) row.Put(Column(p.to, p.lane), U'┆');
  }
}

Lanes::Room Lanes::Between() const {
  Room room{kRailA + 1, kRailB};
  for (const Parked& p : parked_) {
    if (p.lane == kNoLane) continue;
    const size_t column = Column(p.to, p.lane);
    if (p.to == Side::kA) room.from = std::max(room.from, column + 1);
    if (p.to == Side::kB) room.to = std::min(room.to, column);
  }
  return room;
}

bool Lanes::ClearRightOf(size_t column) const {
  return std::none_of(parked_.begin(), parked_.end(), [&](const Parked& p) {
    return p.lane != kNoLane && Column(p.to, p.lane) > column;
  });
}

}  // namespace finwait
