// SPDX-License-Identifier: Apache-2.0
#include "fuzz/matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fuzz/corpus.h"

namespace finwait {
namespace {

using ::testing::HasSubstr;

std::vector<MatrixRow> MatrixOfTheIncident() {
  const auto files = ReadSchedules("corpus/incident/disorder.sched");
  const Schedule& schedule = files.value().front().file.schedule;
  return Matrix(schedule, SubjectOf(schedule, std::nullopt));
}

TEST(Matrix, TheSubjectIsTheEndThatLosesTheFin) {
  const auto files = ReadSchedules("corpus/incident/disorder.sched");
  const MatrixSubject subject = SubjectOf(files.value().front().file.schedule, std::nullopt);
  EXPECT_EQ(subject.varied, Side::kA);
  EXPECT_EQ(kProperties[subject.property].name, "fin-not-silently-dropped");
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
      {"linux-5.10", Mode::kShutdownWr, WakeUp::kNone, "violated", "ack 753 < SND.UNA 754"},
      {"linux-5.10", Mode::kShutdownRdwr, WakeUp::kNone, "violated", "taken after 217 ms"},
      {"linux-5.10", Mode::kClose, WakeUp::kNone, "holds", "timewait bucket in FIN-WAIT-2"},
      {"linux-5.10", Mode::kLinger0, WakeUp::kNone, "vacuous", "close.linger_zero.resets"},
      {"linux-5.10", Mode::kLingerN, WakeUp::kLate, "violated", "close() still sleeps"},
      {"linux-5.10", Mode::kLingerN, WakeUp::kSoon, "holds", "close() returns as soon as it may"},
      {"linux-6.12", Mode::kShutdownWr, WakeUp::kNone, "holds", "old ack number and all"},
      {"linux-6.12", Mode::kShutdownRdwr, WakeUp::kNone, "holds", "old ack number and all"},
      {"linux-6.12", Mode::kClose, WakeUp::kNone, "holds", "never looks at ack numbers"},
      {"linux-6.12", Mode::kLinger0, WakeUp::kNone, "vacuous", "no connection left"},
      {"linux-6.12", Mode::kLingerN, WakeUp::kLate, "holds", "full socket in FIN-WAIT-2"},
      {"linux-6.12", Mode::kLingerN, WakeUp::kSoon, "holds", "timewait bucket"},
  };
  const std::vector<MatrixRow> rows = MatrixOfTheIncident();
  ASSERT_EQ(rows.size(), std::size(kRows));
  for (size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(rows[i].why);
    EXPECT_EQ(rows[i].kernel, kRows[i].kernel);
    EXPECT_EQ(rows[i].mode, kRows[i].mode);
    EXPECT_EQ(rows[i].wake_up, kRows[i].wake_up);
    EXPECT_EQ(Word(rows[i].verdict), kRows[i].verdict);
    EXPECT_THAT(rows[i].why, HasSubstr(kRows[i].why));
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
