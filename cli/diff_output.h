// SPDX-License-Identifier: Apache-2.0
//
// What finwait diff prints.
#ifndef FINWAIT_CLI_DIFF_OUTPUT_H_
#define FINWAIT_CLI_DIFF_OUTPUT_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "diff/diff.h"
#include "diff/observe.h"
#include "diff/solo.h"

namespace finwait {

// Who was held against whom.
struct DiffReport {
  std::string x, y;     // Targets, as on the command line.
  std::string release;  // Of Y.
  int hz = 0;
  bool counters = false;  // Were compared, too.
  bool events = false;    // So were state changes.
  std::string hz_from;    // "asked", "given", "default".
  double seconds = 0;
  // Events a second over the segments a second of a loop that only injects and reads; nothing when
  // Y is a model.
  std::optional<double> rate_vs_bare_loop;
};

nlohmann::ordered_json ToJson(const DiffReport& report, const DiffResult& result);

// Every difference, with the command that repeats it, and a summary.
std::string DiffText(const DiffReport& report, const DiffResult& result);

// What Y did with one schedule, event by event.
std::string RunText(const Solo& solo, const Observation& seen);

}  // namespace finwait

#endif  // FINWAIT_CLI_DIFF_OUTPUT_H_
