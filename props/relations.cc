// SPDX-License-Identifier: Apache-2.0
#include "props/relations.h"

#include <utility>
#include <vector>

#include "model/world/notation.h"
#include "model/world/play.h"
#include "props/relation_run.h"

namespace finwait {
namespace {

std::vector<Variant> OtherNumbers(const PairSetup& setup, std::span<const Choice> choices) {
  Variant shifted{
      "with initial sequence numbers near their wrap", setup, {choices.begin(), choices.end()}};
  for (EndSetup& end : shifted.setup.ends) end.next = end.next + (0xFFFFFFFFU - kNextOfB.raw);
  return {shifted};
}

std::vector<Variant> OtherSides(const PairSetup& setup, std::span<const Choice> choices) {
  Variant swapped{"with A and B in each other's place", setup, {choices.begin(), choices.end()}};
  std::swap(swapped.setup.ends[0], swapped.setup.ends[1]);
  std::swap(swapped.setup.ends[0].next, swapped.setup.ends[1].next);
  swapped.setup.opener = Peer(setup.opener);
  for (Choice& choice : swapped.choices) {
    if (choice.op == Op::kWait) return {};  // Of two timers due at once A's fires first.
    choice.side = Peer(choice.side);
  }
  return {swapped};
}

std::vector<Variant> LaterBegin(const PairSetup& setup, std::span<const Choice> choices) {
  constexpr Duration kTwoYears = std::chrono::hours(2 * 365 * 24);
  if (setup.timestamps) return {};  // RFC 7323 5.5: what is that old is forgotten.
  Variant later{"after two idle years", setup, {choices.begin(), choices.end()}};
  later.setup.idle += kTwoYears;
  return {later};
}

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

std::vector<Variant> OtherWays(const PairSetup& setup, std::span<const Choice> choices) {
  const Choices same(choices.begin(), choices.end());
  std::vector<Variant> ways = {
      {setup.timestamps ? "without timestamps" : "with timestamps", setup, same},
      {setup.sack ? "without selective acknowledgements" : "with selective acknowledgements", setup,
       same},
      {"with each send() split into two", setup, Split(choices)}};
  ways[0].setup.timestamps = !setup.timestamps;
  ways[1].setup.sack = !setup.sack;
  if (std::optional<Choices> in_order = InOrder(choices)) {
    ways.push_back({"with everything delivered in order", setup, *std::move(in_order)});
  }
  return ways;
}

// A relation in parts: what is changed, and what must be the same.
struct Relation {
  std::vector<Variant> (*variants)(const PairSetup&, std::span<const Choice>);
  Verdict (*compare)(const ComparedRun&, const ComparedRun&, const PairSetup&);
  As as = As::kItself;
};

constexpr Relation kNumbers = {&OtherNumbers, &SameSteps};
constexpr Relation kSides = {&OtherSides, &SameAtEachEnd, As::kSwapped};
constexpr Relation kIdleTime = {&LaterBegin, &SameSteps};
constexpr Relation kWay = {&OtherWays, &SameTaken};

Verdict Judge(const Relation& relation, const PairSetup& setup, std::span<const Choice> choices) {
  Verdict verdict = Vacuous{};
  const std::vector<Variant> variants = relation.variants(setup, choices);
  if (variants.empty()) return verdict;
  const ComparedRun one = RunOf(setup, choices);
  for (const Variant& variant : variants) {
    const ComparedRun other = RunOf(variant.setup, variant.choices, relation.as);
    verdict = Both(verdict, relation.compare(one, other, setup));
  }
  return verdict;
}

std::optional<Variant> Counterpart(const Relation& relation, const PairSetup& setup,
                                   std::span<const Choice> choices) {
  const ComparedRun one = RunOf(setup, choices);
  for (Variant& variant : relation.variants(setup, choices)) {
    const ComparedRun other = RunOf(variant.setup, variant.choices, relation.as);
    if (std::holds_alternative<Violated>(relation.compare(one, other, setup))) {
      return std::move(variant);
    }
  }
  return std::nullopt;
}

// Two runs that part, with their steps in full.
struct Apart {
  ComparedRun one, other;
  const Trace& trace;
  const Trace& other_trace;
  std::string change;

