// SPDX-License-Identifier: Apache-2.0
//
// Schedules as text and back, and where random ones come from.
#include <gtest/gtest.h>

#include <string>

#include "diff/generate.h"
#include "diff/solo_parse.h"
#include "diff/solo_text.h"

namespace finwait {
namespace {

Solo RandomSolo(uint64_t seed, uint64_t index) {
  SoloRules rules{.terms = {}, .waits_percent = 50, .wait_max = std::chrono::seconds(70)};
  for (Terms& terms : rules.terms) terms = Terms{.window = 64240, .mss = 1460};
  Random random = Random::ForCase(seed, index);
  Solo solo;
  Generate(random, rules, Host{.kernel = Profiles().back(), .environment = {}}, solo);
  return solo;
}

TEST(Generate, GivesTheSameForTheSameSeed) {
  for (uint64_t i = 0; i < 200; ++i) {
    EXPECT_EQ(SoloText(RandomSolo(1, i)), SoloText(RandomSolo(1, i)));
  }
  EXPECT_NE(SoloText(RandomSolo(1, 0)), SoloText(RandomSolo(2, 0)));
  EXPECT_NE(SoloText(RandomSolo(1, 0)), SoloText(RandomSolo(1, 1)));
}

TEST(SoloText, ReadsBackWhatItWrote) {
  for (uint64_t i = 0; i < 2'000; ++i) {
    const std::string text = SoloText(RandomSolo(1, i));
    const absl::StatusOr<Solo> again = ParseSolo(text);
    ASSERT_TRUE(again.ok()) << again.status() << "\n" << text;
    ASSERT_EQ(SoloText(*again), text);
    const absl::StatusOr<Solo> line = ParseSolo(SoloLine(*again));
    ASSERT_TRUE(line.ok()) << line.status();
    ASSERT_EQ(SoloText(*line), text);
  }
}

TEST(ParseSolo, SaysWhatIsWrongAndWhere) {
  const auto error = [](std::string_view text) {
    return std::string(ParseSolo(text).status().message());
  };
  EXPECT_EQ(error(""), "no schedule: the first line is 'open passively' or 'open actively'");
  EXPECT_EQ(error("close()"), "line 1: the first line is 'open passively' or 'open actively'");
  EXPECT_EQ(error("open passively; fly()"), "line 2: no call 'fly()'");
  EXPECT_EQ(error("open passively; < F. 1:3(1) ack 1"),
            "line 2: expected numbers such as 1:11(10)");
  EXPECT_EQ(error("open passively\n# nothing\n+40 close()"), "line 3: a wait is written as +40ms");
}

}  // namespace
}  // namespace finwait
