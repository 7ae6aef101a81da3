// SPDX-License-Identifier: Apache-2.0
//
// Random solo schedules. A model runs along, so that forged numbers lie where they matter: at the
// edges of what it expects.
#ifndef FINWAIT_DIFF_GENERATE_H_
#define FINWAIT_DIFF_GENERATE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "diff/solo.h"
#include "fuzz/random.h"
#include "model/tcp/profile.h"

namespace finwait {

// What a connection may agree on: who opens, SACK, timestamps, window scaling.
inline constexpr size_t kHandshakes = 16;

// The `index`th of them, with the peer's window and MSS at their defaults.
Connection HandshakeOf(size_t index);

struct SoloRules {
  std::array<Terms, kHandshakes> terms;  // What the stack puts into its SYN.
  uint32_t waits_percent = 0;            // How many schedules have timed waits in them.
  Duration wait_max{};                   // The longest.
  bool linger = false;                   // In each a close() that may sleep.
};

// Fills `solo` with 8 to 16 events, and more where segments come several times.
void Generate(Random& random, const SoloRules& rules, const Host& guide, Solo& solo);

// A schedule whose parts are drawn each by itself, so that changing one number changes one part:
// the first number draws the connection, each further one an event.
void GenerateFrom(std::span<const uint32_t> draws, const SoloRules& rules, const Host& guide,
                  Solo& solo);

}  // namespace finwait

#endif  // FINWAIT_DIFF_GENERATE_H_
