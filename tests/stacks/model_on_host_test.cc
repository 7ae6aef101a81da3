// SPDX-License-Identifier: Apache-2.0
//
// The model held against the running kernel: a schedule runs on the model, its side A as a script
// on the kernel, and the answers must agree.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/world/world.h"
#include "stacks/compare.h"
#include "stacks/driver.h"
#include "stacks/script.h"
#include "tests/stacks/host_test.h"

namespace finwait {
namespace {

std::vector<StepRecord> Recorded(const PairSetup& setup, const Choices& choices) {
  std::vector<StepRecord> steps;
  auto record = [&steps](const StepRecord& step) { steps.push_back(step); };
  World world = Start(setup);
  Runner runner(setup, world, record);
  for (const Choice& choice : choices) runner.Apply(choice);
  return steps;
}

struct Case {
  const char* name;
  Choices choices;
};

constexpr Side kA = Side::kA, kB = Side::kB;

const std::vector<Case>& Cases() {
  static const auto& cases = *new std::vector<Case>{
      {"Incident",
       {ShutdownBy(kA, How::kWr), ShutdownBy(kB, How::kWr), Deliver(kA, 0), Deliver(kB, 1),
        Deliver(kB, 0)}},
      {"SimultaneousClose",
       {CloseBy(kA), CloseBy(kB), Deliver(kA, 0), Deliver(kB, 0), Deliver(kB, 0)}},
      {"OrderlyClose", {CloseBy(kA), Deliver(kA, 0), CloseBy(kB), Deliver(kB, 0), Deliver(kB, 0)}},
      {"DataThenClose",
       {SendBy(kA, 10), ShutdownBy(kB, How::kWr), Deliver(kA, 0), CloseBy(kA), Deliver(kB, 1),
        Deliver(kB, 0)}},
      {"AckOfFinDoesNotWaitForTheTick",
       {SendBy(kA, 4), Deliver(kA, 0), ShutdownBy(kB, How::kWr), Deliver(kB, 1), Deliver(kB, 0)}},
      {"UnreadData", {SendBy(kB, 10), Deliver(kB, 0), RecvBy(kA, 4), CloseBy(kA)}},
      {"DataAfterClose", {CloseBy(kA), SendBy(kB, 10), Deliver(kB, 0), SendBy(kB, 10)}},
      {"DataAfterShutdown",
       {ShutdownBy(kA, How::kRdwr), SendBy(kB, 10), Deliver(kB, 0), RecvBy(kA, 0)}},
  };
  return cases;
}

class ModelOnHost : public HostTest, public ::testing::WithParamInterface<Case> {
 protected:
  // The profile whose answer to the incident is this kernel's.
  static const KernelProfile& ProfileOfHost() {
    Call(Shuts(How::kWr));
    In(Seg(".", 2, 2));
    const bool taken = In(Seg("F.", 1, 1)) == ". 2:2(0) ack 2";
    const KernelProfile* const profile = FindProfile(taken ? "linux-6.12" : "linux-5.10");
    return profile != nullptr ? *profile : Profiles().front();
  }
};

// What differs when `script` runs on the kernel, or "". On a busy machine a timer may fire between
// two events, so what differs is tried again.
std::string DifferenceOnHost(const Script& script, LinuxHost& host, Pace pace) {
  constexpr int kTriesMax = 3;
  std::string what;
  for (int i = 0; i < kTriesMax; ++i) {
    const auto answers = RunScript(script, host, RunOptions{.pace = pace});
    if (!answers.ok()) return answers.status().ToString();
    const auto difference = FirstDifference(script, *answers, pace);
    if (!difference.has_value()) return "";
    what = "at " + script.events[difference->event].label + " the kernel " + difference->what;
  }
  return what;
}

TEST_P(ModelOnHost, Agrees) {
  const KernelProfile& kernel = ProfileOfHost();
  for (const Side opener : {kA, kB}) {
    PairSetup setup = PairOf(kernel, kernel);
    setup.opener = opener;
    const Script script = ScriptFor(kA, setup, Recorded(setup, GetParam().choices));
    ASSERT_FALSE(script.events.empty());
    EXPECT_EQ(DifferenceOnHost(script, Host(), Pace::kAtOnce), "");
    EXPECT_EQ(DifferenceOnHost(script, Host(), Pace::kRealTime), "");
  }
}

INSTANTIATE_TEST_SUITE_P(Schedules, ModelOnHost, ::testing::ValuesIn(Cases()),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace finwait
