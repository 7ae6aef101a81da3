// SPDX-License-Identifier: Apache-2.0
//
// finwait in guest:NAME WORD ...: any command line, carried out inside another kernel.
#include <memory>

#include "cli/guest.h"

namespace finwait {
namespace {

struct InArguments {
  std::string target;
  GuestArguments guest;
};

CommandResult RunIn(const InArguments& options, const std::vector<std::string>& words) {
  if (!NamesGuest(options.target)) {
    return absl::InvalidArgumentError("'" + options.target + "' is no guest; see: list targets");
  }
  if (words.empty()) return absl::InvalidArgumentError("nothing to run in the guest");
  GuestRun run{.target = options.target, .arguments = {}, .files = {}};
  for (const std::string& word : words) run.AddWord(word);
  return RunInGuestOf(run, options.guest);
}

}  // namespace

Command AddIn(CLI::App& parent) {
  const auto options = std::make_shared<InArguments>();
  CLI::App* const app = parent.add_subcommand(
      "in", "Run a command line of finwait inside another kernel, which is its host there");
  app->add_option("TARGET", options->target, "guest:NAME or guest:PATH/TO/bzImage")->required();
  AddGuestOptions(*app, options->guest);
  app->prefix_command();
  app->footer(
      "Options of the guest stand before TARGET; what follows TARGET is run. Files and folders\n"
      "named there are taken along; what is written in the guest is gone when it ends.\n"
      "Examples:\n"
      "  finwait in guest:linux-5.10 replay corpus/incident/disorder.sched --on host\n"
      "  git bisect run ./x in --skip-exit 125 guest:$PWD/arch/x86/boot/bzImage replay ...\n"
      "Exit code: that of what was run; 3 when the guest cannot be run. With --skip-exit that\n"
      "code for this, and for all that was run there and ended with neither 0 nor 1.");
  return Command{app, [app, options] { return RunIn(*options, app->remaining()); }};
}

}  // namespace finwait
