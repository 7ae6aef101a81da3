// SPDX-License-Identifier: Apache-2.0
//
// How a user ends its side of a connection.
#ifndef FINWAIT_FUZZ_MODE_H_
#define FINWAIT_FUZZ_MODE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/world/choice.h"
#include "model/world/setup.h"

namespace finwait {

enum class Mode : uint8_t { kAny, kShutdownWr, kShutdownRdwr, kClose, kLinger0, kLingerN };

inline constexpr std::array<std::string_view, 6> kModeNames = {
    "any", "shutdown-wr", "shutdown-rdwr", "close", "linger-0", "linger-n",
};
constexpr std::string_view Name(Mode mode) { return kModeNames[static_cast<size_t>(mode)]; }
std::optional<Mode> FindMode(std::string_view name);

// The modes that say how, in the order in which they are told.
inline constexpr std::array kModes = {
    Mode::kShutdownWr, Mode::kShutdownRdwr, Mode::kClose, Mode::kLinger0, Mode::kLingerN,
};

// SO_LINGER time of linger-n, in seconds.
inline constexpr uint8_t kLingerSeconds = 5;

// Sets SO_LINGER as the mode asks.
void SetLinger(EndSetup& end, Mode mode);

// The linger mode that SO_LINGER makes of close(); kAny when it is off.
Mode LingerMode(const EndSetup& end);

// The calls that end sending in this mode; with kAny all of them.
std::span<const Choice> EndingCalls(Mode mode);

// How `side` has ended after these choices: by its last ending call and its SO_LINGER;
// kAny when it has not.
Mode ModeOf(const PairSetup& setup, Side side, std::span<const Choice> choices);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_MODE_H_
