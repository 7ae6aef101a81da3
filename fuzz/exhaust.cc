// SPDX-License-Identifier: Apache-2.0
#include "fuzz/exhaust.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "fuzz/checkpoint.h"
#include "fuzz/explore.h"
#include "fuzz/levels.h"
#include "fuzz/view.h"
#include "model/world/fingerprint.h"

namespace finwait {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Shards are dealt the first level with so many states for each of them.
constexpr uint64_t kDealtEach = 64;

// The bytes of this are what checkpoints are made of.
std::string LayoutText() {
  return absl::StrCat("layout ", sizeof(World), "/", sizeof(Monitors), "/", kPropertyCount);
}

class Search {
 public:
  explicit Search(const ExhaustOptions& options)
      : options_(options),
        ground_(FrozenGround(options.setup, options.region, options.properties, options.fold)),
        levels_(ground_, options),
        key_(absl::StrCat(SearchKey(options), "; ", LayoutText())) {}

  absl::StatusOr<ExhaustResult> Run();

 private:
  absl::StatusOr<bool> RunLevels();
  absl::Status Save();
  bool SaveDue(Levels::Stopped stopped) const;
  void FindShortest(size_t property);

  const ExhaustOptions& options_;
  Ground ground_;
  Levels levels_;
  std::string key_;
  double saved_at_ = 0;  // Of the search's seconds,
  double saving_ = 0;    // and how long that took.
  ExhaustResult result_;
};

absl::Status Search::Save() {
  const SteadyClock::time_point started = SteadyClock::now();
  absl::Status status = SaveCheckpoint(options_.folder, key_, levels_.state());
  saving_ = std::chrono::duration<double>(SteadyClock::now() - started).count();
  saved_at_ = levels_.state().seconds;
  return status;
}

// Between two levels, unless that would take more than about a tenth of the time; at the end; and
// whenever enough time is over.
bool Search::SaveDue(Levels::Stopped stopped) const {
  if (options_.folder.empty()) return false;
  const LevelState& state = levels_.state();
  const bool over = state.current.empty() && state.next.empty();
  if (stopped != Levels::Stopped::kLevelDone || over) return true;
  return state.seconds - saved_at_ >= 10 * saving_;
}

// True when the region is covered, false when memory ran out.
absl::StatusOr<bool> Search::RunLevels() {
  LevelState& state = levels_.state();
  saved_at_ = state.seconds;
  const double every =
      options_.folder.empty() ? std::numeric_limits<double>::max() : options_.checkpoint_s;
  for (;;) {
    if (state.current.empty()) {
      if (state.next.empty()) return true;
      const bool deal = options_.shard.count > 1 && !state.dealt &&
                        levels_.Frontier() >= kDealtEach * options_.shard.count;
      levels_.Advance();
      if (deal) levels_.Deal();
    }
    const Levels::Stopped stopped = levels_.Work(every);
    if (SaveDue(stopped)) {
      if (absl::Status status = Save(); !status.ok()) return status;
    }
    if (stopped == Levels::Stopped::kNoMemory) return false;
  }
}

// Once more for one property, without symmetry and with the way kept. Where a mode was asked for,
// only now is it known whether the end that suffers has ended in it.
void Search::FindShortest(size_t property) {
  const PropertySet only = Only(property);
  Ground ground = FrozenGround(options_.setup, options_.region, only, options_.fold);
  ground.symmetric = false;
  Goal goal{property, RuleId::kNone, options_.victim_mode};
  const ExploreLimits limits{std::numeric_limits<uint32_t>::max(),
                             std::numeric_limits<uint64_t>::max()};
  const Explored explored = Explore({ground}, goal, limits);
  if (!explored.found.has_value()) return;
  ExhaustFinding finding;
  finding.property = property;
  finding.states = explored.states;
  finding.shortest = Schedule{options_.setup, explored.found->choices};
  for (const Side side : {Side::kA, Side::kB}) {
    SetLinger(finding.shortest.setup[side], options_.region.modes[Index(side)]);
  }
  const Judgement judgement = Judge(finding.shortest.setup, finding.shortest.choices, only);
  if (const auto* violated = std::get_if<Violated>(&judgement.verdicts[property])) {
    Finding replayed;
    replayed.property = property;
    replayed.found = replayed.minimal = finding.shortest;
    replayed.violation = *violated;
    replayed.cause = CauseOf(finding.shortest, property, *violated);
    replayed.packets = PacketsOf(finding.shortest, *violated);
    replayed.proven_minimal = true;
    replayed.proof_states = explored.states;
    finding.rule = violated->rule;
    finding.replayed = replayed;
  }
  result_.findings.push_back(std::move(finding));
}

absl::StatusOr<ExhaustResult> Search::Run() {
  if (!options_.folder.empty()) {
    const absl::StatusOr<bool> loaded =
        LoadCheckpoint(options_.folder, key_, ground_.start, levels_.state());
    if (!loaded.ok()) return loaded.status();
    result_.resumed = *loaded;
    levels_.Count();
  }
  if (!result_.resumed) levels_.Begin();
  const absl::StatusOr<bool> complete = RunLevels();
  if (!complete.ok()) return complete.status();
  const LevelState& state = levels_.state();
  result_.complete = *complete;
  result_.symmetric = ground_.symmetric;
  result_.counts = state.counts;
  result_.levels = state.level;
  result_.bytes_peak = state.bytes_peak;
  result_.applied = state.applied;
  result_.violated = state.violated;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (state.violated.Has(i)) FindShortest(i);
  }
  result_.seconds = state.seconds;
  return std::move(result_);
}

}  // namespace

