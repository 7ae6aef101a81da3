// SPDX-License-Identifier: Apache-2.0
//
// A command line carried out inside another kernel: what every word with a target "guest:..." uses.
#ifndef FINWAIT_CLI_GUEST_H_
#define FINWAIT_CLI_GUEST_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace finwait {

// How guests are run, as the command line says.
struct GuestArguments {
  std::optional<int> skip_exit;
  int minutes_max = 15;
  bool real_time = false;
  bool console = false;
};
void AddGuestOptions(CLI::App& app, GuestArguments& arguments);

// "guest:linux-6.1" or "guest:PATH/TO/bzImage".
bool NamesGuest(std::string_view target);

// What finwait is to do in there; the guest's kernel is its "host".
struct GuestRun {
  struct File {
    std::string path;      // Here.
    std::string in_guest;  // There.
  };

  // Adds an argument; a file, or a folder with all below it, is taken along under the name that
  // the argument then has.
  void AddWord(const std::string& word);

  std::string target;
  std::vector<std::string> arguments;  // Without the program's name.
  std::vector<File> files;
};

// By what name a file lies in the guest: its own, if that stays below the current folder.
std::string NameInGuest(const std::string& path);

// Runs it, prints what it printed, and returns its exit code; the error when the guest cannot be
// run at all. With --skip-exit, that code stands for every error, and for every exit code that is
// neither kExitHeld nor kExitViolated: git bisect would take it for a verdict.
CommandResult RunInGuestOf(const GuestRun& run, const GuestArguments& arguments);

}  // namespace finwait

#endif  // FINWAIT_CLI_GUEST_H_
