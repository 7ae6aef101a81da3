// SPDX-License-Identifier: Apache-2.0
//
// One schedule over every kernel and every way in which one end may end: which of them hides the
// case, and why.
#ifndef FINWAIT_FUZZ_MATRIX_H_
#define FINWAIT_FUZZ_MATRIX_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/judge.h"
#include "fuzz/mode.h"
#include "fuzz/schedule_file.h"

namespace finwait {

// When a lingering close() of the varied end runs again: as soon as it may, or only once all is
// over.
enum class WakeUp : uint8_t { kNone, kSoon, kLate };

// What is judged. Without a property the rows say how the run ends.
struct MatrixSubject {
  std::optional<size_t> property;
  Side varied = Side::kA;            // The end whose mode is varied: the one at fault, if one is.
  std::optional<StepRecord> step{};  // The violating step, which the other rows are held against.
};

// Kernels that do the same in the same mode, newest last.
struct MatrixRow {
  std::vector<std::string_view> kernels;
  Mode mode = Mode::kAny;
  WakeUp wake_up = WakeUp::kNone;  // Told apart only for linger-n.
  Schedule schedule;               // On the first of the kernels.
  Verdict verdict;
  std::string why;  // In words.
};

// What a file is about: `property` if one is given; else the property that it expects to be
// violated, or that it violates on its own kernels or on any profile, in this order.
MatrixSubject SubjectOf(const ScheduleFile& file, std::optional<size_t> property);

// A row for each mode and each group of profiles; for linger-n also for each order of wake-up. The
// kernel that the schedule names is among them if it is no profile.
std::vector<MatrixRow> Matrix(const Schedule& schedule, const MatrixSubject& subject);

// The modes of the varied end in which the schedule, on its own kernels, keeps the property. Two
// are left out: linger-0, since it aborts the connection, and linger-n, since whether that keeps it
// is up to when the sleeper runs.
std::vector<Mode> AvoidedBy(const Schedule& schedule, const MatrixSubject& subject);

// "violated", "holds", "departs" or "vacuous".
std::string_view VerdictName(const Verdict& verdict);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_MATRIX_H_
