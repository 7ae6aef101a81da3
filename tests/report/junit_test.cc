// SPDX-License-Identifier: Apache-2.0
#include "report/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/summary.h"

namespace finwait {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

CheckReport Sample() {
  CheckReport report;
  report.title = "finwait check";
  report.seconds = 1.5;
  report.notes = {"fixed seed 1"};
  report.cases = {
      {.suite = "corpus", .name = "a.sched", .seconds = 0.25},
      {.suite = "random", .name = "held", .why = "known: C-1"},
      {.suite = "random",
       .name = "broken",
       .outcome = Outcome::kFailed,
       .why = "cause C-7f3a21: NEW",
       .detail = "A <- \"B\" & ```\x01\n",
       .repeat = "./x replay -e 'A.close'"},
      {.suite = "corpus", .name = "b|c.sched", .seconds = 0.25},
      {.suite = "random", .name = "idle", .outcome = Outcome::kSkipped, .why = "vacuous"},
  };
  return report;
}

TEST(JUnit, CountsBySuite) {
  const std::string xml = JUnitXml(Sample());
  EXPECT_THAT(xml, HasSubstr("<testsuites name=\"finwait check\" tests=\"5\" failures=\"1\" "
                             "skipped=\"1\" time=\"1.500\">"));
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"corpus\" tests=\"2\" failures=\"0\" errors=\"0\" "
                             "skipped=\"0\" time=\"0.500\">"));
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"random\" tests=\"3\" failures=\"1\" errors=\"0\" "
                             "skipped=\"1\""));
}

TEST(JUnit, WhatIsVacuousIsSkippedNotPassed) {
  const std::string xml = JUnitXml(Sample());
  const size_t idle = xml.find("name=\"idle\"");
  ASSERT_NE(idle, std::string::npos);
  const std::string rest = xml.substr(idle, xml.find("</testcase>", idle) - idle);
  EXPECT_THAT(rest, HasSubstr("<skipped message=\"vacuous\"/>"));
}

TEST(JUnit, HoldsTextOfAnyKind) {
  const std::string xml = JUnitXml(Sample());
  EXPECT_THAT(xml, HasSubstr("A &lt;- &quot;B&quot; &amp; ```?&#10;"));
  EXPECT_THAT(xml, Not(HasSubstr("\x01")));
  EXPECT_THAT(xml, HasSubstr("again  ./x replay -e 'A.close'"));
}

TEST(JUnit, OfNothingIsStillXml) {
  EXPECT_THAT(JUnitXml(CheckReport{}),
              AllOf(HasSubstr("<testsuites name=\"\" tests=\"0\""), HasSubstr("</testsuites>")));
}

TEST(Summary, BeginsWithTheVerdictAndTellsFailures) {
  const std::string page = SummaryMarkdown(Sample());
  EXPECT_TRUE(page.starts_with("## finwait check: FAILED\n\n3 passed")) << page;
  EXPECT_THAT(page, HasSubstr("### random: broken\n\ncause C-7f3a21: NEW"));
  EXPECT_THAT(page, HasSubstr("````\nA <- \"B\" & ```"));  // A longer fence than what is inside.
  EXPECT_THAT(page, HasSubstr("| corpus | 2 | 0 | 0 | 0.5 |"));
  EXPECT_THAT(page, HasSubstr("- vacuous: random: idle"));
}

TEST(Summary, WithoutAnythingThatAppliedIsNotGreen) {
  CheckReport report = Sample();
  report.cases = {report.cases.back()};
  EXPECT_THAT(SummaryMarkdown(report), HasSubstr("NOTHING APPLIED"));
  report.cases = {Sample().cases.front()};
  EXPECT_THAT(SummaryMarkdown(report), HasSubstr(": held"));
}

}  // namespace
}  // namespace finwait
