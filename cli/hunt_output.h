// SPDX-License-Identifier: Apache-2.0
//
// How a whole hunt is told: as JSON, and as a line when everything held.
#ifndef FINWAIT_CLI_HUNT_OUTPUT_H_
#define FINWAIT_CLI_HUNT_OUTPUT_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/command.h"
#include "fuzz/hunt.h"

namespace finwait {

// Seconds: of the whole hunt, and until each finding.
struct Timing {
  double seconds = 0;
  std::vector<double> found_after;
};

// "linux-5.10", or "linux-5.10/linux-6.12" when the ends differ.
std::string PairName(const PairSetup& setup);

// One kernel pair. Everything but `timing` is the same for the same seed.
nlohmann::ordered_json ToJson(const HuntOptions& hunt, const HuntResult& result,
                              const Timing& timing);

// "linux-6.12  HELD ..." (or STOPPED, before it was done), with the properties that never applied.
std::string HeldText(const HuntOptions& hunt, const HuntResult& result, double seconds,
                     const Output& output);

// A line of progress that fits 80 columns: how far, how fast, how long still, how many findings.
std::string ProgressText(const std::string& name, uint64_t done, uint64_t all, double seconds,
                         size_t findings);

// "NEVER SHOWN  fin-rides-on-text ...", a line for each claim that some schedule had to show and
// none did; empty if there are none.
std::string NeverShownText(const HuntOptions& hunt, const HuntResult& result, const Output& output);

// Every finding in the order of the catalogue: what matters most to users comes first, and with its
// ladder.
std::string FindingsText(const HuntResult& result, const Timing& timing, const Output& output);

}  // namespace finwait

#endif  // FINWAIT_CLI_HUNT_OUTPUT_H_
