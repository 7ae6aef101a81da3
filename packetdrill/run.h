// SPDX-License-Identifier: Apache-2.0
//
// Runs a script on a stack and says of each line what was expected and what came.
#ifndef FINWAIT_PACKETDRILL_RUN_H_
#define FINWAIT_PACKETDRILL_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "packetdrill/file.h"
#include "packetdrill/plan.h"
#include "stacks/stack.h"

namespace finwait::pkt {

enum class Outcome : uint8_t {
  kSetUp,   // Part of what the stack established in one.
  kHeld,    // Done, or as expected.
  kFailed,  // Something else came.
  kNotRun,  // Behind a line that failed.
};

struct LineResult {
  int line = 0;      // Of the file.
  std::string text;  // As the file has it.
  Outcome outcome = Outcome::kNotRun;
  std::string expected, came;  // Of a line that expects something.
};

struct Ran {
  std::string target;  // Stack::Name().
  std::vector<LineResult> lines;
  std::vector<std::string> unasked;  // What left behind the last line, and nobody had asked for.

  // The line that failed, or nullptr.
  const LineResult* Failed() const;
};

// As packetdrill does, the run ends at the first line that fails; and a segment that no line asks
// for is noticed by the next line that expects one, since they are taken in the order they leave.
// Compared are flags but PSH, numbers, length, the window where the line names it, and options,
// of which TSval only by being there.
//
// Errors: InvalidArgument "NAME:LINE:COLUMN: not supported by TARGET: ..." when the stack cannot do
// what a line asks for; what else the stack reports passes as it is.
absl::StatusOr<Ran> RunFile(const File& file, const Plan& plan, Stack& stack);

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_RUN_H_
