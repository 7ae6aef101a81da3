// SPDX-License-Identifier: Apache-2.0
//
// What can be seen at all: every (rule, state before, state after) that a region and the matrix of
// forged segments show. transitions-linux-6.12.txt keeps them; `./x fuzz transitions` holds what
// the fuzz targets have seen against it. The standard region takes 100 s: it is searched with
// FINWAIT_WHOLE_REGION=1, and by FINWAIT_UPDATE_GOLDEN=1, which writes the file anew. Without
// losses and with one retransmission, which is what every test run searches, the set is the same.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "diff/diff.h"
#include "diff/matrix.h"
#include "diff/observe.h"
#include "fuzz/search_state.h"
#include "fuzz/targets/transitions.h"
#include "fuzz/visited.h"
#include "stacks/model_stack.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::Pair;

constexpr std::string_view kKernel = "linux-6.12";
constexpr const char* kKept = "tests/exhaustive/transitions-linux-6.12.txt";

std::set<std::string> Lines(const std::string& text) {
  std::set<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.insert(line);
  return lines;
}

std::set<std::string> Kept() {
  std::ifstream file(kKept);
  std::stringstream text;
  text << file.rdbuf();
  return Lines(text.str());
}

// Hears one choice.
struct Listener {
  std::vector<uint16_t> transitions;
  uint32_t sent_again = 0;

  void operator()(const StepRecord& step) {
    transitions.push_back(TransitionOf(step.effects.rule, step.before.state, step.after.state));
    for (const Counter counter : step.effects.counted) {
      if (counter == Counter::kRetransSegs || counter == Counter::kTcpWinProbe) ++sent_again;
    }
  }
};

// Every state of a region, breadth first, without monitors.
class Flood {
 public:
  explicit Flood(const Region& region)
      : ground_(FrozenGround(Pair(kKernel), region, PropertySet{}, false)) {}

  void Run() {
    Take(ground_.start);
    while (!next_.empty()) {
      const Bytes level_states = std::exchange(next_, {});
      SearchState state = ground_.start;
      const uint8_t* at = level_states.data();
      while (at != level_states.data() + level_states.size()) {
        Unpack(ground_, at, state);
        Expand(state);
      }
    }
  }
  uint64_t states() const { return visited_.size(); }

 private:
  void Take(const SearchState& state) {
    const Parts parts = PartsOf(ground_, state);
    if (visited_.Insert(FingerprintOf(false, parts, state.budget))) Pack(ground_, state, next_);
  }
  void Expand(const SearchState& from) {
    EnabledChoices(ground_.region, from.budget, EnabledIn(from.world), choices_);
    for (const Choice& choice : choices_) {
      CopyState(ground_, from, to_);
      Listener listener;
      Runner runner(ground_.setup, to_.world, listener);
      runner.Apply(choice);
      to_.budget.Charge(choice);
      if (to_.world.bound || !to_.budget.ChargeRetransmissions(listener.sent_again) ||
          !WithinFlight(ground_.region, to_.world)) {
        continue;
      }
      for (const uint16_t transition : listener.transitions) NoteTransition(transition);
      to_.budget.Forget({UserMayCall(to_.world[Side::kA]), UserMayCall(to_.world[Side::kB])});
      Take(to_);
    }
  }

  Ground ground_;
  Visited visited_;
  Bytes next_;
  Choices choices_;
  SearchState to_ = ground_.start;
};

void RunMatrix() {
  const Host host{*FindProfile(kKernel), Environment{}};
  ModelStack guide(host);
  const absl::Status status = ForEachCell(AskTerms(guide).value(), host, [&](const Cell& cell) {
    ModelStack stack(host);
    stack.SetTamper([](const Endpoint& before, Endpoint& after, Effects& effects) {
      NoteTransition(effects.rule, StateOf(before), StateOf(after));
    });
    Observation seen;
    return RunAndObserve(cell.solo, Watch{}, stack, seen);
  });
  EXPECT_TRUE(status.ok()) << status;
}

// What a region shows, and then what the matrix adds.
struct Reached {
  uint64_t states = 0;
  size_t in_region = 0;
  std::set<std::string> all;
};
Reached Reach(const Region& region) {
  transitions_seen.fill(0);
  Flood flood(region);
  flood.Run();
  Reached reached{flood.states(), Lines(TransitionsText()).size(), {}};
  RunMatrix();
  reached.all = Lines(TransitionsText());
  return reached;
}

constexpr Region kWhole{};
constexpr Region kReduced{.losses = 0, .retransmissions = 1};

TEST(Reachable, IsWhatIsKept) {
  const bool update = std::getenv("FINWAIT_UPDATE_GOLDEN") != nullptr;
  const bool whole = update || std::getenv("FINWAIT_WHOLE_REGION") != nullptr;
  const Reached reached = Reach(whole ? kWhole : kReduced);
  if (update) {
    std::ofstream out(kKept);
    for (const std::string& line : reached.all) out << line << "\n";
    GTEST_SKIP() << "written: " << kKept;
  }
  EXPECT_EQ(reached.states, whole ? 18'988'107U : 782'845U);
  EXPECT_EQ(reached.in_region, whole ? 98U : 97U);
  EXPECT_EQ(reached.all.size(), 163U);
  EXPECT_EQ(reached.all, Kept());
}

}  // namespace
}  // namespace finwait