  // "With ..., A sent ... when ...; as it is A did nothing."
  std::string Tells() const;
};

std::string Apart::Tells() const {
  const size_t at = *Parting(one, other);
  const StepRecord& here = trace[one.places[at]];
  const StepRecord& there = other_trace[other.places[at]];
  const std::string end(1, Letter(here.actor));
  const std::string does = end + " " + Doing(here) + " " + Occasion(here);
  if (one.steps[at] == other.steps[at]) {  // One run goes on.
    return change + ", the run " + (one.steps.size() < other.steps.size() ? "goes on" : "ends") +
           " where " + does + "; as it is, it does not.";
  }
  const bool same_event = one.steps[at].actor == other.steps[at].actor && here.kind == there.kind;
  if (same_event && Doing(here) != Doing(there)) {
    return change + ", " + Letter(there.actor) + " " + Doing(there) + " " + Occasion(there) +
           "; as it is, " + end + " " + Doing(here) + ".";
  }
  return change + ", this does not happen: " + does + ", at " + DurationText(one.steps[at].at) +
         " as it is.";
}

std::string Tells(const Relation& relation, const Counterexample& e) {
  const std::optional<Variant> variant = Counterpart(relation, e.setup, e.choices);
  if (!variant.has_value()) return "";
  Recorder recorder;
  Play(variant->setup, variant->choices, recorder);
  Apart apart{RunOf(e.setup, e.choices), RunOf(variant->setup, variant->choices, relation.as),
              e.trace, recorder.trace(), Capitalized(std::string(variant->change))};
  if (relation.compare == &SameTaken) {
    const Side side = apart.one.taken[0] != apart.other.taken[0] ? Side::kA : Side::kB;
    return apart.change + ", " + Letter(side) + " takes " +
           ByteCount(apart.other.taken[Index(side)]) + " of " + Letter(Peer(side)) +
           "'s text in the end; as it is, it takes " +
           std::to_string(apart.one.taken[Index(side)]) + ".";
  }
  if (relation.compare == &SameAtEachEnd) {
    const bool at_a = Parting(Part(apart.one, Side::kA), Part(apart.other, Side::kA)).has_value();
    apart.one = Part(apart.one, at_a ? Side::kA : Side::kB);
    apart.other = Part(apart.other, at_a ? Side::kA : Side::kB);
  }
  return apart.Tells();
}

}  // namespace

Verdict NumbersDoNotMatter::Judge(const PairSetup& setup, std::span<const Choice> choices) {
  return finwait::Judge(kNumbers, setup, choices);
}
std::optional<Variant> NumbersDoNotMatter::Counterpart(const PairSetup& setup,
                                                       std::span<const Choice> choices) {
  return finwait::Counterpart(kNumbers, setup, choices);
}
std::string NumbersDoNotMatter::Tells(const Counterexample& e) {
  return finwait::Tells(kNumbers, e);
}

Verdict SidesDoNotMatter::Judge(const PairSetup& setup, std::span<const Choice> choices) {
  return finwait::Judge(kSides, setup, choices);
}
std::optional<Variant> SidesDoNotMatter::Counterpart(const PairSetup& setup,
                                                     std::span<const Choice> choices) {
  return finwait::Counterpart(kSides, setup, choices);
}
std::string SidesDoNotMatter::Tells(const Counterexample& e) { return finwait::Tells(kSides, e); }

Verdict IdleTimeDoesNotMatter::Judge(const PairSetup& setup, std::span<const Choice> choices) {
  return finwait::Judge(kIdleTime, setup, choices);
}
std::optional<Variant> IdleTimeDoesNotMatter::Counterpart(const PairSetup& setup,
                                                          std::span<const Choice> choices) {
  return finwait::Counterpart(kIdleTime, setup, choices);
}
std::string IdleTimeDoesNotMatter::Tells(const Counterexample& e) {
  return finwait::Tells(kIdleTime, e);
}

Verdict WayDoesNotMatter::Judge(const PairSetup& setup, std::span<const Choice> choices) {
  return finwait::Judge(kWay, setup, choices);
}
std::optional<Variant> WayDoesNotMatter::Counterpart(const PairSetup& setup,
                                                     std::span<const Choice> choices) {
  return finwait::Counterpart(kWay, setup, choices);
}
std::string WayDoesNotMatter::Tells(const Counterexample& e) { return finwait::Tells(kWay, e); }

}  // namespace finwait
