// SPDX-License-Identifier: Apache-2.0
//
// Random schedules. Each is made while it runs, so that nearly every choice acts, and draws its own
// weights first (swarm testing): one schedule is all loss, another all reordering.
#ifndef FINWAIT_FUZZ_GENERATE_H_
#define FINWAIT_FUZZ_GENERATE_H_

#include <array>
#include <cstdint>
#include <span>

#include "fuzz/mode.h"
#include "fuzz/random.h"
#include "model/world/choice.h"
#include "model/world/world.h"

namespace finwait {

// What a search may do. The generator and the explorer obey the same bounds.
struct SearchRules {
  std::array<Mode, 2> modes = {Mode::kAny, Mode::kAny};  // kAny: drawn anew for each schedule.
  uint8_t choices_min = 4;
  uint8_t choices_max = 32;
};

// Bytes of one send().
inline constexpr std::array<uint8_t, 3> kSendSizes = {10, 1, 200};
// Bytes at most of one recv(); 0 for all there are.
inline constexpr std::array<uint8_t, 2> kRecvSizes = {0, 4};

// The draws that hold for one schedule.
class Swarm {
 public:
  // Draws the modes (and sets SO_LINGER in `setup` as they ask), the length and the weights.
  Swarm(const SearchRules& rules, Random& random, PairSetup& setup);

  uint32_t length() const { return length_; }

  // The next choice; it may turn out to have nothing to act on.
  Choice Draw(const World& world, Random& random) const;

 private:
  Choice Call(Op op, Side side, Random& random) const;
  Op DrawOp(Random& random) const;

  std::array<Mode, 2> modes_{};
  uint32_t length_ = 0;
  std::array<uint8_t, kOpCount> weight_sums_{};
};

// Runs one random schedule on `world` through `runner`: each choice is drawn until it acts or
// patience ends. The choices that acted are added to `choices`.
template <typename Runner>
void RunRandom(const Swarm& swarm, const World& world, Random& random, Runner& runner,
               Choices& choices) {
  constexpr int kTries = 8;
  for (uint32_t i = 0; i < swarm.length(); ++i) {
    for (int tries = 0; tries < kTries; ++tries) {
      const Choice drawn = swarm.Draw(world, random);
      if (!runner.Apply(drawn)) continue;
      choices.push_back(drawn);
      break;
    }
  }
}

}  // namespace finwait

#endif  // FINWAIT_FUZZ_GENERATE_H_
