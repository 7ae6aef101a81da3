// SPDX-License-Identifier: Apache-2.0
//
// States with one fingerprint have the same successors: without that a search passes over states it
// has never seen. Random worlds that meet in a fingerprint are led on by each choice there is. The
// law has teeth: of a fingerprint that forgets a field it says so.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fuzz/generate.h"
#include "fuzz/random.h"
#include "fuzz/schedule_file.h"
#include "model/world/fingerprint.h"
#include "model/world/world.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::Pair;

// Overwrites what a fingerprint is not to see.
using Forget = void (*)(World&);

uint64_t Print(const World& world, const PairSetup& setup, Forget forget) {
  Hasher hasher;
  if (forget == nullptr) {
    Mix(hasher, world, setup);
    return hasher.Value();
  }
  World less = world;
  forget(less);
  Mix(hasher, less, setup);
  return hasher.Value();
}

// Each choice that may act in this world.
Choices ChoicesIn(const World& world) {
  Choices all = {Wait()};
  for (const Side side : {Side::kA, Side::kB}) {
    for (uint8_t pick = 0; pick < world.From(side).count; ++pick) {
      all.insert(all.end(), {Deliver(side, pick), Duplicate(side, pick), Drop(side, pick)});
    }
    for (const How how : {How::kWr, How::kRdwr, How::kRd}) all.push_back(ShutdownBy(side, how));
    for (const uint8_t bytes : kSendSizes) all.push_back(SendBy(side, bytes));
    for (const uint8_t bytes : kRecvSizes) all.push_back(RecvBy(side, bytes));
    all.insert(all.end(), {CloseBy(side), WakeOf(side)});
  }
  return all;
}

// What is seen of a choice: the rules that decided and what calls returned.
struct Witness {
  Hasher seen;
  void operator()(const StepRecord& record) {
    const CallResult& result = record.effects.result;
    seen.Add(static_cast<uint64_t>(record.effects.rule), record.effects.sent.count);
    seen.Add(static_cast<uint64_t>(result.error), result.bytes);
  }
};

// Leads worlds on from where random schedules end, each by all its choices, as a search does.
class Law {
 public:
  explicit Law(Forget forget) : forget_(forget) {}

  // From the ends of so many schedules on hosts and options of one kind. False at the first
  // counterexample.
  bool HoldsFor(const PairSetup& setup, uint64_t schedules) {
    for (uint64_t i = 0; i < schedules; ++i) {
      met_.clear();
      worlds_.clear();
      if (!Search(setup, i)) return false;
    }
    return true;
  }

  size_t pairs() const { return pairs_; }
  const std::string& counterexample() const { return counterexample_; }

 private:
  struct Known {
    World world;
    Choices choices;
  };

  bool Search(PairSetup setup, uint64_t index) {
    Random random = Random::ForCase(1, index);
    const Swarm swarm({.choices_min = 0, .choices_max = 12}, random, setup);
    Known start{Start(setup), {}};
    NoObserver none;
    Runner runner(setup, start.world, none);
    RunRandom(swarm, start.world, random, runner, start.choices);
    if (start.world.bound) return true;
    Meets(start, setup);
    for (size_t at = 0; at < worlds_.size() && worlds_.size() < kWorldsMax; ++at) {
      for (const Choice& choice : ChoicesIn(worlds_[at].world)) {
        Known next = worlds_[at];
        next.choices.push_back(choice);
        Runner on(setup, next.world, none);
        if (!on.Apply(choice) || next.world.bound) continue;
        if (!Meets(next, setup)) return false;
      }
    }
    return true;
  }

  bool Meets(const Known& one, const PairSetup& setup) {
    const auto [at, fresh] = met_.try_emplace(Print(one.world, setup, forget_), worlds_.size());
    if (fresh) {
      worlds_.push_back(one);
      return true;
    }
    const Known& known = worlds_[at->second];
    if (std::memcmp(&known.world, &one.world, sizeof(World)) == 0) return true;
    ++pairs_;
    for (const Choice& choice : ChoicesIn(one.world)) {
      if (After(known.world, choice, setup) == After(one.world, choice, setup)) continue;
      counterexample_ =
          Line(setup, known.choices, choice) + "\n" + Line(setup, one.choices, choice);
      return false;
    }
    return true;
  }

  static std::string Line(const PairSetup& setup, Choices choices, const Choice& last) {
    choices.push_back(last);
    return FormatOneLine(Schedule{setup, choices});
  }

