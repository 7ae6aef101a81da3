// SPDX-License-Identifier: Apache-2.0
#include "fuzz/explore.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "model/world/fingerprint.h"
#include "model/world/world.h"

namespace finwait {
namespace {

struct Node {
  World world;
  Monitors monitors;
  uint32_t root;    // Which of the starting points,
  uint32_t parent;  // and the node it came from (index into the tree), by this choice.
  Choice choice;
};

// A starting point: the modes in force and the setup they make.
struct Root {
  std::array<Mode, 2> modes;
  PairSetup setup;
};

std::vector<Mode> Starts(Mode asked) {
  if (asked != Mode::kAny) return {asked};
  return {Mode::kAny, Mode::kLinger0, Mode::kLingerN};
}

std::vector<Root> Roots(const PairSetup& setup, const SearchRules& rules) {
  std::vector<Root> roots;
  for (const Mode a : Starts(rules.modes[0])) {
    for (const Mode b : Starts(rules.modes[1])) {
      Root root{{a, b}, setup};
      SetLinger(root.setup[Side::kA], a);
      SetLinger(root.setup[Side::kB], b);
      roots.push_back(root);
    }
  }
  return roots;
}

constexpr uint32_t kNoParent = 0xFFFFFFFF;

class Search {
 public:
  Search(const PairSetup& setup, const SearchRules& rules, const Goal& goal,
         const ExploreLimits& limits)
      : roots_(Roots(setup, rules)), goal_(goal), limits_(limits) {}

  Explored Run();

 private:
  using Link = std::pair<uint32_t, Choice>;  // Parent and choice of a tree node.

  void Start(uint32_t root);
  void Expand(const Node& node, uint32_t depth, std::vector<Node>& next);
  bool Reaches(const Node& node, uint32_t depth) const;
  bool IsNew(const Node& node);
  Choices PathTo(const Node& node) const;

  std::vector<Root> roots_;
  Goal goal_;
  ExploreLimits limits_;
  Explored result_;
  bool left_out_ = false;   // A world ended as `bound`.
  std::vector<Link> tree_;  // Every node that was expanded, for the way back.
  absl::flat_hash_set<uint64_t> seen_;
  std::vector<Node> frontier_;
};

bool Search::IsNew(const Node& node) {
  Hasher hasher;
  hasher.Add(node.root);
  Mix(hasher, node.world, roots_[node.root].setup);
  node.monitors.Mix(hasher, node.world.now);
  if (!seen_.insert(hasher.Value()).second) return false;
  ++result_.states;
  return true;
}

Choices Search::PathTo(const Node& node) const {
  Choices path;
  if (node.parent == kNoParent) return path;
  path.push_back(node.choice);
  for (uint32_t at = node.parent; tree_[at].first != kNoParent; at = tree_[at].first) {
    path.push_back(tree_[at].second);
  }
  return {path.rbegin(), path.rend()};
}

// Whether settling from here shows the violation, its step being among the choices made.
bool Search::Reaches(const Node& node, uint32_t depth) const {
  if (!node.monitors.Suspects(goal_.property)) return false;
  const PairSetup& setup = roots_[node.root].setup;
  World world = node.world;
  Monitors monitors = node.monitors;
  Runner settling(setup, world, monitors);
  if (!settling.Settle()) return false;
  const Verdict verdict = monitors.Finish(goal_.property);
  const auto* violated = std::get_if<Violated>(&verdict);
  if (violated == nullptr || violated->rule != goal_.rule) return false;
  if (violated->choice_index >= depth) return false;
  return !goal_.mode.has_value() || InMode(setup, PathTo(node), *violated, goal_);
}

void Search::Start(uint32_t root) {
  const PairSetup& setup = roots_[root].setup;
  Node node{finwait::Start(setup), Monitors(Only(goal_.property), setup), root, kNoParent,
            Choice{}};
  if (IsNew(node)) frontier_.push_back(node);
}

void Search::Expand(const Node& node, uint32_t depth, std::vector<Node>& next) {
  Choices enabled;
  EnabledChoices(node.world, roots_[node.root].modes, enabled);
  const auto parent = static_cast<uint32_t>(tree_.size());
  tree_.emplace_back(node.parent, node.choice);
  for (const Choice& choice : enabled) {
    Node child = node;
    child.parent = parent;
    child.choice = choice;
    Runner runner(roots_[node.root].setup, child.world, child.monitors, depth);
    runner.Apply(choice);
    ++result_.choices_applied;
    if (child.world.bound) {
      left_out_ = true;  // The model says nothing of what lies beyond.
      continue;
    }
    if (!IsNew(child)) continue;
    if (Reaches(child, depth + 1)) {
      result_.found = Schedule{roots_[node.root].setup, PathTo(child)};
      return;
    }
    if (depth + 1 < limits_.choices_max) next.push_back(child);
  }
}

Explored Search::Run() {
  for (uint32_t root = 0; root < roots_.size(); ++root) Start(root);
  for (uint32_t depth = 0; depth < limits_.choices_max && !frontier_.empty(); ++depth) {
    std::vector<Node> next;
    for (const Node& node : frontier_) {
      Expand(node, depth, next);
      if (result_.found.has_value() || result_.states > limits_.states_max) return result_;
    }
    frontier_ = std::move(next);
  }
  result_.complete = !left_out_;
  return result_;
}

}  // namespace

void EnabledChoices(const World& world, const std::array<Mode, 2>& modes, Choices& out) {
  out.clear();
  const auto add = [&](Choice choice) {
    if (Acts(world, choice)) out.push_back(choice);
  };
  for (const Side side : {Side::kA, Side::kB}) {
    for (uint8_t pick = 0; pick < world.From(side).count; ++pick) {
      add(Deliver(side, pick));
      add(Duplicate(side, pick));
      add(Drop(side, pick));
    }
    for (Choice call : EndingCalls(modes[Index(side)])) {
      call.side = side;
      add(call);
    }
    for (const uint8_t bytes : kRecvSizes) add(RecvBy(side, bytes));
    for (const uint8_t bytes : kSendSizes) add(SendBy(side, bytes));
    add(WakeOf(side));
  }
  add(Wait());
}

Explored Explore(const PairSetup& setup, const SearchRules& rules, const Goal& goal,
                 const ExploreLimits& limits) {
  return Search(setup, rules, goal, limits).Run();
}

}  // namespace finwait
