// SPDX-License-Identifier: Apache-2.0
#include "fuzz/named.h"

#include "model/world/world.h"

namespace finwait {
namespace {

constexpr int kAnother = 5;

// How well `other` does for `meant`: 0 is itself, kAnother not at all.
int Distance(const Segment& meant, const Segment& other) {
  if ((meant.Length() > 0) != (other.Length() > 0)) return kAnother;
  if (meant.Has(kFin) != other.Has(kFin)) return 4;
  if (meant.flags != other.flags || (meant.len > 0) != (other.len > 0)) return 3;
  if (meant.seq != other.seq || meant.len != other.len) return 2;
  return meant.ack == other.ack ? 0 : 1;
}

// The place of what is meant. Of those that do equally well, as many are passed by as stood before
// it then, but never the last.
std::optional<uint8_t> PlaceOf(const Wire& wire, const Segment& meant, uint8_t copies_before) {
  std::optional<uint8_t> place;
  int distance = kAnother;
  uint8_t passed = 0;
  for (uint8_t i = 0; i < wire.count; ++i) {
    const int d = Distance(meant, wire[i].segment);
    if (d < distance) {
      distance = d;
      passed = 0;
    } else if (d == kAnother || d > distance || passed == copies_before) {
      continue;
    } else {
      ++passed;
    }
    place = i;
  }
  return place;
}

std::optional<Choice> Resolved(const World& world, const NamedChoice& named) {
  if (!named.means.has_value()) return named.choice;
  const std::optional<uint8_t> place =
      PlaceOf(world.From(named.choice.side), *named.means, named.copies_before);
  Choice choice = named.choice;
  if (place.has_value()) choice.pick = *place;
  return choice;
}

NamedChoice NamedIn(const World& world, const Choice& choice) {
  NamedChoice named{choice};
  if (!PicksSegment(choice.op)) return named;
  const Wire& wire = world.From(choice.side);
  named.means = wire[choice.pick].segment;
  for (uint8_t i = 0; i < choice.pick; ++i) {
    if (Distance(*named.means, wire[i].segment) == 0) ++named.copies_before;
  }
  return named;
}

}  // namespace

NamedChoices ByPlace(std::span<const Choice> choices) {
  NamedChoices named;
  for (const Choice& choice : choices) named.push_back(NamedChoice{choice});
  return named;
}

Choices Plain(std::span<const NamedChoice> choices) {
  Choices plain;
  for (const NamedChoice& named : choices) plain.push_back(named.choice);
  return plain;
}

NamedRun RunNamed(const PairSetup& setup, std::span<const NamedChoice> choices, const Goal& goal) {
  NamedRun run;
  World world = Start(setup);
  Monitors monitors(Only(goal.property), setup);
  Runner runner(setup, world, monitors);
  for (const NamedChoice& named : choices) {
    const std::optional<Choice> choice = Resolved(world, named);
    if (world.bound || !choice.has_value() || !Acts(world, *choice)) continue;
    run.performed.push_back(NamedIn(world, *choice));
    runner.Apply(*choice);
  }
  run.acted = run.performed.size();
  const bool bound = !runner.Settle(
      [&](const Choice& choice) { run.performed.push_back(NamedIn(world, choice)); });
  Verdict verdict = VerdictOf(monitors, goal.property, bound);
  if (const auto relation = kProperties[goal.property].relation.judge) {
    verdict = relation(setup, Plain({run.performed.data(), run.acted}));
  }
  const auto* violated = std::get_if<Violated>(&verdict);
  if (violated == nullptr || violated->rule != goal.rule) return run;
  if (goal.mode.has_value()) {
    const size_t before = std::min<size_t>(violated->choice_index, run.performed.size());
    if (!InMode(setup, Plain({run.performed.data(), before}), *violated, goal)) return run;
  }
  run.violated = *violated;
  return run;
}

}  // namespace finwait
