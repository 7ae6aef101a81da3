// SPDX-License-Identifier: Apache-2.0
#include "fuzz/origin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "fuzz/known.h"
#include "fuzz/schedule_file.h"

namespace finwait {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// As `finwait replay -e` takes it.
Schedule Of(std::string_view text) {
  const absl::StatusOr<ScheduleFile> file = ParseSchedule(std::string(text), {"test", false});
  EXPECT_TRUE(file.ok()) << file.status();
  return file->schedule;
}

std::vector<std::string_view> OriginNames(std::string_view schedule, std::string_view property) {
  std::vector<std::string_view> names;
  for (const TraitValue& origin : OriginsOf(Of(schedule), *FindProperty(property))) {
    names.push_back(origin.trait->name);
  }
  return names;
}

// Ways to see that a failing send() takes the FIN off the queue (cf12e6f91246).
constexpr const char* kNoProbe =
    "A linux-5.10.46,window=10; B linux-5.10.46,window=10; A.send 10; deliver A1; A.shutdown WR; "
    "deliver B1; A.send 1";
constexpr const char* kStays =
    "A linux-5.10.46,window=10; B linux-5.10.46,window=10; A.send 10; A.shutdown WR; A.send 1; "
    "A.close";
constexpr const char* kLateFin =
    "kernel linux-5.10.46; A.shutdown WR; B.shutdown WR; deliver A1 B2 B1";
constexpr const char* kLateText =
    "kernel linux-5.10.46; A.shutdown WR; B.send 1; deliver A1; B.shutdown WR; deliver B2 B1";
constexpr const char* kUnread =
    "kernel linux-5.10.46; A.send 1; deliver A1; A.shutdown WR; B.recv; wait; deliver A3; B.close";

TEST(Origins, OneBehaviourHasManyCauses) {
  EXPECT_THAT(OriginNames(kNoProbe, "closed-window-is-probed"), ElementsAre("failing-send"));
  EXPECT_THAT(OriginNames(kStays, "closed-end-goes"), ElementsAre("failing-send"));
  EXPECT_THAT(OriginNames(kLateFin, "fin-not-silently-dropped"),
              ElementsAre("old-ack-while-closing"));
  EXPECT_THAT(OriginNames(kLateText, "text-not-silently-dropped"),
              ElementsAre("old-ack-while-closing"));
  EXPECT_THAT(OriginNames(kUnread, "no-reset-without-loss"), ElementsAre("close-unread"));
}

TEST(Origins, AreThoseOfEitherEnd) {
  EXPECT_THAT(OriginNames("A linux-5.10; B linux-7.2; A.shutdown WR; B.shutdown WR; "
                          "deliver A1 B2 B1",
                          "fin-not-silently-dropped"),
              ElementsAre("old-ack-while-closing"));
}

TEST(Origins, AreNotSoughtWhereNothingIsOlder) {
  EXPECT_THAT(OriginNames("kernel linux-7.2; A.shutdown WR; B.shutdown WR; deliver A1 B2 B1",
                          "fin-not-silently-dropped"),
              IsEmpty());
}

Cause CauseAt(const Schedule& schedule, std::string_view property) {
  const size_t index = *FindProperty(property);
  const Judgement judgement = Judge(schedule.setup, schedule.choices, Only(index));
  const auto* const violated = std::get_if<Violated>(&judgement.verdicts[index]);
  EXPECT_NE(violated, nullptr) << property;
  return violated == nullptr ? Cause{} : CauseOf(schedule, index, *violated);
}

std::string Find(const Known& known, std::string_view schedule, std::string_view property) {
  const Schedule parsed = Of(schedule);
  return known.Find(CauseAt(parsed, property), OriginsOf(parsed, *FindProperty(property)));
}

TEST(Known, IsACauseAndWhatElseComesFromItsOrigin) {
  Known known;
  known.Add(CauseAt(Of(kNoProbe), "closed-window-is-probed"), Of(kNoProbe), "no-probe.sched");
  EXPECT_EQ(Find(known, kNoProbe, "closed-window-is-probed"), "no-probe.sched");
  EXPECT_EQ(Find(known, kStays, "closed-end-goes"), "no-probe.sched");
  EXPECT_EQ(Find(known, kLateFin, "fin-not-silently-dropped"), "") << "another bug's";
  known.Add(CauseAt(Of(kLateText), "text-not-silently-dropped"), Of(kLateText), "text.sched");
  EXPECT_EQ(Find(known, kLateFin, "fin-not-silently-dropped"), "text.sched");
  known.Add(CauseAt(Of(kLateFin), "fin-not-silently-dropped"), Of(kLateFin), "fin.sched");
  EXPECT_EQ(Find(known, kLateFin, "fin-not-silently-dropped"), "fin.sched") << "its own is nearer";
  EXPECT_EQ(Find(known, kUnread, "no-reset-without-loss"), "");
}

}  // namespace
}  // namespace finwait