  // Nothing when it does not act.
  std::optional<uint64_t> After(World world, const Choice& choice, const PairSetup& setup) const {
    Witness witness;
    Runner runner(setup, world, witness);
    if (!runner.Apply(choice)) return std::nullopt;
    if (world.bound) return 0;
    return Joined(Print(world, setup, forget_), witness.seen.Value());
  }

  static constexpr size_t kWorldsMax = 1000;
  Forget forget_;
  size_t pairs_ = 0;
  std::unordered_map<uint64_t, size_t> met_;
  std::vector<Known> worlds_;
  std::string counterexample_;
};

// As they come; with SACK; with windows that close; with both and timestamps; as exhaustive
// searches have them.
std::vector<PairSetup> SetupsOf(std::string_view kernel) {
  std::vector<PairSetup> setups(5, Pair(kernel));
  setups[1].sack = setups[3].sack = setups[3].timestamps = true;
  for (const size_t small : {2U, 3U}) {
    for (EndSetup& end : setups[small].ends) end.host.environment.rcv_buffer = 10;
  }
  for (EndSetup& end : setups[4].ends) end.host.environment.rtt_frozen = true;
  return setups;
}

constexpr uint64_t kSchedules = 6, kSchedulesForgetting = 12;

class FingerprintLaw : public ::testing::TestWithParam<KernelProfile> {};

TEST_P(FingerprintLaw, EqualStatesHaveEqualSuccessors) {
  Law law(nullptr);
  for (const PairSetup& setup : SetupsOf(GetParam().name)) {
    EXPECT_TRUE(law.HoldsFor(setup, kSchedules)) << law.counterexample();
  }
  EXPECT_GE(law.pairs(), 5000U);
}

INSTANTIATE_TEST_SUITE_P(Profiles, FingerprintLaw, ::testing::ValuesIn(Profiles()),
                         [](const ::testing::TestParamInfo<KernelProfile>& kernel) {
                           std::string name(kernel.param.name);
                           for (char& c : name) c = c == '-' || c == '.' ? '_' : c;
                           return name;
                         });

struct Forgotten {
  const char* field;
  Forget forget;

  friend void PrintTo(const Forgotten& one, std::ostream* out) { *out << one.field; }
};

class FingerprintTeeth : public ::testing::TestWithParam<Forgotten> {};

TEST_P(FingerprintTeeth, AFieldThatIsForgottenIsFound) {
  Law law(GetParam().forget);
  const std::vector<PairSetup> setups = SetupsOf("linux-6.18");
  EXPECT_TRUE(std::any_of(
      setups.begin(), setups.end(),
      [&](const PairSetup& setup) { return !law.HoldsFor(setup, kSchedulesForgetting); }))
      << law.pairs() << " pairs";
}

template <typename Change>
void AtBoth(World& world, Change&& change) {
  for (Endpoint& end : world.ends) change(end.socket);
}

// Most numbers follow from others in the same world: no two differ in one of those alone.
constexpr Forgotten kForgotten[] = {
    {"copied_seq", [](World& w) { AtBoth(w, [](Tcb& tcb) { tcb.copied_seq = {}; }); }},
    {"write_seq", [](World& w) { AtBoth(w, [](Tcb& tcb) { tcb.write_seq = tcb.snd_nxt; }); }},
    {"shutdown", [](World& w) { AtBoth(w, [](Tcb& tcb) { tcb.shutdown = 0; }); }},
    {"error", [](World& w) { AtBoth(w, [](Tcb& tcb) { tcb.error = {}; }); }},
    {"last_oow_ack", [](World& w) { AtBoth(w, [](Tcb& tcb) { tcb.last_oow_ack = kNever; }); }},
    {"retransmit_at", [](World& w) { AtBoth(w, [](Tcb& tcb) { tcb.retransmit_at = kNever; }); }},
    {"rto", [](World& w) { AtBoth(w, [](Tcb& tcb) { tcb.rto = {}; }); }},
    {"recovery",
     [](World& w) {
       AtBoth(w, [](Tcb& tcb) {
         tcb.recovery = {};
         tcb.dup_acks = 0;
       });
     }},
    {"ack",
     [](World& w) {
       AtBoth(w, [](Tcb& tcb) {
         tcb.ack = {};
         tcb.delayed_ack_at = kNever;
       });
     }},
    {"departure",
     [](World& w) {
       for (Wire& wire : w.wires) {
         for (InFlight& segment : wire) segment.sent = {};
       }
     }},
};

INSTANTIATE_TEST_SUITE_P(Fields, FingerprintTeeth, ::testing::ValuesIn(kForgotten),
                         [](const ::testing::TestParamInfo<Forgotten>& one) {
                           return std::string(one.param.field);
                         });

}  // namespace
}  // namespace finwait
