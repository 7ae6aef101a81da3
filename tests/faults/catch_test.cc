// SPDX-License-Identifier: Apache-2.0
//
// For each property a fault that it must catch, and most catch alone; and that nobody catches what
// is no fault. `./x faults` hunts all of them for longer.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "fuzz/corpus.h"
#include "fuzz/explore.h"
#include "fuzz/merge.h"
#include "fuzz/schedule_file.h"
#include "fuzz/view.h"
#include "report/finding_text.h"
#include "report/wrap.h"
#include "tests/faults/hunted.h"

namespace finwait::testing {
namespace {

constexpr const char* kKernel = "linux-6.12";

struct Catch {
  const char* property;
  const char* fault;
};

constexpr Catch kCatches[] = {
    {"fin-not-silently-dropped", "fin-riding-on-text-forgotten"},
    {"fin-taken-on-arrival", "late-fin-dropped"},
    {"text-not-silently-dropped", "late-text-dropped"},
    {"data-before-eof", "eof-before-text"},
    {"legal-transitions", "no-time-wait-after-closing"},
    {"one-fin-one-number", "fin-stutters"},
    {"both-ends-finish", "time-wait-forever"},
    {"bytes-read-once", "one-byte-too-many"},
    {"fin-gives-eof", "eof-once"},
    {"reset-is-no-eof", "reset-reads-as-eof"},
    {"fin-is-sent", "fin-waits-for-the-peers"},
    {"fin-follows-all-text", "fin-unasked"},
    {"nothing-past-fin", "text-behind-the-fin"},
    {"acks-never-recede", "copies-keep-their-ack"},
    {"acks-only-what-came", "reset-acknowledges-too-much"},
    {"taken-is-acknowledged", "fin-not-acknowledged"},
    {"window-does-not-shrink", "window-halved"},
    {"advances-on-ack-of-fin", "last-ack-any-ack"},
    {"unanswered-is-sent-again", "time-outs-four-times-as-long"},
    {"gives-up-in-time", "gives-up-early"},
    {"closed-window-is-probed", "probes-late"},
    {"time-wait-lasts", "time-wait-short"},
    {"time-wait-reacks", "time-wait-deaf"},
    {"time-wait-survives-reset", "rfc1337-ignored"},
    {"unread-close-resets", "unread-text-forgotten"},
    {"text-after-close-resets", "text-after-close-acknowledged"},
    {"no-reset-without-loss", "last-ack-answered"},
    {"only-exact-reset", "any-reset-in-window"},
    {"exact-reset-resets", "reset-not-seen"},
    {"challenges-are-spaced", "challenges-unlimited"},
    {"no-endless-exchange", "old-byte-answers-acks"},
    {"half-close-receives", "half-close-deaf"},
    {"shut-reading-ends", "shut-reading-asks-again"},
    {"linger-returns", "linger-sleeps-on"},
    {"calls-fail-as-promised", "shutdown-of-nothing"},
    {"closed-end-goes", "orphan-forever"},
    {"linger-zero-aborts", "linger-zero-fins"},
    {"closed-answers-by-reset", "closed-silent"},
    {"bare-fin-passes-closed-window", "fin-dropped-at-closed-window"},
    {"numbers-do-not-matter", "numbers-do-not-wrap"},
    {"sides-do-not-matter", "lower-number-pushes"},
    {"idle-time-does-not-matter", "timer-lost-after-wrap"},
    {"way-does-not-matter", "stamped-text-refused"},
    {"fin-rides-on-text", "fin-always-alone"},
    {"acks-are-delayed", "acks-at-once"},
};

const Fault& FaultNamed(std::string_view name) {
  static const std::vector<Fault> all = Faults();
  for (const Fault& fault : all) {
    if (fault.quirk.name == name) return fault;
  }
  ADD_FAILURE() << "no fault " << name;
  return all[0];
}

// What people read when the property catches the fault. Of a claim that some run has to show: what
// a whole hunt says, and the smallest schedule that would have shown it.
std::string ReportOf(const Fault& fault, const HuntedFault& hunted) {
  const Property& property = kProperties[hunted.Property()];
  std::string text = absl::StrCat(View(property.name), ": ", View(property.claim), "\nfault ",
                                  View(fault.quirk.name), ": ", View(fault.quirk.what), "\n\n");
  absl::StrAppend(&text, "  ", FormatOneLine(hunted.Smallest()), "\n\n");
  if (hunted.never_shown.has_value()) {
    return absl::StrCat(text, "  ", Wrapped(std::string(property.never), 2), "\n");
  }
  return absl::StrCat(text, "  ", Wrapped(hunted.finding->says, 2), "\n",
                      FindingText(*hunted.finding, {}, {}));
}

// `./x golden` writes the reports anew; the difference is then reviewed like code.
void CheckReport(const Catch& row, const std::string& report) {
  const std::string path =
      absl::StrCat(FINWAIT_SOURCE_DIR, "/corpus/golden/reports/", row.property, ".txt");
  if (std::getenv("FINWAIT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << report;
    return;
  }
  const absl::StatusOr<std::string> golden = ReadFile(path);
  ASSERT_TRUE(golden.ok()) << golden.status();
  EXPECT_EQ(*golden, report) << "./x golden writes it anew; review the difference";
}

class Catches : public ::testing::TestWithParam<Catch> {};

// The canary of every run: planted, found, shrunk, and its trace is another than without it.
TEST_P(Catches, ThePlantedFault) {
  FaultHunt hunt{.kernel = FindProfile(kKernel)};
  hunt.properties = Only(*FindProperty(GetParam().property));
  hunt.first_only = true;
  const HuntedFault hunted = HuntFault(FaultNamed(GetParam().fault), hunt);
  ASSERT_TRUE(hunted.Caught()) << GetParam().fault << " got away";
  EXPECT_TRUE(hunted.changes) << "it changes neither a state nor a segment";
  constexpr size_t kChoicesMax = 24;  // no-endless-exchange counts to twenty.
  EXPECT_LE(hunted.Smallest().choices.size(), kChoicesMax) << FormatOneLine(hunted.Smallest());
  CheckReport(GetParam(), ReportOf(FaultNamed(GetParam().fault), hunted));
}

std::string NameOf(const ::testing::TestParamInfo<Catch>& param) {
  std::string name = param.param.property;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Property, Catches, ::testing::ValuesIn(kCatches), NameOf);

TEST(Faults, EveryPropertyHasOneThatItCatches) {
  std::set<std::string_view> properties;
  for (const Catch& row : kCatches) properties.insert(row.property);
  for (const Property& property : kProperties) {
    EXPECT_TRUE(properties.contains(property.name)) << property.name << " catches no fault";
  }
}

// Found by one seed with four choices, by another with five, until the search that proves what is
// shortest judged runs that never settle as every other judge does.
TEST(Faults, TheShortestCaseIsFoundInARunThatNeverSettles) {
  const Fault& fault = FaultNamed("reset-answered-by-ack");
  PairSetup setup = SetupOf(fault, *FindProfile(kKernel));
  SetLinger(setup[Side::kB], Mode::kLinger0);
  const size_t property = *FindProperty("exact-reset-resets");
  const Ground ground =
      PlainGround(setup, EverythingOf({Mode::kShutdownWr, Mode::kAny}), Only(property));
  const Explored explored =
      Explore({ground}, Goal{property, RuleId::kNone, {}}, ExploreLimits{4, 1'000'000});
  ASSERT_TRUE(explored.found.has_value());
  EXPECT_EQ(FormatOneLine(*explored.found),
            "A linux-6.12,peer=reset-answered-by-ack; B linux-6.12,linger-0; B.shutdown WR; "
            "deliver B1; B.close; deliver B2");
}

TEST(Faults, AnySeedTellsThemByTheSameCause) {
  for (const char* const name : {"never-probes", "probes-late"}) {
    std::set<std::string> causes;
    for (const uint64_t seed : {1, 2, 3}) {
      FaultHunt hunt{.kernel = FindProfile(kKernel)};
      hunt.seed = seed;
      hunt.schedules_max = 2'000;
      const HuntedFault hunted = HuntFault(FaultNamed(name), hunt);
      ASSERT_TRUE(hunted.finding.has_value()) << name << " got away from seed " << seed;
      causes.insert(WhatHappens(hunted.finding->cause));
    }
    EXPECT_EQ(causes.size(), 1U) << name << ": " << *causes.begin() << ", " << *causes.rbegin();
  }
}

TEST(Faults, AreManyNamedOnceAndTellTheirSource) {
  std::set<std::string_view> names;
  for (const Fault& fault : Faults()) {
    EXPECT_TRUE(names.insert(fault.quirk.name).second) << fault.quirk.name;
    EXPECT_FALSE(fault.quirk.what.empty());
    EXPECT_FALSE(fault.quirk.source.empty());
    EXPECT_FALSE(fault.quirk.foreign) << "nobody would judge it";
  }
  EXPECT_GE(names.size(), 50U);
}

TEST(Faults, WhereNothingIsWrongNothingIsCaught) {
  for (const Fault& control : Controls()) {
    FaultHunt hunt{.kernel = FindProfile(kKernel)};
    hunt.schedules_max = 20'000;
    const HuntedFault hunted = HuntFault(control, hunt);
    EXPECT_FALSE(hunted.Caught()) << control.quirk.name << ": "
                                  << kProperties[hunted.Property()].name << " by "
                                  << FormatOneLine(hunted.Smallest());
  }
}

}  // namespace
}  // namespace finwait::testing
