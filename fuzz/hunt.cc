// SPDX-License-Identifier: Apache-2.0
#include "fuzz/hunt.h"

#include <set>
#include <string>

#include "model/world/play.h"

namespace finwait {
namespace {

// The monitors, and a count of the rules that fired.
struct Watcher {
  Monitors monitors;
  std::array<uint64_t, kRuleCount>& rules_hit;

  void operator()(const StepRecord& step) {
    monitors(step);
    for (const RuleId rule : step.effects.fired) ++rules_hit[Index(rule)];
  }
};

// That of case `index`, before modes are drawn. Relations are asked of other cases.
PairSetup SetupOfCase(const HuntOptions& options, uint64_t index) {
  PairSetup setup = options.setup;
  static_assert(kSmallWindowEvery == kRelationEvery);
  if (!options.small_windows || index % kSmallWindowEvery != kSmallWindowEvery / 2) return setup;
  for (EndSetup& end : setup.ends) end.host.environment.rcv_buffer = kSmallWindow;
  return setup;
}

// Draws case `index` and plays it while it is drawn. The schedule goes to `drawn`, every step to
// the observer that `observe(setup)` makes, and `finish(observer, bound)` hears of the end.
template <typename Observe, typename Finish>
void PlayCase(const HuntOptions& options, uint64_t index, Schedule& drawn, Until until,
              Observe&& observe, Finish&& finish) {
  Random random = Random::ForCase(options.seed, index);
  drawn.setup = SetupOfCase(options, index);
  drawn.choices.clear();
  const Swarm swarm(options.rules, random, drawn.setup);
  World world = Start(drawn.setup);
  auto observer = observe(drawn.setup);
  Runner runner(drawn.setup, world, observer);
  RunRandom(swarm, world, random, runner, drawn.choices);
  const bool bound = until == Until::kSettled && !runner.Settle();
  finish(observer, bound);
}

class Hunter {
 public:
  using Made = std::function<void(const Finding&)>;

  Hunter(const HuntOptions& options, const Made& made, HuntResult& result)
      : options_(options), made_(made), result_(result), wanted_(options.properties) {}

  void RunCase(uint64_t index);
  // Every property has its finding, or patience is at its end.
  bool Done() const {
    if (options_.keep_going || result_.findings.empty()) return false;
    return wanted_.bits == 0 || result_.schedules > result_.findings.back().index + kPatience;
  }

 private:
  void JudgeCase(const Monitors& monitors, bool bound, uint64_t index);
  Verdict VerdictAt(const Monitors& monitors, size_t property, bool bound) const;
  void Take(size_t property, const Violated& violation, uint64_t index);

  const HuntOptions& options_;
  const Made& made_;
  HuntResult& result_;
  PropertySet wanted_;
  Schedule drawn_;  // The case at hand.
  std::set<std::string> causes_;
};

void Hunter::Take(size_t property, const Violated& violation, uint64_t index) {
  const Goal goal{property, violation.rule, options_.victim_mode};
  if (!Violates(drawn_.setup, drawn_.choices, goal).has_value()) return;  // Another mode's case.
  // A case whose cause was met before, as found or as shrunk, is not studied again.
  if (!causes_.insert(CauseOf(drawn_, property, violation).Id()).second) return;
  Finding finding = ShrinkFinding(drawn_, goal);
  for (const Finding& earlier : result_.findings) {
    if (earlier.cause == finding.cause) return;
  }
  ExploreLimits limits = options_.proof;
  limits.stop = options_.stop;
  Prove(finding, goal, options_.rules, limits);
  finding.index = index + 1;
  finding.known_in = options_.known.Find(finding.cause, finding.origins);
  made_(finding);
  result_.findings.push_back(std::move(finding));
  if (!options_.keep_going) wanted_.Remove(property);
}

void Hunter::RunCase(uint64_t index) {
  PlayCase(
      options_, index, drawn_, Until::kSettled,
      [&](const PairSetup& setup) {
        return Watcher{Monitors(options_.properties, setup), result_.rules_hit};
      },
      [&](const Watcher& watcher, bool bound) { JudgeCase(watcher.monitors, bound, index); });
}

void Hunter::JudgeCase(const Monitors& monitors, bool bound, uint64_t index) {
  ++result_.schedules;
  if (bound) ++result_.bound;
  for (size_t property = 0; property < kPropertyCount; ++property) {
    if (!options_.properties.Has(property)) continue;
    const Verdict verdict = VerdictAt(monitors, property, bound);
    if (std::holds_alternative<Vacuous>(verdict)) continue;
    ++result_.applied[property];
    result_.departed[property] += std::holds_alternative<Departs>(verdict) ? 1 : 0;
    const auto* violated = std::get_if<Violated>(&verdict);
    if (violated != nullptr && wanted_.Has(property)) Take(property, *violated, index);
  }
}

// Relations cost several runs: they are asked of some schedules only.
Verdict Hunter::VerdictAt(const Monitors& monitors, size_t property, bool bound) const {
  const auto relation = kProperties[property].relation.judge;
  if (relation == nullptr) return VerdictOf(monitors, property, bound);
  if (bound || result_.schedules % kRelationEvery != 0) return Vacuous{};
  return relation(drawn_.setup, drawn_.choices);
}

}  // namespace

HuntResult Hunt(const HuntOptions& options, const std::function<void(const Finding&)>& made) {
  HuntResult result;
  Hunter hunter(options, made, result);
  for (uint64_t index = 0; index < options.schedules_max && !hunter.Done(); ++index) {
    result.stopped = Stopped(options.stop);
    if (result.stopped) break;
    hunter.RunCase(index);
    if (result.schedules % 4096 == 0) options.progress(result.schedules);
  }
  return result;
}

PropertySet NeverShown(const HuntOptions& options, const HuntResult& result) {
  const bool any_mode = options.rules.modes == SearchRules{}.modes;
  const bool ours = !options.setup[Side::kA].Foreign() && !options.setup[Side::kB].Foreign();
  if (result.schedules < kEnoughToShow || !any_mode || !ours) return {};
  PropertySet never{options.properties.bits & OfKind(Kind::kSometimes).bits};
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (result.applied[i] > 0) never.Remove(i);
  }
  return never;
}

void Prove(Finding& finding, const Goal& goal, const SearchRules& rules, ExploreLimits limits) {
  limits.choices_max = static_cast<uint32_t>(finding.minimal.choices.size()) - 1;
  std::vector<SearchRules> searches = {rules};
  if (goal.mode.has_value()) {  // Either end may be the one that ended so.
    searches.push_back(rules);
    std::swap(searches.back().modes[0], searches.back().modes[1]);
  }
  PairSetup setup = finding.found.setup;
  for (const Side side : {Side::kA, Side::kB}) {
    setup[side].host.environment.rcv_buffer =
        finding.minimal.setup[side].host.environment.rcv_buffer;
  }
  finding.proven_minimal = true;
  for (const SearchRules& search : searches) {
    const Explored explored = Explore(setup, search, goal, limits);
    finding.proven_minimal &= explored.complete && !explored.found.has_value();
    finding.proof_states += explored.states;
  }
}

Schedule RandomSchedule(const HuntOptions& options, uint64_t index) {
  Schedule schedule;
  PlayCase(
      options, index, schedule, Until::kLastChoice, [](const PairSetup&) { return NoObserver{}; },
      [](const NoObserver&, bool) {});
  return schedule;
}

}  // namespace finwait
