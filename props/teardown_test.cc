// SPDX-License-Identifier: Apache-2.0
//
// What runs in every pull request: each property on schedules that RapidCheck draws, with a seed
// that stays and one that does not. A cause that the corpus knows is no failure.
#include "tests/testing/teardown.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>
#include <string>

#include "fuzz/corpus.h"
#include "fuzz/known.h"
#include "fuzz/schedule_file.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::CheckProperty;
using ::finwait::testing::PropertyCheck;
using ::finwait::testing::PropertyChecked;

constexpr uint64_t kSeed = 7;
constexpr const char* kKernels[] = {"linux-5.10", "linux-6.12", "linux-7.2"};

const Known& Corpus() {
  static const Known known = [] {
    const absl::StatusOr<std::vector<NamedSchedule>> corpus =
        ReadSchedules(std::string(FINWAIT_SOURCE_DIR) + "/corpus");
    if (corpus.ok()) return Known(*corpus);
    ADD_FAILURE() << corpus.status();
    return Known();
  }();
  return known;
}

// "fin-not-silently-dropped" -> "FinNotSilentlyDropped".
std::string Camel(std::string_view name) {
  std::string camel;
  bool up = true;
  for (const char c : name) {
    if (c == '-') {
      up = true;
      continue;
    }
    camel.push_back(up ? static_cast<char>(c - 'a' + 'A') : c);
    up = false;
  }
  return camel;
}

class Holds : public ::testing::Test {
 public:
  Holds(size_t property, const char* kernel) : property_(property), kernel_(kernel) {}

  void TestBody() override {
    const uint64_t applied = Check(kSeed) + Check(std::random_device()());
    if (kProperties[property_].kind != Kind::kSometimes) return;
    EXPECT_GT(applied, 0U) << "shown by no schedule: " << kProperties[property_].claim;
  }

 private:
  // How often the premise came true, or the run showed what some run has to.
  uint64_t Check(uint64_t seed) {
    PropertyCheck check;
    check.property = property_;
    check.setup = finwait::testing::Pair(kernel_);
    check.seed = seed;
    check.known = Corpus();
    check.where = "props/teardown_test.cc";
    check.met = [](const Schedule& found) {
      std::fprintf(stderr, "found, before it is made small: %s\n", FormatOneLine(found).c_str());
    };
    const PropertyChecked checked = CheckProperty(check);
    EXPECT_TRUE(checked.message.empty()) << checked.message;
    for (const std::string& id : checked.known_met) RecordProperty("known_cause_" + id, "met");
    return checked.applied;
  }

  size_t property_;
  const char* kernel_;
};

// One test a property and kernel: Teardown/FinNotSilentlyDropped.Holds/linux_5_10.
const bool kRegistered = [] {
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (kProperties[i].strict) continue;
    for (const char* const kernel : kKernels) {
      std::string name = std::string("Holds/") + kernel;
      for (char& c : name) c = c == '-' || c == '.' ? '_' : c;
      ::testing::RegisterTest(("Teardown/" + Camel(kProperties[i].name)).c_str(), name.c_str(),
                              nullptr, nullptr, __FILE__, __LINE__,
                              [=]() -> ::testing::Test* { return new Holds(i, kernel); });
    }
  }
  return true;
}();

TEST(TeardownMessage, NamesTheCauseAndHowToRepeatIt) {
  EXPECT_TRUE(kRegistered);
  PropertyCheck check;
  check.property = *FindProperty("fin-not-silently-dropped");
  check.setup = finwait::testing::Pair("linux-5.10");
  check.seed = kSeed;
  check.cases = 2000;
  check.where = "props/teardown_test.cc";
  size_t met = 0;
  check.met = [&](const Schedule&) { ++met; };
  const PropertyChecked checked = CheckProperty(check);  // Nothing is known here.
  EXPECT_EQ(met, 1U) << "told once, before shrinking";
  ASSERT_TRUE(checked.finding.has_value());
  EXPECT_EQ(checked.finding->minimal.choices.size(), 5U);
  EXPECT_TRUE(checked.finding->proven_minimal);
  const std::string id = checked.finding->cause.Id();
  for (const std::string& line :
       {"cause " + id + ": NEW", std::string("5 choices, 4 packets, proven minimal (seed 7, case"),
        std::string("rule segment.ack.old"), std::string("DISCARDED: ack 753 < SND.UNA 754"),
        std::string("Repeat: finwait replay -e 'A linux-5.10; B linux-5.10; A.shutdown WR; "
                    "B.shutdown WR; deliver A1 B2 B1'"),
        std::string("RC_PARAMS=\"reproduce="), "Keep: finwait corpus add " + id}) {
    EXPECT_NE(checked.message.find(line), std::string::npos) << line << "\n" << checked.message;
  }
}

TEST(TeardownMessage, AKnownCauseIsNone) {
  PropertyCheck check;
  check.property = *FindProperty("fin-not-silently-dropped");
  check.setup = finwait::testing::Pair("linux-5.10");
  check.seed = kSeed;
  check.cases = 1000;
  check.known = Corpus();
  const PropertyChecked checked = CheckProperty(check);
  EXPECT_TRUE(checked.message.empty());
  EXPECT_FALSE(checked.known_met.empty()) << "the incident was not met at all";
}

}  // namespace
}  // namespace finwait
