// SPDX-License-Identifier: Apache-2.0
#include "fuzz/mode.h"

namespace finwait {
namespace {

// Of side A; the caller sets the side.
constexpr std::array kEndingCalls = {
    ShutdownBy(Side::kA, How::kWr),
    ShutdownBy(Side::kA, How::kRdwr),
    CloseBy(Side::kA),
    ShutdownBy(Side::kA, How::kRd),
};

}  // namespace

std::optional<Mode> FindMode(std::string_view name) {
  for (size_t i = 0; i < kModeNames.size(); ++i) {
    if (kModeNames[i] == name) return static_cast<Mode>(i);
  }
  return std::nullopt;
}

void SetLinger(EndSetup& end, Mode mode) {
  end.linger_on = mode == Mode::kLinger0 || mode == Mode::kLingerN;
  end.linger_s = mode == Mode::kLingerN ? kLingerSeconds : uint8_t{0};
}

Mode LingerMode(const EndSetup& end) {
  if (!end.linger_on) return Mode::kAny;
  return end.linger_s == 0 ? Mode::kLinger0 : Mode::kLingerN;
}

std::span<const Choice> EndingCalls(Mode mode) {
  const std::span<const Choice> all = kEndingCalls;
  switch (mode) {
    case Mode::kAny:
      return all;
    case Mode::kShutdownWr:
      return all.subspan(0, 1);
    case Mode::kShutdownRdwr:
      return all.subspan(1, 1);
    default:
      return all.subspan(2, 1);
  }
}

Mode ModeOf(const PairSetup& setup, Side side, std::span<const Choice> choices) {
  Mode mode = Mode::kAny;
  for (const Choice& choice : choices) {
    if (choice.side != side || !EndsSending(choice)) continue;
    if (choice.op == Op::kShutdown) {
      mode = static_cast<How>(choice.extra) == How::kWr ? Mode::kShutdownWr : Mode::kShutdownRdwr;
      continue;
    }
    mode = setup[side].linger_on ? LingerMode(setup[side]) : Mode::kClose;
  }
  return mode;
}

}  // namespace finwait
