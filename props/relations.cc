// SPDX-License-Identifier: Apache-2.0
#include "props/relations.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "model/world/world.h"
#include "props/ruling.h"
#include "props/segments.h"

namespace finwait {
namespace {

// What of a step does not depend on numbers, sides or the time it started.
struct Glimpse {
  StepKind kind;
  Side actor;
  State before, after;
  RuleId rule;
  CallResult result;
  Duration at;  // Since the first step.
  uint32_t choice_index;
  bool settling;
  std::array<uint32_t, 6> sent{};  // Flags and length, and numbers relative to the first of each.
  std::array<uint32_t, 6> numbers{};

  friend bool operator==(const Glimpse&, const Glimpse&) = default;
};

struct Run {
  std::vector<Glimpse> steps;
  std::vector<Violated> where;
  std::array<uint32_t, 2> taken{};  // By each end: text.
  std::array<uint32_t, 2> sent{};   // By each user.
  bool reset = false, bound = false;
};

// Swapped: A and B have changed places.
enum class As : uint8_t { kItself, kSwapped };

Glimpse GlimpseOf(const StepRecord& step, const PairSetup& setup, As as) {
  Glimpse g{};
  g.kind = step.kind;
  g.actor = as == As::kItself ? step.actor : Peer(step.actor);
  g.before = step.before.state;
  g.after = step.after.state;
  g.rule = step.effects.rule;
  g.result = step.effects.result;
  g.at = step.at - At(setup.idle);
  g.choice_index = step.choice_index;
  g.settling = step.settling;
  for (uint8_t i = 0; i < step.effects.sent.count; ++i) {
    const Segment& segment = step.effects.sent[i];
    g.sent[i] = uint32_t{segment.flags} << 16U | segment.len;
    g.numbers[i] = (segment.seq - setup[step.actor].next) * 65599U;
    if (segment.Has(kAck)) g.numbers[i] += segment.ack - setup[Peer(step.actor)].next;
  }
  return g;
}

Run RunOf(const PairSetup& setup, std::span<const Choice> choices, As as = As::kItself) {
  Run run;
  World world = Start(setup);
  const auto observe = [&](const StepRecord& step) {
    run.steps.push_back(GlimpseOf(step, setup, as));
    run.where.push_back(ViolationAt(step));
    run.reset |= SendsReset(step);
    const CallResult& result = step.effects.result;
    if (step.kind == StepKind::kCall && step.choice.op == Op::kSend) {
      run.sent[Index(step.actor)] += result.error == Errno::kNone ? result.bytes : 0;
    }
    uint32_t& taken = run.taken[Index(step.actor)];  // A bucket that has gone forgets its number.
    const uint32_t fin = step.after.fin_taken ? 1 : 0;
    taken = std::max(taken, step.after.rcv_nxt - setup[Peer(step.actor)].next - fin);
  };
  Runner runner(setup, world, observe);
  for (const Choice& choice : choices) runner.Apply(choice);
  run.bound = !runner.Settle();
  return run;
}

bool Foreign(const PairSetup& setup) { return setup.ends[0].Foreign() || setup.ends[1].Foreign(); }

// The first step that is not the same.
Verdict SameSteps(const Run& one, const Run& other) {
  if (one.bound || other.bound || one.steps.empty()) return Vacuous{};
  const size_t common = std::min(one.steps.size(), other.steps.size());
  for (size_t i = 0; i < common; ++i) {
    if (one.steps[i] != other.steps[i]) return one.where[i];
  }
  if (one.steps.size() != other.steps.size()) return one.where[common - 1];
  return Holds{};
}

// What happened at one end before settling.
Run Part(const Run& run, Side side) {
  Run part;
  part.bound = run.bound;
  for (size_t i = 0; i < run.steps.size(); ++i) {
    if (run.steps[i].actor != side || run.steps[i].settling) continue;
    part.steps.push_back(run.steps[i]);
    part.where.push_back(run.where[i]);
  }
  return part;
}

// Both ends have taken as much. Calls may have failed in one run only: then nothing is compared.
Verdict SameTaken(const Run& one, const Run& other, const PairSetup& setup) {
  for (const Side side : {Side::kA, Side::kB}) {  // Else it matters when the peer reads.
    const uint16_t window = setup[Peer(side)].host.environment.rcv_buffer;
    if (one.sent[Index(side)] >= window) return Vacuous{};
  }
  if (one.bound || other.bound || one.reset || other.reset) return Vacuous{};
  if (one.steps.empty() || one.sent != other.sent) return Vacuous{};
  if (one.taken == other.taken) return Holds{};
  return one.where.back();
}

// The violation of two comparisons, if there is one; holds if one of them does.
Verdict Both(const Verdict& one, const Verdict& other) {
  if (std::holds_alternative<Violated>(one)) return one;
  if (std::holds_alternative<Violated>(other)) return other;
  return std::holds_alternative<Holds>(one) ? one : other;
}

}  // namespace

Verdict NumbersDoNotMatter(const PairSetup& setup, std::span<const Choice> choices) {
  PairSetup shifted = setup;
  for (EndSetup& end : shifted.ends) end.next = end.next + (0xFFFFFFFFU - kNextOfB.raw);
  return SameSteps(RunOf(setup, choices), RunOf(shifted, choices));
}

Verdict SidesDoNotMatter(const PairSetup& setup, std::span<const Choice> choices) {
  PairSetup swapped = setup;
  std::swap(swapped.ends[0], swapped.ends[1]);
  std::swap(swapped.ends[0].next, swapped.ends[1].next);
  swapped.opener = Peer(setup.opener);
  Choices mirrored(choices.begin(), choices.end());
  for (Choice& choice : mirrored) {
    if (choice.op == Op::kWait) return Vacuous{};  // Of two timers due at once A's fires first.
    choice.side = Peer(choice.side);
  }
  const Run one = RunOf(setup, choices);
  const Run other = RunOf(swapped, mirrored, As::kSwapped);
  // For the same reason settling is not compared, and the ends are compared one by one.
  const Verdict a = SameSteps(Part(one, Side::kA), Part(other, Side::kA));
  const Verdict b = SameSteps(Part(one, Side::kB), Part(other, Side::kB));
  return Both(a, b);
}

Verdict IdleTimeDoesNotMatter(const PairSetup& setup, std::span<const Choice> choices) {
  constexpr Duration kTwoYears = std::chrono::hours(2 * 365 * 24);
  if (setup.timestamps) return Vacuous{};  // RFC 7323 5.5: what is that old is forgotten.
  PairSetup later = setup;
  later.idle += kTwoYears;
  return SameSteps(RunOf(setup, choices), RunOf(later, choices));
}

namespace {

// The same calls, everything delivered in the order of its departure. Of what was lost, or waited
// for longer than an end that is closed lasts, some may be lost for good: nothing to compare.
std::optional<Choices> InOrder(std::span<const Choice> choices) {
  Choices calls;
  for (const Choice& choice : choices) {
    if (choice.op == Op::kDrop || choice.op == Op::kWait) return std::nullopt;
    if (!PicksSegment(choice.op)) calls.push_back(choice);
  }
  return calls;
}

// Each send() in two calls.
Choices Split(std::span<const Choice> choices) {
  Choices split;
  for (Choice choice : choices) {
    if (choice.op == Op::kSend && choice.extra > 1) {
      split.push_back(SendBy(choice.side, 1));
      --choice.extra;
    }
    split.push_back(choice);
  }
  return split;
}

}  // namespace

Verdict WayDoesNotMatter(const PairSetup& setup, std::span<const Choice> choices) {
  if (Foreign(setup)) return Vacuous{};
  const Run one = RunOf(setup, choices);
  PairSetup stamped = setup, selective = setup;
  stamped.timestamps = !setup.timestamps;
  selective.sack = !setup.sack;
  Verdict verdict = SameTaken(one, RunOf(stamped, choices), setup);
  verdict = Both(verdict, SameTaken(one, RunOf(selective, choices), setup));
  verdict = Both(verdict, SameTaken(one, RunOf(setup, Split(choices)), setup));
  const std::optional<Choices> in_order = InOrder(choices);
  return in_order.has_value() ? Both(verdict, SameTaken(one, RunOf(setup, *in_order), setup))
                              : verdict;
}

}  // namespace finwait
