// SPDX-License-Identifier: Apache-2.0
#include "fuzz/exhaust.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "fuzz/checkpoint.h"
#include "fuzz/explore.h"
#include "fuzz/levels.h"

namespace finwait {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Shards are dealt the first level with so many states for each of them.
constexpr uint64_t kDealtEach = 64;

// The bytes of this are what checkpoints are made of.
std::string LayoutText() {
  return absl::StrCat("layout ", sizeof(World), "/", sizeof(Monitors), "/", kPropertyCount);
}

class RegionSearch {
 public:
  explicit RegionSearch(const ExhaustOptions& options)
      : options_(options),
        ground_(FrozenGround(options.setup, options.region, options.properties, options.fold)),
        levels_(std::make_unique<Levels>(ground_, options)),
        key_(absl::StrCat(SearchKey(options), "; ", LayoutText())) {}

  // Adds what comes of it to `result`.
  absl::Status Run(ExhaustResult& result);

 private:
  absl::StatusOr<bool> RunLevels();
  absl::Status Save();
  bool SaveDue(Levels::Paused stopped) const;
  void FindShortest(size_t property, ExhaustResult& result);

  const ExhaustOptions& options_;
  Ground ground_;
  std::unique_ptr<Levels> levels_;
  std::string key_;
  double saved_at_ = 0;  // Of the search's seconds,
  double saving_ = 0;    // and how long that took.
};

absl::Status RegionSearch::Save() {
  const SteadyClock::time_point started = SteadyClock::now();
  absl::Status status = SaveCheckpoint(options_.folder, key_, levels_->state());
  saving_ = std::chrono::duration<double>(SteadyClock::now() - started).count();
  saved_at_ = levels_->state().seconds;
  return status;
}

// Between two levels, unless that would take more than about a tenth of the time; at the end; and
// whenever enough time is over.
bool RegionSearch::SaveDue(Levels::Paused stopped) const {
  if (options_.folder.empty()) return false;
  const LevelState& state = levels_->state();
  const bool over = state.current.empty() && state.next.empty();
  if (stopped != Levels::Paused::kLevelDone || over) return true;
  return state.seconds - saved_at_ >= 10 * saving_;
}

// True when the region is covered, false when memory ran out.
absl::StatusOr<bool> RegionSearch::RunLevels() {
  LevelState& state = levels_->state();
  saved_at_ = state.seconds;
  const double every =
      options_.folder.empty() ? std::numeric_limits<double>::max() : options_.checkpoint_s;
  for (;;) {
    if (state.current.empty()) {
      if (state.next.empty()) return true;
      const bool deal = options_.shard.count > 1 && !state.dealt &&
                        levels_->Frontier() >= kDealtEach * options_.shard.count;
      levels_->Advance();
      if (deal) levels_->Deal();
    }
    const Levels::Paused stopped = levels_->Work(every);
    if (SaveDue(stopped)) {
      if (absl::Status status = Save(); !status.ok()) return status;
    }
    if (stopped == Levels::Paused::kNoMemory || stopped == Levels::Paused::kStopped) {
      return false;
    }
  }
}

// Once more for one property, without symmetry and with the way kept. Where a mode was asked for,
// only now is it known whether the end that suffers has ended in it.
void RegionSearch::FindShortest(size_t property, ExhaustResult& result) {
  const PropertySet only = Only(property);
  Ground ground = FrozenGround(options_.setup, options_.region, only, options_.fold);
  ground.symmetric = false;
  Goal goal{property, RuleId::kNone, options_.victim_mode};
  ExploreLimits limits;
  limits.choices_max = std::numeric_limits<uint32_t>::max();
  limits.states_max = std::numeric_limits<uint64_t>::max();
  limits.bytes_max = options_.bytes_max;
  limits.stop = options_.stop;
  const Explored explored = Explore({ground}, goal, limits);
  result.bytes_peak = std::max(result.bytes_peak, explored.bytes_peak);
  if (!explored.found.has_value()) {
    // Under a mode that was asked for none may be; else the limits ended the search.
    if (!explored.complete) result.not_shown.Add(property);
    return;
  }
  ExhaustFinding finding;
  finding.property = property;
  finding.states = explored.states;
  finding.shortest = Schedule{options_.setup, explored.found->choices};
  for (const Side side : {Side::kA, Side::kB}) {
    SetLinger(finding.shortest.setup[side], options_.region.modes[Index(side)]);
  }
  const Judgement judgement = Judge(finding.shortest.setup, finding.shortest.choices, only);
  if (const auto* violated = std::get_if<Violated>(&judgement.verdicts[property])) {
    finding.rule = violated->rule;
    finding.replayed = FindingOf(finding.shortest, property, *violated);
    finding.replayed->proven_minimal = true;
    finding.replayed->proof_states = explored.states;
  }
  result.findings.push_back(std::move(finding));
}

absl::Status RegionSearch::Run(ExhaustResult& result) {
  bool resumed = false;
  if (!options_.folder.empty()) {
    const absl::StatusOr<bool> loaded =
        LoadCheckpoint(options_.folder, key_, ground_.start, levels_->state());
    if (!loaded.ok()) return loaded.status();
    resumed = *loaded;
    levels_->Count();
  }
  if (!resumed) levels_->Begin();
  const absl::StatusOr<bool> complete = RunLevels();
  if (!complete.ok()) return complete.status();
  const LevelState& state = levels_->state();
  result.passes.push_back(
      ExhaustPass{options_.properties, state.counts, state.bytes_peak, *complete});
  result.complete &= *complete;
  result.resumed |= resumed;
  result.symmetric = ground_.symmetric;
  result.counts.Add(state.counts);
  result.levels = std::max(result.levels, state.level);
  result.bytes_peak = std::max(result.bytes_peak, state.bytes_peak);
  result.applied.bits |= state.applied.bits;
  result.violated.bits |= state.violated.bits;
  result.seconds += state.seconds;
  const PropertySet violated = state.violated;
  levels_.reset();  // What it kept is not needed any more, and counts.
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (violated.Has(i)) FindShortest(i, result);
  }
  return absl::OkStatus();
}

}  // namespace

