// SPDX-License-Identifier: Apache-2.0
#include "fuzz/hunt.h"

#include <set>

#include "fuzz/origin.h"
#include "model/world/world.h"

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
  Verdict VerdictAt(const Monitors& monitors, size_t property, const PairSetup& setup,
                    bool bound) const;
  void Take(size_t property, const Violated& violation, const PairSetup& setup, uint64_t index);

  const HuntOptions& options_;
  const Made& made_;
  HuntResult& result_;
  PropertySet wanted_;
  Choices choices_;
  std::set<std::string> causes_;
};

void Hunter::Take(size_t property, const Violated& violation, const PairSetup& setup,
                  uint64_t index) {
  const Goal goal{property, violation.rule, options_.victim_mode};
  if (!Violates(setup, choices_, goal).has_value()) return;  // Another mode's case.
  const Schedule found{setup, choices_};
  // A case whose cause was met before, as found or as shrunk, is not studied again.
  if (!causes_.insert(CauseOf(found, property, violation).Id()).second) return;
  Finding finding = ShrinkFinding(found, goal);
  for (const Finding& earlier : result_.findings) {
    if (earlier.cause == finding.cause) return;
  }
  Prove(finding, goal, options_.rules, options_.proof);
  finding.index = index + 1;
  finding.known_in = options_.known.Find(finding.cause, finding.origins);
  made_(finding);
  result_.findings.push_back(std::move(finding));
  if (!options_.keep_going) wanted_.Remove(property);
}

void Hunter::RunCase(uint64_t index) {
  Random random = Random::ForCase(options_.seed, index);
  PairSetup setup = SetupOfCase(options_, index);
  const Swarm swarm(options_.rules, random, setup);
  World world = Start(setup);
  Watcher watcher{Monitors(options_.properties, setup), result_.rules_hit};
  Runner runner(setup, world, watcher);
  choices_.clear();
  RunRandom(swarm, world, random, runner, choices_);
  ++result_.schedules;
  const bool bound = !runner.Settle();
  if (bound) ++result_.bound;
  for (size_t property = 0; property < kPropertyCount; ++property) {
    if (!options_.properties.Has(property)) continue;
    const Verdict verdict = VerdictAt(watcher.monitors, property, setup, bound);
    if (std::holds_alternative<Vacuous>(verdict)) continue;
    ++result_.applied[property];
    result_.departed[property] += std::holds_alternative<Departs>(verdict) ? 1 : 0;
    const auto* violated = std::get_if<Violated>(&verdict);
    if (violated != nullptr && wanted_.Has(property)) Take(property, *violated, setup, index);
  }
}

// Relations cost several runs: they are asked of some schedules only.
Verdict Hunter::VerdictAt(const Monitors& monitors, size_t property, const PairSetup& setup,
                          bool bound) const {
  const auto relation = kProperties[property].relation.judge;
  if (relation == nullptr) return VerdictOf(monitors, property, bound);
  if (bound || result_.schedules % kRelationEvery != 0) return Vacuous{};
  return relation(setup, choices_);
}

}  // namespace

HuntResult Hunt(const HuntOptions& options, const std::function<void(const Finding&)>& made) {
  HuntResult result;
  Hunter hunter(options, made, result);
  for (uint64_t index = 0; index < options.schedules_max && !hunter.Done(); ++index) {
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

Finding ShrinkFinding(const Schedule& found, const Goal& goal) {
  Finding finding;
  finding.property = goal.property;
  finding.found = found;
  Shrunk shrunk = Shrink(found, goal);
  finding.minimal = std::move(shrunk.schedule);
  finding.violation = shrunk.violation;
  finding.executions = shrunk.executions;
  finding.cause = CauseOf(finding.minimal, goal.property, finding.violation);
  finding.origins = OriginsOf(finding.minimal, goal.property);
  finding.packets = PacketsOf(finding.minimal, finding.violation);
  return finding;
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
  Random random = Random::ForCase(options.seed, index);
  Schedule schedule{SetupOfCase(options, index), {}};
  const Swarm swarm(options.rules, random, schedule.setup);
  World world = Start(schedule.setup);
  const NoObserver nobody;
  Runner runner(schedule.setup, world, nobody);
  RunRandom(swarm, world, random, runner, schedule.choices);
  return schedule;
}

}  // namespace finwait
