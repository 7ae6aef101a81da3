// SPDX-License-Identifier: Apache-2.0
#include "fuzz/targets/pair.h"

#include <array>
#include <cstdio>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fuzz/cause.h"
#include "fuzz/codec.h"
#include "fuzz/finding.h"
#include "fuzz/keep.h"
#include "fuzz/schedule_file.h"
#include "fuzz/targets/crash.h"
#include "fuzz/targets/run_tree.h"
#include "fuzz/targets/settings.h"
#include "fuzz/targets/transitions.h"
#include "model/world/world.h"

namespace finwait {
namespace {

// Feeds the monitors, and keeps what is seen.
struct Watcher {
  Monitors monitors;
  std::vector<uint16_t> seen;

  void operator()(const StepRecord& step) {
    monitors(step);
    const uint16_t transition =
        TransitionOf(step.effects.rule, step.before.state, step.after.state);
    NoteTransition(transition);
    seen.push_back(transition);
  }
};

// SO_LINGER of both ends, which is all of the setup that an input decides, as a number from 1.
constexpr RunTree::Node kBeginnings = 9;
RunTree::Node BeginningOf(const PairSetup& setup) {
  const auto code = [](const EndSetup& end) {
    return end.linger_on ? (end.linger_s == 0 ? 1U : 2U) : 0U;
  };
  return code(setup[Side::kA]) * 3U + code(setup[Side::kB]) + 1U;
}

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
  return Settings().known.Has(found) || met.contains(found);
}

void Study(const Schedule& schedule, size_t property, const Violated& violation) {
  static std::set<std::string> met;
  if (IsKnown(schedule, property, violation, met)) return;
  const Goal goal{property, violation.rule, std::nullopt};
  const Finding finding = ShrinkFinding(schedule, goal);
  if (Settings().known.Knows(finding.cause, finding.origins)) {
    met.insert(CauseOf(schedule, property, violation).Id());
    return;
  }
  std::fprintf(stderr, "violated %s, cause %s\n%s\nagain: ./x replay -e '%s'\n",
               kProperties[property].name.data(), finding.cause.Id().c_str(), finding.says.c_str(),
               FormatOneLine(finding.minimal).c_str());
  if (!Settings().findings.empty()) {
    const absl::StatusOr<std::string> kept =
        KeepSchedule(finding.minimal, finding.cause, Settings().findings);
    std::fprintf(stderr, "kept: %s\n",
                 kept.ok() ? kept->c_str() : std::string(kept.status().message()).c_str());
  }
  static constexpr auto kFrames = PropertyFrames(std::make_index_sequence<kPropertyCount>());
  kFrames[property]();
}

// Engines that count edges alone must see those of every run.
#ifdef FINWAIT_EDGES
constexpr bool kRemembers = false;
#else
constexpr bool kRemembers = true;
#endif

// A run on its way, and where in the tree of runs it stands.
class Walk {
 public:
  // Goes as far as earlier runs went. True if that is to the end, and settled.
  bool KnowsAll(const Schedule& schedule);
  // Makes the run, and judges it.
  void Run(const Schedule& schedule);

 private:
  // What a run has come to.
  struct State {
    World world;
    Monitors monitors;
    RunTree::End at{};
    uint32_t acted = 0;  // So many choices.
  };

  bool Follow(uint32_t branch);
  const State& Begin(const PairSetup& setup);
  void Keep(const Runner<Watcher>& runner);
  void Judge(const Schedule& schedule, Runner<Watcher>& runner);

