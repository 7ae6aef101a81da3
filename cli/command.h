// SPDX-License-Identifier: Apache-2.0
//
// What the subcommands share: exit codes, how output is wanted, words of the command line.
#ifndef FINWAIT_CLI_COMMAND_H_
#define FINWAIT_CLI_COMMAND_H_

#include <CLI/CLI.hpp>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "fuzz/mode.h"
#include "fuzz/schedule_file.h"
#include "fuzz/view.h"
#include "model/tcp/profile.h"
#include "props/catalog.h"

namespace finwait {

enum ExitCode : int {
  kExitHeld = 0,      // Held, or as expected.
  kExitViolated = 1,  // Violation, new cause, divergence, or nothing applied at all.
  kExitUsage = 2,     // Bad input or usage.
  kExitLacking = 3,   // The machine lacks what is needed.
};

// A command's result: an ExitCode, or an error that main() prints and turns into one.
using CommandResult = absl::StatusOr<int>;

struct Command {
  CLI::App* app;
  std::function<CommandResult()> run;
};

// How results are wanted. Colours only on a terminal.
struct Output {
  bool json = false;
  bool ascii = false;
  bool colour = false;
};
void AddOutputOptions(CLI::App& app, Output& output);
bool IsTerminal(std::FILE* stream);

// "linux-5.10", "linux-5.10,close" or "linux-6.12,peer=never-fins".
struct EndChoice {
  const KernelProfile* kernel = nullptr;
  Mode mode = Mode::kAny;
  const Quirk* peer = nullptr;
};
absl::StatusOr<EndChoice> ParseEnd(const std::string& text);
absl::StatusOr<const KernelProfile*> ParseKernel(const std::string& text);
absl::StatusOr<Mode> ParseMode(const std::string& text);

absl::Status UnknownProperty(const std::string& name);

// The named properties; without names those hunted by default.
absl::StatusOr<PropertySet> ParseProperties(const std::vector<std::string>& names);

// "checked on ..." or "read, not run", for every line that names a profile.
std::string Standing(const KernelProfile& kernel);

// The corpus that known causes come from: $FINWAIT_CORPUS, which ./x sets, or ./corpus.
std::string DefaultCorpus();

// One schedule given as a file or with -e.
struct ScheduleArgument {
  std::string path;
  std::string text;
};
void AddScheduleArgument(CLI::App& app, ScheduleArgument& argument);
absl::StatusOr<ScheduleFile> ReadOne(const ScheduleArgument& argument);

// The path as seen from here, when it lies below; else as it is.
std::string NearPath(const std::string& path);

// 1234567 as "1,234,567".
std::string Grouped(uint64_t n);

// A word for the shell: quoted when it has to be.
std::string ShellQuoted(const std::string& word);

// Each subcommand in a file of its name.
Command AddCheck(CLI::App& parent);
Command AddDiff(CLI::App& parent);
Command AddConvert(CLI::App& parent);
Command AddHunt(CLI::App& parent);
Command AddProbe(CLI::App& parent);
Command AddReplay(CLI::App& parent);
Command AddShrink(CLI::App& parent);
Command AddIn(CLI::App& parent);
Command AddRecord(CLI::App& parent);
std::vector<Command> AddList(CLI::App& parent);
std::vector<Command> AddCorpus(CLI::App& parent);

}  // namespace finwait

#endif  // FINWAIT_CLI_COMMAND_H_
