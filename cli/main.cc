// SPDX-License-Identifier: Apache-2.0
//
// finwait: finds, shrinks and explains bugs in the way TCP connections end.
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/usage.h"
#include "stacks/guest_init.h"

namespace finwait {
namespace {

// The one place where an error becomes an exit code.
int Report(const absl::Status& status) {
  const std::string message(status.message());
  std::fprintf(stderr, "finwait: %s\n", message.c_str());
  const bool lacking = absl::IsUnavailable(status) || absl::IsPermissionDenied(status) ||
                       absl::IsUnimplemented(status);
  return lacking ? kExitLacking : kExitUsage;
}

// What was printed has to arrive: on a full disk, say, success would be a lie.
int Delivered(int code) {
  std::cout.flush();
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout.good()) return code;
  std::fprintf(stderr, "finwait: standard output cannot be written\n");
  return kExitLacking;
}

int RunWord(int argc, char** argv) {
  CLI::App app{"finwait finds, shrinks and explains bugs in the way TCP connections end.\n"};
  app.name("finwait");
  app.require_subcommand(1);
  app.footer(
      "First steps:\n"
      "  finwait hunt                                     search, shrink, prove, explain\n"
      "  finwait replay --matrix corpus/incident/disorder.sched\n"
      "  finwait replay -e 'kernel linux-5.10; A.close; deliver A1; B.close'\n"
      "  finwait replay corpus/packetdrill --on host      packetdrill scripts\n"
      "Exit codes: 0 held or as expected; 1 violation, or nothing applied at all;\n"
      "            2 bad input or usage; 3 the machine lacks what is needed.");
  std::vector<Command> commands = {AddHunt(app),    AddReplay(app), AddShrink(app),
                                   AddDiff(app),    AddProbe(app),  AddIn(app),
                                   AddConvert(app), AddRecord(app), AddCheck(app)};
  for (Command& command : AddList(app)) commands.push_back(std::move(command));
  for (Command& command : AddCorpus(app)) commands.push_back(std::move(command));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::fputs(UsageError(app, error).c_str(), stderr);
    return kExitUsage;
  }
  for (const Command& command : commands) {
    if (!command.app->parsed()) continue;
    const CommandResult result = command.run();
    return result.ok() ? *result : Report(result.status());
  }
  return kExitUsage;
}

int Main(int argc, char** argv) { return Delivered(RunWord(argc, argv)); }

// The command line of a guest, given as words.
int MainOf(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {"finwait"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(words.size());
  for (std::string& word : words) pointers.push_back(word.data());
  return Main(static_cast<int>(pointers.size()), pointers.data());
}

}  // namespace
}  // namespace finwait

int main(int argc, char** argv) {
  if (finwait::IsGuestInit()) finwait::RunAsGuestInit(&finwait::MainOf);
  return finwait::Main(argc, argv);
}
