// SPDX-License-Identifier: Apache-2.0
#include "fuzz/matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "fuzz/corpus.h"

namespace finwait {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ScheduleFile FileAt(const std::string& path) { return ReadSchedules(path).value().front().file; }

ScheduleFile FileOfText(const std::string& text) {
  return ParseSchedule(text, TextSource{"text", false}).value();
}

TEST(Matrix, TheSubjectIsTheEndThatLosesTheFin) {
  const MatrixSubject subject = SubjectOf(FileAt("corpus/incident/disorder.sched"), std::nullopt);
  EXPECT_EQ(subject.varied, Side::kA);
  ASSERT_TRUE(subject.property.has_value());
  EXPECT_EQ(kProperties[*subject.property].name, "fin-not-silently-dropped");
  EXPECT_TRUE(subject.step.has_value());
}

// The row of that mode in which the kernel stands.
const MatrixRow& RowOf(const std::vector<MatrixRow>& rows, std::string_view kernel, Mode mode,
                       WakeUp wake_up) {
  for (const MatrixRow& row : rows) {
    const bool there =
        std::find(row.kernels.begin(), row.kernels.end(), kernel) != row.kernels.end();
    if (there && row.mode == mode && row.wake_up == wake_up) return row;
  }
  ADD_FAILURE() << "no row for " << kernel << ", " << Name(mode);
  return rows.front();
}

TEST(Matrix, EachModeHasItsVerdictAndItsReason) {
  struct Row {
    std::string_view kernel;
    Mode mode;
    WakeUp wake_up;
    std::string_view verdict;
    const char* why;
  };
  const Row kRows[] = {
      {"linux-5.10", Mode::kShutdownWr, WakeUp::kNone, "violated", "A discarded B's FIN"},
      {"linux-6.6", Mode::kShutdownRdwr, WakeUp::kNone, "violated", "retransmission saved it"},
      {"linux-5.10", Mode::kClose, WakeUp::kNone, "holds", "timewait bucket in FIN-WAIT-2"},
      {"linux-5.10", Mode::kLinger0, WakeUp::kNone, "vacuous", "close.linger_zero.resets"},
      {"linux-5.10", Mode::kLingerN, WakeUp::kLate, "violated", "close() still sleeps"},
      {"linux-5.10", Mode::kLingerN, WakeUp::kSoon, "holds", "close() returns as soon as it may"},
      {"linux-6.12", Mode::kShutdownWr, WakeUp::kNone, "holds", "segment.fin.old_ack_taken"},
      {"linux-7.2", Mode::kShutdownRdwr, WakeUp::kNone, "holds", "segment.fin.old_ack_taken"},
      {"linux-6.12", Mode::kClose, WakeUp::kNone, "holds", "whatever its acknowledgement number"},
      {"linux-6.12", Mode::kLinger0, WakeUp::kNone, "vacuous", "no connection left"},
      {"linux-6.12", Mode::kLingerN, WakeUp::kLate, "holds", "A in FIN-WAIT-2"},
      {"linux-6.12", Mode::kLingerN, WakeUp::kSoon, "holds", "timewait bucket"},
  };
  const ScheduleFile file = FileAt("corpus/incident/disorder.sched");
  const std::vector<MatrixRow> rows = Matrix(file.schedule, SubjectOf(file, std::nullopt));
  for (const Row& expected : kRows) {
    const MatrixRow& row = RowOf(rows, expected.kernel, expected.mode, expected.wake_up);
    EXPECT_EQ(VerdictName(row.verdict), expected.verdict) << row.why;
    EXPECT_THAT(row.why, HasSubstr(expected.why));
  }
}

TEST(Matrix, EveryProfileStandsInOneRowOfEachMode) {
  const ScheduleFile file = FileAt("corpus/incident/disorder.sched");
  std::map<std::pair<Mode, WakeUp>, std::multiset<std::string_view>> kernels;
  for (const MatrixRow& row : Matrix(file.schedule, SubjectOf(file, std::nullopt))) {
    kernels[{row.mode, row.wake_up}].insert(row.kernels.begin(), row.kernels.end());
  }
  EXPECT_EQ(kernels.size(), 6U) << "five modes, one with two orders of wake-up";
  for (const auto& [mode, names] : kernels) {
    EXPECT_EQ(names.size(), Profiles().size());
    for (const KernelProfile& kernel : Profiles()) EXPECT_EQ(names.count(kernel.name), 1U);
  }
}

// It judged the first property of the catalogue on two kernels: twelve times vacuous.
TEST(Matrix, JudgesThePropertyThatTheFileIsAbout) {
  const ScheduleFile file = FileAt(
      "corpus/causes/closed-window-is-probed-by-segment-ack-advances-in-fin-wait-1-shutdown-wr-"
      "peer-established-any.sched");
  const MatrixSubject subject = SubjectOf(file, std::nullopt);
  ASSERT_TRUE(subject.property.has_value());
  EXPECT_EQ(kProperties[*subject.property].name, "closed-window-is-probed");
  const std::vector<MatrixRow> rows = Matrix(file.schedule, subject);
  const MatrixRow& row = RowOf(rows, "linux-5.10.46", Mode::kShutdownWr, WakeUp::kNone);
  EXPECT_EQ(VerdictName(row.verdict), "violated");
  EXPECT_THAT(row.why, HasSubstr("waited for B's window"));
}

TEST(Matrix, WithoutAViolationItSaysHowTheRunEnds) {
  const ScheduleFile file =
      FileOfText("kernel linux-6.12; A.close; deliver A1; B.close; deliver B1");
  const MatrixSubject subject = SubjectOf(file, std::nullopt);
  EXPECT_FALSE(subject.property.has_value());
  const std::vector<MatrixRow> rows = Matrix(file.schedule, subject);
  EXPECT_THAT(RowOf(rows, "linux-6.12", Mode::kClose, WakeUp::kNone).why,
              HasSubstr("A is CLOSED at 60"));
  EXPECT_THAT(RowOf(rows, "linux-6.12", Mode::kLinger0, WakeUp::kNone).why,
              HasSubstr("A resets the connection at 0 ms (close.linger_zero.resets); B is reset"));
}

// Only the kernels that a hunt takes by itself were asked.
TEST(Matrix, WhatAvoidsACaseIsAskedOfItsOwnKernel) {
  for (const char* const kernel : {"linux-6.6", "linux-5.15", "linux-5.10"}) {
    const ScheduleFile file = FileAt("corpus/incident/disorder.sched");
    const Schedule schedule = WithKernel(file.schedule, *FindProfile(kernel));
    const MatrixSubject subject{*FindProperty("fin-not-silently-dropped"), Side::kA};
    EXPECT_THAT(AvoidedBy(schedule, subject), ElementsAre(Mode::kClose)) << kernel;
  }
}

TEST(Corpus, EveryFileSaysWhatTheModelDoes) {
  const auto files = ReadSchedules("corpus");
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_GE(files->size(), 3U);
  for (const NamedSchedule& named : *files) {
    EXPECT_FALSE(named.file.expectations.empty()) << named.path;
    for (const Checked& checked : CheckExpectations(named.file)) {
      EXPECT_TRUE(checked.ok) << named.path << " on " << checked.kernel << ": expected "
                              << checked.expected << ", got " << checked.got;
    }
  }
}

TEST(Corpus, APathThatIsNotThereOrHoldsNothingIsAnError) {
  EXPECT_THAT(std::string(ReadSchedules("no/such").status().message()), HasSubstr("no such file"));
  EXPECT_THAT(std::string(ReadSchedules("cmake").status().message()), HasSubstr("no .sched file"));
}

}  // namespace
}  // namespace finwait