PropertySet Searchable(PropertySet properties) {
  for (size_t i = 0; i < kPropertyCount; ++i) {
    const bool by_serials = kProperties[i].name == kNoEndlessExchange.name;
    if (kProperties[i].monitor.size == 0 || by_serials) properties.Remove(i);
  }
  return properties.Without(OfKind(Kind::kSometimes));
}

std::vector<PropertySet> Passes(PropertySet properties, size_t together) {
  std::vector<PropertySet> passes;
  for (const bool ledger : {false, true}) {
    PropertySet pass;
    for (size_t i = 0; i < kPropertyCount; ++i) {
      const bool apart = together < kPropertyCount && kProperties[i].monitor.reads_ledger != ledger;
      if (!properties.Has(i) || apart) continue;
      properties.Remove(i);
      pass.Add(i);
      if (static_cast<size_t>(pass.Count()) < together) continue;
      passes.push_back(std::exchange(pass, {}));
    }
    if (pass.Count() > 0) passes.push_back(pass);
  }
  return passes;
}

const ExhaustPass& PassOf(const ExhaustResult& result, size_t property) {
  for (const ExhaustPass& pass : result.passes) {
    if (pass.properties.Has(property)) return pass;
  }
  return result.passes.front();
}

absl::StatusOr<ExhaustResult> Exhaust(const ExhaustOptions& options) {
  if (options.setup.timestamps) {
    return absl::InvalidArgumentError("timestamps tell every instant apart: no region is finite");
  }
  ExhaustResult result;
  result.complete = true;
  for (const PropertySet& pass : Passes(Searchable(options.properties), options.together)) {
    if (result.stopped) {  // Not begun.
      result.passes.push_back(ExhaustPass{pass, {}, 0, false});
      continue;
    }
    ExhaustOptions own = options;
    own.properties = pass;
    if (!options.folder.empty()) {
      own.folder = absl::StrCat(options.folder, "/pass-", result.passes.size() + 1);
    }
    if (absl::Status status = RegionSearch(own).Run(result); !status.ok()) return status;
    result.stopped = Stopped(options.stop);
  }
  if (result.stopped) {
    result.complete = std::all_of(result.passes.begin(), result.passes.end(),
                                  [](const ExhaustPass& pass) { return pass.complete; });
  }
  std::sort(result.findings.begin(), result.findings.end(),
            [](const ExhaustFinding& one, const ExhaustFinding& other) {
              return one.property < other.property;
            });
  return result;
}

}  // namespace finwait
