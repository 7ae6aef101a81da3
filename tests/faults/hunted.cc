// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/hunted.h"

#include <algorithm>
#include <bit>
#include <string>
#include <tuple>
#include <utility>

#include "fuzz/explore.h"
#include "fuzz/judge.h"
#include "fuzz/merge.h"

namespace finwait::testing {
namespace {

// What both runs show of a step, or of segments and states at least.
bool SameToSee(const StepRecord& one, const StepRecord& other) {
  if (one.at != other.at || one.actor != other.actor || one.kind != other.kind) return false;
  if (one.after.state != other.after.state) return false;
  if (one.effects.result != other.effects.result) return false;
  return one.effects.sent == other.effects.sent;
}

PairSetup WithoutFault(PairSetup setup) {
  for (EndSetup& end : setup.ends) {
    if (!end.Foreign()) end.quirk = nullptr;
  }
  return setup;
}

// A relation compares runs: the fault may show in another one than the schedule's own.
bool Changes(const Schedule& schedule, size_t property) {
  const PairSetup plain = WithoutFault(schedule.setup);
  if (kProperties[property].kind == Kind::kMetamorphic) {
    const Verdict verdict = kProperties[property].relation.judge(plain, schedule.choices);
    return !std::holds_alternative<Violated>(verdict);
  }
  const Trace one = Record(schedule.setup, schedule.choices).trace;
  const Trace other = Record(plain, schedule.choices).trace;
  if (one.size() != other.size()) return true;
  for (size_t i = 0; i < one.size(); ++i) {
    if (!SameToSee(one[i], other[i])) return true;
  }
  return false;
}

// What a fault is told by does not depend on the seed: the shortest case, then the property that
// comes first in the catalogue, then the name of the cause.
bool TellsBetter(const Finding& one, const Finding& other) {
  const auto key = [](const Finding& f) {
    return std::tuple(f.minimal.choices.size(), f.property, WhatHappens(f.cause));
  };
  return key(one) < key(other);
}

// Random search may miss the shortest case of all. Up to this length every case is looked at.
constexpr uint32_t kSearched = 4;

void TellByTheShortest(const HuntOptions& options, HuntedFault& hunted) {
  const auto length = static_cast<uint32_t>(hunted.finding->minimal.choices.size());
  const ExploreLimits limits{std::min(length, kSearched), 10'000'000};
  for (const ExploredAny::Case& found :
       ExploreAny(options.setup, options.properties, limits).cases) {
    Finding finding = FindingOf(found.schedule, found.property, found.violation);
    finding.index = hunted.finding->index;
    hunted.caught_by.Add(found.property);
    if (TellsBetter(finding, *hunted.finding)) hunted.finding = std::move(finding);
  }
}

bool Shows(const Schedule& schedule, size_t property) {
  const Judgement judgement = Judge(schedule.setup, schedule.choices, Only(property));
  return std::holds_alternative<Holds>(judgement.verdicts[property]);
}

// Without the fault, and whatever the seed of the hunt; choices are left out as long as it shows.
NeverShownCase TellByWhatShows(HuntOptions options, size_t property) {
  const PairSetup faulty = options.setup;
  options.setup = WithoutFault(faulty);
  options.seed = 1;
  Schedule shows;
  for (uint64_t index = 0; index < options.schedules_max; ++index) {
    shows = RandomSchedule(options, index);
    if (Shows(shows, property)) break;
  }
  for (size_t i = shows.choices.size(); i-- > 0;) {
    Schedule less = shows;
    less.choices.erase(less.choices.begin() + static_cast<ptrdiff_t>(i));
    if (!Shows(less, property)) continue;
    shows = std::move(less);
    i = shows.choices.size();  // What was needed may not be any more.
  }
  for (const Side side : {Side::kA, Side::kB}) shows.setup[side].quirk = faulty[side].quirk;
  return NeverShownCase{property, std::move(shows)};
}

}  // namespace

HuntedFault HuntFault(const Fault& fault, const FaultHunt& hunt) {
  HuntOptions options;
  options.setup = SetupOf(fault, *hunt.kernel);
  options.seed = hunt.seed;
  options.schedules_max = hunt.schedules_max;
  options.keep_going = !hunt.first_only;
  options.properties = hunt.properties;
  options.proof.states_max = 0;
  HuntedFault hunted;
  HuntResult result = Hunt(options);
  hunted.caught_by = NeverShown(options, result);
  for (Finding& finding : result.findings) {
    hunted.caught_by.Add(finding.property);
    if (!hunted.finding.has_value() || TellsBetter(finding, *hunted.finding)) {
      hunted.finding = std::move(finding);
    }
  }
  if (hunted.caught_by.Count() == 0) return hunted;
  if (!hunted.finding.has_value()) {
    const auto first = static_cast<size_t>(std::countr_zero(hunted.caught_by.bits));
    hunted.never_shown = TellByWhatShows(options, first);
  } else if (!hunt.first_only) {
    TellByTheShortest(options, hunted);
  }
  hunted.changes = Changes(hunted.Smallest(), hunted.Property());
  return hunted;
}

}  // namespace finwait::testing
