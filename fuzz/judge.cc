// SPDX-License-Identifier: Apache-2.0
#include "fuzz/judge.h"

#include "model/world/play.h"

namespace finwait {

Verdict VerdictOf(const Monitors& monitors, size_t property, bool bound) {
  if (bound && !monitors.Convicted(property)) return Vacuous{};
  return monitors.Finish(property);
}

Judgement Judge(const PairSetup& setup, std::span<const Choice> choices, PropertySet properties) {
  Monitors monitors(properties, setup);
  Judgement judgement;
  judgement.bound = Play(setup, choices, monitors).bound;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    judgement.verdicts[i] = VerdictOf(monitors, i, judgement.bound);
    const auto relation = kProperties[i].relation.judge;
    if (relation != nullptr && properties.Has(i)) judgement.verdicts[i] = relation(setup, choices);
  }
  return judgement;
}

std::optional<size_t> FirstViolated(const Judgement& judgement) {
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (std::holds_alternative<Violated>(judgement.verdicts[i])) return i;
  }
  return std::nullopt;
}

bool InMode(const PairSetup& setup, std::span<const Choice> performed, const Violated& violation,
            const Goal& goal) {
  if (!goal.mode.has_value()) return true;
  const auto before =
      performed.subspan(0, std::min<size_t>(violation.choice_index, performed.size()));
  return ModeOf(setup, violation.actor, before) == *goal.mode;
}

std::optional<Violated> Violates(const PairSetup& setup, std::span<const Choice> choices,
                                 const Goal& goal) {
  const Judgement judgement = Judge(setup, choices, Only(goal.property));
  const auto* violated = std::get_if<Violated>(&judgement.verdicts[goal.property]);
  if (violated == nullptr || violated->rule != goal.rule) return std::nullopt;
  if (goal.mode.has_value() &&
      !InMode(setup, Performed(setup, choices, violated->choice_index), *violated, goal)) {
    return std::nullopt;
  }
  return *violated;
}

Choices Performed(const PairSetup& setup, std::span<const Choice> choices, uint32_t count) {
  World world = Start(setup);
  const NoObserver nobody;
  Runner runner(setup, world, nobody);
  Choices performed;
  for (const Choice& choice : choices) {
    if (performed.size() == count) return performed;
    if (runner.Apply(choice)) performed.push_back(choice);
  }
  while (performed.size() < count) {
    const std::optional<Choice> next = NextSettlingChoice(world);
    if (!next.has_value()) break;
    runner.Apply(*next);
    performed.push_back(*next);
  }
  return performed;
}

uint32_t CountActing(const PairSetup& setup, std::span<const Choice> choices) {
  return Play(setup, choices, Until::kLastChoice).choices;
}

Recorded Record(const PairSetup& setup, std::span<const Choice> choices) {
  Recorder recorder;
  const Played played = Play(setup, choices, recorder);
  return Recorded{recorder.Take(), played.bound, played.world.now};
}

}  // namespace finwait
