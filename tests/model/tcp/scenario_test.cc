// SPDX-License-Identifier: Apache-2.0
//
// Runs every table of this folder, a test for each scenario, and checks that together they fire
// every rule.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "model/tcp/rule.h"
#include "tests/model/tcp/scenarios.h"

namespace finwait::testing {

std::vector<Scenario> EveryScenario() {
  std::vector<Scenario> every;
  for (const std::span<const Scenario> table :
       {OrderlyScenarios(), AckScenarios(), SequenceScenarios(), TextScenarios(), ResetScenarios(),
        CallScenarios(), BucketScenarios(), DelayedAckScenarios(), TimerScenarios()}) {
    every.insert(every.end(), table.begin(), table.end());
  }
  return every;
}

void PrintTo(const Scenario& scenario, std::ostream* out) { *out << scenario.name; }

namespace {

using ::testing::IsEmpty;

class ScenarioTest : public ::testing::TestWithParam<Scenario> {};

TEST_P(ScenarioTest, GoesAsWritten) {
  std::set<RuleId> fired;
  EXPECT_THAT(RunScenario(GetParam(), fired), IsEmpty());
}

std::string NameOf(const ::testing::TestParamInfo<Scenario>& info) {
  return std::string(info.param.name);
}

INSTANTIATE_TEST_SUITE_P(Tables, ScenarioTest, ::testing::ValuesIn(EveryScenario()), NameOf);

// Rules that need options in the handshake, windows that close, or forged segments past what these
// tables say: the transcripts of running kernels fire them (tests/diff).
constexpr std::array kFiredByTranscripts = {
    RuleId::kClosedSegmentIgnored,
    RuleId::kClosedSynOpens,
    RuleId::kSegmentPredicted,
    RuleId::kSegmentPaws,
    RuleId::kSegmentPawsOldAck,
    RuleId::kSegmentPawsDisorderedAck,
    RuleId::kSegmentSequenceEndsBeyondWindow,
    RuleId::kSegmentRstAtSackEdge,
    RuleId::kFinWait1Linger2Resets,
    RuleId::kSegmentTextZeroWindow,
    RuleId::kSegmentFinAtZeroWindow,
    RuleId::kTimeWaitSynReopens,
    RuleId::kCloseLinger2Resets,
    RuleId::kTimerLossProbe,
    RuleId::kTimerWindowProbe,
    RuleId::kTimerWindowProbeGivesUp,
};

TEST(EveryRule, IsFiredBySomeScenario) {
  std::set<RuleId> fired;
  for (const Scenario& scenario : EveryScenario()) RunScenario(scenario, fired);
  std::vector<std::string_view> unfired;
  for (const Rule& rule : Rules()) {
    const bool elsewhere =
        std::ranges::find(kFiredByTranscripts, rule.id) != kFiredByTranscripts.end();
    if (!elsewhere && !fired.contains(rule.id)) unfired.push_back(rule.name);
  }
  EXPECT_THAT(unfired, IsEmpty());
}

}  // namespace
}  // namespace finwait::testing
