// SPDX-License-Identifier: Apache-2.0
//
// What a check came to, case by case, before anyone writes it down in a format of its own.
#ifndef FINWAIT_REPORT_CHECK_REPORT_H_
#define FINWAIT_REPORT_CHECK_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace finwait {

enum class Outcome : uint8_t {
  kPassed,
  kFailed,
  kSkipped,  // Could not be run, or its premise never came true: not green.
};

struct CheckedCase {
  std::string suite;  // "corpus", "random linux-5.10".
  std::string name;   // "fin-not-silently-dropped".
  Outcome outcome = Outcome::kPassed;
  std::string why{};  // One line: what failed, or why it was skipped; of one that passed, a note.
  std::string detail{};  // Of one that failed: the ladder, or whatever there is to see.
  std::string repeat{};  // Likewise: the command that shows it again.
  double seconds = 0;
};

struct CheckReport {
  std::string title;  // "finwait check".
  std::vector<CheckedCase> cases;
  std::vector<std::string> notes;  // Lines about the whole: seeds, what was not run.
  double seconds = 0;

  size_t Count(Outcome outcome) const {
    size_t count = 0;
    for (const CheckedCase& one : cases) count += one.outcome == outcome ? 1U : 0U;
    return count;
  }
};

}  // namespace finwait

#endif  // FINWAIT_REPORT_CHECK_REPORT_H_
