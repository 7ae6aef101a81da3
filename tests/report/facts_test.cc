// SPDX-License-Identifier: Apache-2.0
#include "report/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "fuzz/corpus.h"
#include "props/catalog.h"

namespace finwait {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Finding Incident(std::string_view kernel) {
  const auto schedules = ReadSchedules("corpus/incident/disorder.sched");
  return *FirstFinding(WithKernel(schedules->front().file.schedule, *FindProfile(kernel)),
                       EveryProperty());
}

TEST(Facts, OfTheIncidentInFull) {
  EXPECT_EQ(FactsText(Incident("linux-5.10")),
            "  cost     217 ms from first departure to taken = 1.02 RTO (limit 1.00 = 212 ms)\n"
            "  rule     segment.ack.old   kernel: tcp_rcv_state_process\n"
            "  on host  TcpExtTCPChallengeACK +1; drop reason TCP_OLD_ACK (kernels have\n"
            "           reasons from 5.19 on)\n"
            "  change   795a7dfbc3d9 (\"net: tcp: accept old ack during closing\") in 6.9,\n"
            "           6.6.130, 6.1.167; not in 5.10.262\n"
            "  fails on linux-5.10.46, linux-5.10.112, linux-5.10, linux-5.15, linux-6.6\n"
            "  holds on linux-6.1.176, linux-6.1, linux-6.12.107, linux-6.12, linux-6.18,\n"
            "           linux-7.2\n"
            "  avoid    close on A in this schedule\n");
}

// It had no such line on a kernel that hunts do not take by themselves.
TEST(Facts, SayWhatAvoidsItOnEveryKernelThatLosesTheFin) {
  for (const char* const kernel : {"linux-5.10.46", "linux-5.15", "linux-6.6"}) {
    EXPECT_THAT(FactsText(Incident(kernel)), HasSubstr("  avoid    close on A")) << kernel;
  }
}

TEST(Facts, SayWhenTheSegmentWasNeverMadeGood) {
  Finding finding = Incident("linux-5.10");
  finding.violation.recovered.reset();
  EXPECT_THAT(FactsText(finding), HasSubstr("  cost     never made good; limit 1 RTO = 212 ms\n"));
}

TEST(Facts, HaveNoCostForAClaimWithoutATimeLimit) {
  Finding finding = Incident("linux-5.10");
  finding.violation.limit = Duration(0);
  EXPECT_THAT(FactsText(finding), Not(HasSubstr("cost")));
  EXPECT_THAT(FactsText(finding), HasSubstr("  rule     segment.ack.old"));
}

// Where the rule is not to blame, what is.
TEST(Facts, SayWhatAViolationComesFrom) {
  const auto schedules = ReadSchedules(
      "corpus/causes/closed-window-is-probed-by-segment-ack-advances-in-fin-wait-1-shutdown-wr-"
      "peer-established-any.sched");
  ASSERT_TRUE(schedules.ok()) << schedules.status();
  const std::optional<Finding> finding = FirstFinding(
      schedules->front().file.schedule, Only(*FindProperty("closed-window-is-probed")));
  ASSERT_TRUE(finding.has_value());
  EXPECT_THAT(FactsText(*finding),
              HasSubstr("  origin   failing-send. A FIN that waits for window when a send() fails "
                        "is\n"
                        "           removed and never leaves. The claim holds where it is kept.\n"
                        "  change   cf12e6f91246 in 5.16, 5.10.80\n"));
}

size_t WidestLine(const std::string& text) {
  size_t widest = 0;
  for (size_t from = 0; from < text.size();) {
    const size_t end = text.find('\n', from);
    widest = std::max(widest, end - from);
    from = end + 1;
  }
  return widest;
}

TEST(Facts, OfEveryRuleKeepTo80Columns) {
  Finding finding = Incident("linux-5.10");
  for (const Rule& rule : Rules()) {
    finding.violation.rule = rule.id;
    const std::string facts = FactsText(finding);
    EXPECT_LE(WidestLine(facts), 80U) << facts;
    EXPECT_THAT(facts, HasSubstr("  rule     " + std::string(rule.name) + "   kernel: "));
    if (rule.counter == Counter::kNone && rule.drop_reason.empty()) {
      EXPECT_THAT(facts, Not(HasSubstr("on host"))) << rule.name;
    }
    // What the incident comes from is no secret, whichever rule it is laid to.
    const bool to_blame = rule.commit.starts_with("795a7dfbc3d9");
    EXPECT_EQ(facts.find("  origin   old-ack-while-closing. ") == std::string::npos, to_blame);
    EXPECT_THAT(facts, HasSubstr("  change   795a7dfbc3d9 ")) << rule.name;
  }
}

}  // namespace
}  // namespace finwait
