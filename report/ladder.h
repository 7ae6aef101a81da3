// SPDX-License-Identifier: Apache-2.0
//
// A run drawn as a ladder: time downwards, A on the left, B on the right, a line a segment, 80 columns.
#ifndef FINWAIT_REPORT_LADDER_H_
#define FINWAIT_REPORT_LADDER_H_

#include <optional>
#include <string>

#include "fuzz/judge.h"
#include "fuzz/schedule_file.h"
#include "model/world/trace.h"
#include "props/property.h"

namespace finwait {

// One run and what was found in it.
struct Story {
  Schedule schedule;
  Labels labels;
  Trace trace;  // Of the whole run, settling included.
  size_t property = 0;
  std::optional<Violated> violation{};
};

// Runs `schedule` and keeps what a report needs.
Story Tell(const Schedule& schedule, const Labels& labels, size_t property,
           const std::optional<Violated>& violation);

struct DrawOptions {
  bool ascii = false;
  bool colour = false;
};

// The ladder. The counterexample is plain, what settling adds is dim; it ends once the violation is
// made good, or the run ends. No line is wider than 80 columns.
std::string DrawLadder(const Story& story, const DrawOptions& options);

// What it cost, the rule with its kernel function and commit, what a running host shows, how to avoid
// it: the lines below the ladder. Empty without a violation.
std::string DrawFacts(const Story& story, const DrawOptions& options);

}  // namespace finwait

#endif  // FINWAIT_REPORT_LADDER_H_