  static constexpr size_t kBranchesMax = size_t{1} << 16U;
  RunTree tree_{kBranchesMax, kBeginnings};
  std::array<std::optional<State>, kBeginnings + 1> beginnings_;
  std::array<std::optional<State>, 256> kept_;  // By node: where runs have parted.
  std::optional<World> world_;
  std::optional<Watcher> watcher_;
  RunTree::End at_;
  size_t known_ = 0;                // So many choices led there,
  const State* nearest_ = nullptr;  // and this is on the way,
  size_t nearest_known_ = 0;        // behind so many of them.
};

// One branch on, if it is known.
bool Walk::Follow(uint32_t branch) {
  const RunTree::Shown shown = tree_.Follow(at_.node, branch);
  if (shown.end.node == RunTree::kUnknown) return false;
  at_ = shown.end;
  for (const uint16_t transition : shown.transitions) NoteTransition(transition);
  return true;
}

bool Walk::KnowsAll(const Schedule& schedule) {
  if (tree_.MakeRoom(kDecodedChoicesMax + 1)) kept_.fill(std::nullopt);
  nearest_ = &Begin(schedule.setup);
  at_ = nearest_->at;
  known_ = nearest_known_ = 0;
  if (!kRemembers) return false;
  for (const Choice& choice : schedule.choices) {
    if (Acts(at_.enabled, choice)) {
      if (!Follow(RunTree::Of(choice))) return false;
      const std::optional<State>& kept = kept_[at_.node % kept_.size()];
      if (kept.has_value() && kept->at.node == at_.node) {
        nearest_ = &*kept;
        nearest_known_ = known_ + 1;
      }
    }
    ++known_;
  }
  return Follow(RunTree::kSettling);
}

const Walk::State& Walk::Begin(const PairSetup& setup) {
  const RunTree::Node node = BeginningOf(setup);
  std::optional<State>& beginning = beginnings_[node];
  if (!beginning.has_value()) {
    const World world = Start(setup);
    beginning = State{world, Monitors(Settings().watched, setup), {node, EnabledIn(world)}, 0};
  }
  return *beginning;
}

// Where this run parts from those before it others may, too.
void Walk::Keep(const Runner<Watcher>& runner) {
  constexpr uint32_t kWorthIt = 2;
  if (runner.choices() - nearest_->acted < kWorthIt) return;
  kept_[at_.node % kept_.size()] = State{*world_, watcher_->monitors, at_, runner.choices()};
}

void Walk::Run(const Schedule& schedule) {
  const State& nearest = *nearest_;
  if (!world_.has_value()) {
    world_ = nearest.world;
    watcher_ = Watcher{nearest.monitors, {}};
  }
  World& world = *world_ = nearest.world;
  watcher_->monitors = nearest.monitors;
  std::vector<uint16_t>& seen = watcher_->seen;
  Runner runner(schedule.setup, world, *watcher_, nearest.acted);
  for (size_t i = nearest_known_; i < schedule.choices.size(); ++i) {
    if (i == known_) Keep(runner);
    seen.clear();
    if (!runner.Apply(schedule.choices[i]) || i < known_) continue;
    const Enabled then = world.bound ? Enabled{} : EnabledIn(world);
    at_.node = tree_.Add(at_.node, RunTree::Of(schedule.choices[i]), then, seen);
  }
  seen.clear();
  Judge(schedule, runner);
}

// What settling would do, choices can do as well: it is run only as long as somebody waits for it.
// The tree learns of a settled run only what violates nothing, so that a violation is always seen
// anew.
void Walk::Judge(const Schedule& schedule, Runner<Watcher>& runner) {
  const Monitors& monitors = watcher_->monitors;
  PropertySet suspecting = monitors.Suspecting();
  const bool bound = !runner.SettleWhile([&](const Choice&) {
    suspecting = monitors.Suspecting(suspecting);
    if (suspecting.bits == 0) suspecting = monitors.Suspecting();
    return suspecting.bits != 0;
  });
  suspecting = monitors.Suspecting();
  bool violated = false;
  for (size_t property = 0; property < kPropertyCount; ++property) {
    if (!suspecting.Has(property)) continue;
    const Verdict verdict = VerdictOf(monitors, property, bound);
    const auto* const violation = std::get_if<Violated>(&verdict);
    if (violation == nullptr) continue;
    violated = true;
    Study(schedule, property, *violation);
  }
  if (!violated) tree_.Add(at_.node, RunTree::kSettling, Enabled{}, watcher_->seen);
}

}  // namespace

void JudgePair(std::span<const uint8_t> bytes) {
  static Walk walk;
  Schedule& schedule = Scratch();
  DecodeInto(bytes, schedule);
  if (!walk.KnowsAll(schedule)) walk.Run(schedule);
}

}  // namespace finwait
