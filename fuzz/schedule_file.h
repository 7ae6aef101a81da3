// SPDX-License-Identifier: Apache-2.0
//
// The text form of a schedule (.sched, version 1; described in corpus/README.md): what it takes to
// run it, what people call its parts, and what is expected of it.
#ifndef FINWAIT_FUZZ_SCHEDULE_FILE_H_
#define FINWAIT_FUZZ_SCHEDULE_FILE_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "fuzz/judge.h"
#include "fuzz/mode.h"

namespace finwait {

// Names for readers: of the two ends, and of segments by their sender and serial.
struct Labels {
  std::array<std::string, 2> ends;
  std::map<std::pair<Side, uint16_t>, std::string> segments;

  friend bool operator==(const Labels&, const Labels&) = default;
};

// What a profile is expected to make of the schedule, the kernels of both ends replaced by it.
struct Expectation {
  std::string kernel;
  std::optional<size_t> violated;  // Index of the property; nothing: no property is violated.

  friend bool operator==(const Expectation&, const Expectation&) = default;
};

struct ScheduleFile {
  std::vector<std::string> about;  // Leading comment lines, without `# `.
  Schedule schedule;
  std::array<Mode, 2> modes = {Mode::kAny, Mode::kAny};  // As declared; linger modes set SO_LINGER.
  Labels labels;
  std::vector<Expectation> expectations;
};

// Where a text comes from, for error messages, and whether it must be whole: a file starts with
// `finwait 1` and ends with `end`, so that a truncated one is seen; an argument of -e need not.
struct TextSource {
  std::string name;
  bool whole_file = true;
};

inline constexpr size_t kScheduleBytesMax = size_t{1} << 20;
inline constexpr size_t kScheduleChoicesMax = 4096;

// Errors are InvalidArgument, one line: "NAME:LINE:COLUMN: reason".
absl::StatusOr<ScheduleFile> ParseSchedule(const std::string& text, const TextSource& source);

// The canonical text; ParseSchedule gives back an equal value.
std::string FormatSchedule(const ScheduleFile& file);

// The same on one line for `-e`, without `finwait 1` and `end`, labels and comments.
std::string FormatOneLine(const Schedule& schedule);

// Choices as text, one a line: `A.shutdown WR`, `deliver B2`. A segment is named by its sender's
// serial (B2: the second segment B sends); `B[0]` means a place in flight, and is used where the
// choice does not act or a duplicate has the same name.
std::vector<std::string> FormatChoices(const Schedule& schedule);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_SCHEDULE_FILE_H_
