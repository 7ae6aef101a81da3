// SPDX-License-Identifier: Apache-2.0
//
// Plays a schedule from its start to its end: what every judge, recorder and parser of whole runs
// calls. A search, which goes on from worlds in the middle, has a Runner of its own.
#ifndef FINWAIT_MODEL_WORLD_PLAY_H_
#define FINWAIT_MODEL_WORLD_PLAY_H_

#include <cstdint>
#include <span>

#include "model/world/world.h"

namespace finwait {

// How far a run goes: until the network has settled, or right behind the last choice.
enum class Until : uint8_t { kSettled, kLastChoice };

struct Played {
  World world;           // As the run left it.
  uint32_t choices = 0;  // How many choices acted, those of settling included.
  bool bound = false;    // A queue was full: the run says nothing from there on.
};

// Hands every step to `observer(const StepRecord&)`.
template <typename Observer>
Played Play(const PairSetup& setup, std::span<const Choice> choices, Observer& observer,
            Until until = Until::kSettled) {
  Played played{.world = Start(setup)};
  Runner runner(setup, played.world, observer);
  for (const Choice& choice : choices) runner.Apply(choice);
  if (until == Until::kSettled) runner.Settle();
  played.choices = runner.choices();
  played.bound = played.world.bound;
  return played;
}

// The same, watched by nobody.
inline Played Play(const PairSetup& setup, std::span<const Choice> choices,
                   Until until = Until::kSettled) {
  const NoObserver nobody;
  return Play(setup, choices, nobody, until);
}

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_PLAY_H_
