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

namespace finwait {

// When a lingering close() of the varied end runs again: as soon as it may, or only once all is
// over.
enum class WakeUp : uint8_t { kNone, kSoon, kLate };

struct MatrixRow {
  std::string_view kernel;
  Mode mode = Mode::kAny;
  WakeUp wake_up = WakeUp::kNone;  // Told apart only for linger-n.
  Schedule schedule;
  Verdict verdict;
  std::string why;  // In words.
};

struct MatrixSubject {
  size_t property = 0;
  Side varied = Side::kA;  // The end whose mode is varied.
};

// The first property that the schedule violates on any profile, and the end where it does: the one
// that receives the late segment. Otherwise `property` (or the first of the catalogue) and end A.
MatrixSubject SubjectOf(const Schedule& schedule, std::optional<size_t> property);

// A row for each profile and mode; for linger-n one for each order of wake-up.
std::vector<MatrixRow> Matrix(const Schedule& schedule, const MatrixSubject& subject);

// "violated", "holds" or "vacuous".
std::string_view Word(const Verdict& verdict);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_MATRIX_H_
