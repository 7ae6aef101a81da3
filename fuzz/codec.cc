// SPDX-License-Identifier: Apache-2.0
#include "fuzz/codec.h"

#include <algorithm>
#include <array>

namespace finwait {
namespace {

constexpr std::array kLingers = {Mode::kAny, Mode::kLinger0, Mode::kLingerN, Mode::kAny};

uint8_t LingerCode(const EndSetup& end) {
  if (!end.linger_on) return 0;
  return end.linger_s == 0 ? 1 : 2;
}

}  // namespace

void DecodeInto(std::span<const uint8_t> bytes, Schedule& schedule) {
  schedule.choices.clear();
  const uint8_t lingers = bytes.empty() ? uint8_t{0} : bytes[0];
  SetLinger(schedule.setup[Side::kA], kLingers[lingers & 3U]);
  SetLinger(schedule.setup[Side::kB], kLingers[(lingers >> 2U) & 3U]);
  const size_t choices = bytes.empty() ? 0 : std::min((bytes.size() - 1) / 4, kDecodedChoicesMax);
  for (size_t i = 0; i < choices; ++i) {
    const std::span<const uint8_t> b = bytes.subspan(1 + 4 * i, 4);
    schedule.choices.push_back(
        Choice{static_cast<Op>(b[0] % kOpCount), static_cast<Side>(b[1] & 1U), b[2], b[3]});
  }
}

Schedule Decode(std::span<const uint8_t> bytes, const PairSetup& base) {
  Schedule schedule{base, {}};
  DecodeInto(bytes, schedule);
  return schedule;
}

std::vector<uint8_t> Encode(const Schedule& schedule) {
  std::vector<uint8_t> bytes;
  bytes.push_back(static_cast<uint8_t>(LingerCode(schedule.setup[Side::kA]) |
                                       LingerCode(schedule.setup[Side::kB]) << 2U));
  for (const Choice& c : schedule.choices) {
    if (bytes.size() > 4 * kDecodedChoicesMax) break;
    bytes.insert(bytes.end(),
                 {static_cast<uint8_t>(c.op), static_cast<uint8_t>(c.side), c.pick, c.extra});
  }
  return bytes;
}

}  // namespace finwait
