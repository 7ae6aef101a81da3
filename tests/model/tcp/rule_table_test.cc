// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "model/tcp/rule.h"

namespace finwait {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

// Two or more words of lower-case letters, digits and underscores, joined by dots.
bool IsDotted(std::string_view name) {
  size_t words = 0;
  for (std::string_view rest = name;;) {
    const size_t dot = rest.find('.');
    const std::string_view word = rest.substr(0, dot);
    const bool good = !word.empty() && std::ranges::all_of(word, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!good || word.front() == '_' || word.back() == '_') return false;
    ++words;
    if (dot == std::string_view::npos) return words >= 2;
    rest.remove_prefix(dot + 1);
  }
}

TEST(RuleTable, HasARowForEveryId) {
  ASSERT_EQ(Rules().size(), kRuleCount - 1);
  for (size_t index = 1; index < kRuleCount; ++index) {
    const auto id = static_cast<RuleId>(index);
    EXPECT_EQ(Index(Rules()[index - 1].id), index);
    EXPECT_EQ(Index(RuleOf(id).id), index);
    EXPECT_EQ(Name(id), Rules()[index - 1].name);
  }
}

TEST(RuleTable, NamesAreUniqueAndDotted) {
  std::set<std::string_view> seen;
  for (const Rule& rule : Rules()) {
    EXPECT_TRUE(IsDotted(rule.name)) << rule.name;
    EXPECT_TRUE(seen.insert(rule.name).second) << rule.name << " twice";
  }
}

TEST(RuleTable, DottedNamesAreToldFromOthers) {
  EXPECT_TRUE(IsDotted("bucket.fin_wait_2.fin"));
  for (const std::string_view bad : {"", "none", "a.", ".a", "a..b", "A.b", "a._b", "a.b-c"}) {
    EXPECT_FALSE(IsDotted(bad)) << bad;
  }
}

TEST(RuleTable, FindRuleInvertsName) {
  for (const Rule& rule : Rules()) EXPECT_EQ(Index(FindRule(rule.name)), Index(rule.id));
  for (const std::string_view other : {"none", "", "segment", "segment.ack", "Segment.ack.old"}) {
    EXPECT_EQ(Index(FindRule(other)), Index(RuleId::kNone)) << other;
  }
}

// Names are in corpus files and reports: changing one breaks them.
TEST(RuleTable, SomeNamesThatMustStay) {
  EXPECT_EQ(Name(RuleId::kNone), "none");
  EXPECT_EQ(Name(RuleId::kSegmentAckOld), "segment.ack.old");
  EXPECT_EQ(Name(RuleId::kSegmentAckOldAccepted), "segment.ack.old_accepted");
  EXPECT_EQ(Name(RuleId::kFinWait1OrphanBecomesTimewait), "fin_wait_1.orphan_becomes_timewait");
  EXPECT_EQ(Name(RuleId::kBucketFinWait2Fin), "bucket.fin_wait_2.fin");
  EXPECT_EQ(Name(RuleId::kTimerRetransmitGivesUp), "timer.retransmit.gives_up");
}

TEST(RuleTable, EveryRowSaysWhatHappensAndWhere) {
  for (const Rule& rule : Rules()) {
    EXPECT_TRUE(rule.says.ends_with('.')) << rule.name << ": " << rule.says;
    EXPECT_EQ(rule.says.find("  "), std::string_view::npos) << rule.name;
    EXPECT_THAT(std::string(rule.function), Not(IsEmpty())) << rule.name;
    EXPECT_TRUE(rule.rfc.empty() || rule.rfc.starts_with("RFC ")) << rule.name;
    EXPECT_FALSE(rule.drop_reason.starts_with("SKB_DROP_REASON_")) << rule.name;
  }
}

// A commit is twelve hexadecimal digits and a title: 0123456789ab ("title").
TEST(RuleTable, CommitsAreCitedByIdAndTitle) {
  constexpr size_t kIdLength = 12;
  size_t commits = 0;
  for (const Rule& rule : Rules()) {
    if (rule.commit.empty()) continue;
    ++commits;
    EXPECT_EQ(rule.commit.find_first_not_of("0123456789abcdef"), kIdLength) << rule.name;
    EXPECT_TRUE(rule.commit.substr(kIdLength).starts_with(" (\"")) << rule.name;
    EXPECT_TRUE(rule.commit.ends_with("\")")) << rule.name;
  }
  EXPECT_GT(commits, 0U);
  EXPECT_TRUE(RuleOf(RuleId::kSegmentAckOld).commit.starts_with("795a7dfbc3d9"));
  EXPECT_TRUE(RuleOf(RuleId::kSegmentAckOldAccepted).commit.starts_with("795a7dfbc3d9"));
}

}  // namespace
}  // namespace finwait
