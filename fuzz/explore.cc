// SPDX-License-Identifier: Apache-2.0
#include "fuzz/explore.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "fuzz/exhaust.h"
#include "fuzz/expand.h"

namespace finwait {
namespace {

std::vector<Mode> Starts(Mode asked) {
  if (asked != Mode::kAny) return {asked};
  return {Mode::kAny, Mode::kLinger0, Mode::kLingerN};
}

std::vector<Ground> Grounds(const PairSetup& setup, const SearchRules& rules, PropertySet watched) {
  std::vector<Ground> grounds;
  for (const Mode a : Starts(rules.modes[0])) {
    for (const Mode b : Starts(rules.modes[1])) {
      PairSetup own = setup;
      SetLinger(own[Side::kA], a);
      SetLinger(own[Side::kB], b);
      grounds.push_back(PlainGround(own, EverythingOf({a, b}), watched));
    }
  }
  return grounds;
}

constexpr uint32_t kNoParent = 0xFFFFFFFF;

class Search {
 public:
  // Hears of every violation whose step is among the choices made; says whether it was looked for.
  using Accept = std::function<bool(size_t property, const Violated&, const Schedule&)>;

  // Stops at the first that is accepted or, with `whole_level`, once all that is as short is seen.
  Search(const std::vector<Ground>& grounds, const ExploreLimits& limits, bool whole_level,
         Accept accept);

  Explored Run();

 private:
  // How a state came about; the state itself is packed.
  struct Link {
    uint32_t parent;  // Index into the tree.
    uint32_t root;    // Which of the grounds.
    Choice choice;
  };

  void Found(uint32_t root, const SearchState& state, const Choice& choice);
  void ExpandLevel();
  bool Reaches(uint32_t root, const SearchState& state, const Link& link);
  Choices PathTo(const Link& link) const;
  bool Full() const {
    return tree_.size() + next_links_.size() > limits_.states_max ||
           BytesKept() > limits_.bytes_max || Stopped(limits_.stop);
  }
  uint64_t BytesKept() const;

  const std::vector<Ground>& grounds_;
  ExploreLimits limits_;
  bool whole_level_;
  Accept accept_;
  Explored result_;
  Visited visited_;
  std::vector<std::unique_ptr<Expander>> expanders_;
  std::vector<Link> tree_;  // Every state that was expanded, for the way back.
  std::vector<Link> links_, next_links_;
  Bytes states_, next_states_;
  uint32_t depth_ = 0;
};

Search::Search(const std::vector<Ground>& grounds, const ExploreLimits& limits, bool whole_level,
               Accept accept)
    : grounds_(grounds), limits_(limits), whole_level_(whole_level), accept_(std::move(accept)) {
  for (uint32_t root = 0; root < grounds.size(); ++root) {
    expanders_.push_back(std::make_unique<Expander>(
        grounds[root], visited_, [this, root](const SearchState& state, const Choice& choice) {
          Found(root, state, choice);
        }));
    if (!expanders_.back()->Begin()) continue;
    Pack(grounds[root], grounds[root].start, states_);
    links_.push_back(Link{kNoParent, root, Choice{}});
  }
}

// A vector that grows has its old place and its new one for a while, half as much again in all.
uint64_t Search::BytesKept() const {
  const auto links = tree_.capacity() + links_.capacity() + next_links_.capacity();
  const uint64_t vectors = links * sizeof(Link) + states_.capacity() + next_states_.capacity();
  return vectors + vectors / 2 + visited_.bytes();
}

Choices Search::PathTo(const Link& link) const {
  Choices path;
  for (Link at = link; at.parent != kNoParent; at = tree_[at.parent]) path.push_back(at.choice);
  return {path.rbegin(), path.rend()};
}

// Whether settling from here shows what is looked for.
bool Search::Reaches(uint32_t root, const SearchState& state, const Link& link) {
  const Ground& ground = grounds_[root];
  const PropertySet suspected = state.monitors.Suspecting();
  if (suspected.bits == 0) return false;
  World world = state.world;
  Monitors monitors = state.monitors;
  Runner settling(ground.setup, world, monitors, depth_ + 1);
  const bool bound = !settling.Settle();
  bool reaches = false;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!suspected.Has(i)) continue;
    const Verdict verdict = VerdictOf(monitors, i, bound);
    const auto* const violated = std::get_if<Violated>(&verdict);
    if (violated == nullptr || violated->choice_index > depth_) continue;
    const Schedule schedule{ground.setup, PathTo(link)};
    if (!accept_(i, *violated, schedule)) continue;
    if (!reaches && !result_.found.has_value()) result_.found = schedule;
    reaches = true;
  }
  return reaches;
}

void Search::Found(uint32_t root, const SearchState& state, const Choice& choice) {
  if (result_.found.has_value() && !whole_level_) return;
  const Link link{static_cast<uint32_t>(tree_.size() - 1), root, choice};
  if (Reaches(root, state, link) || result_.found.has_value()) return;
  if (depth_ + 1 >= limits_.choices_max) return;
  Pack(grounds_[root], state, next_states_);
  next_links_.push_back(link);
}

void Search::ExpandLevel() {
  SearchState state = grounds_[0].start;
  const uint8_t* at = states_.data();
  for (const Link& link : links_) {
    Unpack(grounds_[link.root], at, state);
    tree_.push_back(link);
    expanders_[link.root]->Expand(state, depth_);
    if (Full() || (result_.found.has_value() && !whole_level_)) break;
  }
}

Explored Search::Run() {
  while (depth_ < limits_.choices_max && !links_.empty()) {
    ExpandLevel();
    result_.bytes_peak = std::max(result_.bytes_peak, BytesKept());
    ++depth_;
    if (result_.found.has_value() || Full()) break;
    links_ = std::exchange(next_links_, {});
    states_ = std::exchange(next_states_, {});
    result_.complete = depth_ == limits_.choices_max || links_.empty();
  }
  for (const auto& expander : expanders_) {
    result_.states += expander->counts().states;
    result_.choices_applied += expander->counts().edges;
    result_.complete &= expander->counts().bound == 0;
  }
  result_.complete &= !result_.found.has_value() && result_.states <= limits_.states_max;
  return result_;
}

}  // namespace

Explored Explore(const PairSetup& setup, const SearchRules& rules, const Goal& goal,
                 const ExploreLimits& limits) {
  return Explore(Grounds(setup, rules, Only(goal.property)), goal, limits);
}

Explored Explore(const std::vector<Ground>& grounds, const Goal& goal,
                 const ExploreLimits& limits) {
  if (limits.choices_max == 0) {
    Explored nothing;
    nothing.complete = true;  // No schedule is shorter.
    return nothing;
  }
  const auto accept = [&](size_t, const Violated& violated, const Schedule& schedule) {
    if (goal.rule != RuleId::kNone && violated.rule != goal.rule) return false;
    return !goal.mode.has_value() || InMode(schedule.setup, schedule.choices, violated, goal);
  };
  return Search(grounds, limits, false, accept).Run();
}

ExploredAny ExploreAny(const PairSetup& setup, PropertySet properties,
                       const ExploreLimits& limits) {
  ExploredAny any;
  const auto accept = [&](size_t property, const Violated& violated, const Schedule& schedule) {
    any.cases.push_back({property, violated, schedule});
    return true;
  };
  std::vector<Ground> grounds = Grounds(setup, SearchRules{}, Searchable(properties));
  for (Ground& ground : grounds) ground.region.modes = {Mode::kAny, Mode::kAny};
  any.complete = Search(grounds, limits, true, accept).Run().complete;
  return any;
}

}  // namespace finwait
