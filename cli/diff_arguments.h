// SPDX-License-Identifier: Apache-2.0
//
// What the word diff is given.
#ifndef FINWAIT_CLI_DIFF_ARGUMENTS_H_
#define FINWAIT_CLI_DIFF_ARGUMENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/guest.h"

namespace finwait {

struct DiffArguments {
  Output output;
  GuestArguments guest;
  std::string x, y, path, text;
  std::string shown_as;  // What Y is called outside of the guest.
  uint64_t seed = 1;
  uint64_t schedules = 10'000;
  uint64_t first = 0;
  int hz = 0;  // 0: asked, or 250.
  uint32_t waits_percent = 0;
  uint32_t wait_max_ms = 1000;
  bool matrix = false;
  std::vector<std::string> sysctls;
  bool linger = false;
  bool counters = false;
  bool events = false;

  bool one() const { return !text.empty() || !path.empty(); }
};

void AddDiffArguments(CLI::App& app, DiffArguments& arguments);

}  // namespace finwait

#endif  // FINWAIT_CLI_DIFF_ARGUMENTS_H_
