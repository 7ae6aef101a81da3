// SPDX-License-Identifier: Apache-2.0
#include "fuzz/targets/pair.h"

#include <array>
#include <cstdio>
#include <optional>
#include <set>
#include <string>

#include "fuzz/cause.h"
#include "fuzz/codec.h"
#include "fuzz/keep.h"
#include "fuzz/schedule_file.h"
#include "fuzz/shrink.h"
#include "fuzz/targets/crash.h"
#include "fuzz/targets/settings.h"
#include "fuzz/targets/transitions.h"
#include "model/world/world.h"

namespace finwait {
namespace {

struct Watcher {
  Monitors monitors;

  void operator()(const StepRecord& step) {
    monitors(step);
    NoteTransition(step.effects.rule, step.before.state, step.after.state);
  }
};

// A run as far as it can be made once for all: by SO_LINGER of both ends, which is all of the setup
// that an input decides.
struct Beginning {
  World world;
  Monitors monitors;
};

class Beginnings {
 public:
  const Beginning& Of(const PairSetup& setup) {
    std::optional<Beginning>& made = made_[Code(setup[Side::kA]) * 3U + Code(setup[Side::kB])];
    if (!made.has_value()) made = Beginning{Start(setup), Monitors(Settings().watched, setup)};
    return *made;
  }

 private:
  static size_t Code(const EndSetup& end) {
    return end.linger_on ? (end.linger_s == 0 ? 1U : 2U) : 0U;
  }
  std::array<std::optional<Beginning>, 9> made_;
};

// Everything but the choices stays from run to run, and so does their memory.
Schedule& Scratch() {
  static Schedule schedule = [] {
    const FuzzSettings& settings = Settings();
    Schedule empty{PairOf(*settings.kernels[0], *settings.kernels[1]), {}};
    empty.choices.reserve(kDecodedChoicesMax);
    return empty;
  }();
  return schedule;
}

// Causes as found, before shrinking, that came to known ones: not studied again.
bool IsKnown(const Schedule& schedule, size_t property, const Violated& violation,
             std::set<std::string>& met) {
  const std::string found = CauseOf(schedule, property, violation).Id();
  return Settings().known.contains(found) || met.contains(found);
}

void Study(const Schedule& schedule, size_t property, const Violated& violation) {
  static std::set<std::string> met;
  if (IsKnown(schedule, property, violation, met)) return;
  const Goal goal{property, violation.rule, std::nullopt};
  const Shrunk shrunk = Shrink(schedule, goal);
  const Cause cause = CauseOf(shrunk.schedule, property, shrunk.violation);
  if (Settings().known.contains(cause.Id())) {
    met.insert(CauseOf(schedule, property, violation).Id());
    return;
  }
  std::fprintf(stderr, "violated %s, cause %s\nagain: ./x replay -e '%s'\n",
               kProperties[property].name.data(), cause.Id().c_str(),
               FormatOneLine(shrunk.schedule).c_str());
  if (!Settings().findings.empty()) {
    const absl::StatusOr<std::string> kept =
        KeepSchedule(shrunk.schedule, cause, Settings().findings);
    std::fprintf(stderr, "kept: %s\n",
                 kept.ok() ? kept->c_str() : std::string(kept.status().message()).c_str());
  }
  static constexpr auto kFrames = PropertyFrames(std::make_index_sequence<kPropertyCount>());
  kFrames[property]();
}

}  // namespace

void JudgePair(std::span<const uint8_t> bytes) {
  static Beginnings beginnings;
  static World world;
  static const PropertySet watched = Settings().watched;
  Schedule& schedule = Scratch();
  DecodeInto(bytes, schedule);
  const Beginning& beginning = beginnings.Of(schedule.setup);
  world = beginning.world;
  Watcher watcher{beginning.monitors};
  Runner runner(schedule.setup, world, watcher);
  for (const Choice& choice : schedule.choices) runner.Apply(choice);
  // What settling would do, choices can do as well: it is run only for those who wait for it.
  bool suspected = false;
  for (size_t i = 0; i < kPropertyCount && !suspected; ++i) {
    suspected = watched.Has(i) && watcher.monitors.Suspects(i);
  }
  if (!suspected) return;
  const bool bound = !runner.Settle();
  for (size_t property = 0; property < kPropertyCount; ++property) {
    if (!watched.Has(property)) continue;
    const Verdict verdict = VerdictOf(watcher.monitors, property, bound);
    const auto* const violated = std::get_if<Violated>(&verdict);
    if (violated != nullptr) Study(schedule, property, *violated);
  }
}

}  // namespace finwait
