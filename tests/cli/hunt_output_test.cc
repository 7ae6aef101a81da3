// SPDX-License-Identifier: Apache-2.0
//
// What is said of a claim that some schedule had to show and none did. No pair of ends that the
// program knows comes to that, so the result is made by hand.
#include "cli/hunt_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/hunt_cases.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

class NeverShownOutput : public ::testing::Test {
 protected:
  NeverShownOutput() {
    options_.setup = finwait::testing::Pair("linux-6.12");
    options_.seed = 5;
    options_.properties = Only(rides_);
    options_.properties.Add(*FindProperty("fin-is-sent"));
    result_.schedules = 20'000;
    result_.applied[*FindProperty("fin-is-sent")] = 7;
  }

  const size_t rides_ = *FindProperty("fin-rides-on-text");
  HuntOptions options_;
  HuntResult result_;
};

TEST_F(NeverShownOutput, NamesTheClaimAndTheSchedules) {
  const std::string text = NeverShownText(options_, result_, Output{});
  EXPECT_EQ(text,
            "linux-6.12  NEVER SHOWN  fin-rides-on-text, in 20,000 schedules\n"
            "  No FIN left in one segment with text: each left alone, behind all text.\n");
  EXPECT_EQ(ToJson(options_, result_, Timing{})["never_shown"].dump(), R"(["fin-rides-on-text"])");
  result_.applied[rides_] = 1;
  EXPECT_EQ(NeverShownText(options_, result_, Output{}), "");
  EXPECT_TRUE(ToJson(options_, result_, Timing{})["never_shown"].empty());
}

TEST_F(NeverShownOutput, FailsACheckAndSaysHowToRepeatIt) {
  const std::vector<CheckedCase> cases = CasesOf(options_, result_);
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].name, "fin-is-sent");
  EXPECT_EQ(cases[0].outcome, Outcome::kPassed);
  EXPECT_EQ(cases[1].name, "fin-rides-on-text");
  EXPECT_EQ(cases[1].outcome, Outcome::kFailed);
  EXPECT_EQ(cases[1].why,
            "shown by none of 20000 schedules. " + std::string(kProperties[rides_].never));
  EXPECT_EQ(cases[1].repeat,
            "./x hunt --kernel linux-6.12 --property fin-rides-on-text --seed 5 --schedules 20000");
  result_.schedules = 100;
  EXPECT_EQ(CasesOf(options_, result_)[1].outcome, Outcome::kSkipped) << "too few to tell";
}

}  // namespace
}  // namespace finwait