absl::StatusOr<ExhaustResult> Exhaust(const ExhaustOptions& options) {
  if (options.setup.timestamps) {
    return absl::InvalidArgumentError("timestamps tell every instant apart: no region is finite");
  }
  return Search(options).Run();
}

std::string ModelDigest(const PairSetup& setup) {
  constexpr uint64_t kSchedules = 300;
  Hasher hasher;
  HuntOptions hunt;
  hunt.setup = setup;
  for (uint64_t index = 0; index < kSchedules; ++index) {
    const Schedule schedule = RandomSchedule(hunt, index);
    World world = Start(schedule.setup);
    const auto hash = [&](const StepRecord& step) {
      for (const RuleId rule : step.effects.fired) hasher.Add(static_cast<uint64_t>(rule));
    };
    Runner runner(schedule.setup, world, hash);
    for (const Choice& choice : schedule.choices) runner.Apply(choice);
    runner.Settle();
    Mix(hasher, world, schedule.setup);
  }
  return absl::StrFormat("%016x", hasher.Value());
}

std::string SearchKey(const ExhaustOptions& options) {
  std::vector<std::string> properties;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (options.properties.Has(i)) properties.emplace_back(kProperties[i].name);
  }
  std::string key = absl::StrCat(
      "A ", View(options.setup[Side::kA].host.kernel.name), "; B ",
      View(options.setup[Side::kB].host.kernel.name), "; ", options.region.Text(), "; ",
      absl::StrJoin(properties, ","), options.fold ? "" : "; no symmetry", "; fingerprint ",
      kFingerprintVersion, "; model ", ModelDigest(options.setup));
  if (options.victim_mode.has_value()) {
    absl::StrAppend(&key, "; at an end that ends by ", View(Name(*options.victim_mode)));
  }
  if (options.shard.count > 1) {
    absl::StrAppend(&key, "; shard ", options.shard.number, "/", options.shard.count);
  }
  return key;
}

std::string FrozenText(const ExhaustResult& result) {
  return absl::StrCat(
      "the round-trip estimate stays that of the handshake; gaps between segments of text count up "
      "to 121 s; ",
      result.symmetric ? "both ends start with the same number, as after a simultaneous open; "
                       : "",
      "what follows on a faultless network is settled, not branched, where it leaves the region");
}

}  // namespace finwait
