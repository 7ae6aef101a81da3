// SPDX-License-Identifier: Apache-2.0
#include "cli/diff_arguments.h"

#include "cli/usage.h"

namespace finwait {
namespace {

void AddScheduleOptions(CLI::App& app, DiffArguments& arguments) {
  auto* const schedules =
      app.add_option("--schedules", arguments.schedules, "How many random schedules")
          ->check(WholeNumber(1))
          ->capture_default_str();
  app.add_flag("--matrix", arguments.matrix,
               "Every state, each kind of segment, each place in sequence and acknowledgement "
               "numbers, instead of random schedules")
      ->excludes(schedules);
  app.add_option("--seed", arguments.seed, "Seed; the same seed gives the same schedules")
      ->check(WholeNumber())
      ->capture_default_str();
  app.add_option("--first", arguments.first, "Number of the first schedule")
      ->check(WholeNumber())
      ->capture_default_str();
  app.add_option("--waits", arguments.waits_percent, "Percent of schedules in which time passes")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  app.add_flag("--linger", arguments.linger,
               "Schedules whose close() may sleep (SO_LINGER with a time): when it returns is held "
               "against the model, too");
  app.add_option("--wait-max", arguments.wait_max_ms, "Longest wait, in milliseconds")
      ->check(WholeNumber())
      ->capture_default_str();
}

}  // namespace

void AddDiffArguments(CLI::App& app, DiffArguments& arguments) {
  app.add_option("X", arguments.x, "The model: model:KERNEL")->required();
  app.add_option("Y", arguments.y, "host, guest:NAME, guest:PATH or model:KERNEL")->required();
  auto* const file = app.add_option("FILE", arguments.path, "One schedule instead of random ones");
  app.add_option("-e", arguments.text, "That schedule itself, as text")->excludes(file);
  AddScheduleOptions(app, arguments);
  app.add_flag("--counters", arguments.counters,
               "Compare also how far each schedule moves the MIB counters");
  app.add_flag("--events", arguments.events,
               "Compare also what the tracepoint sock:inet_sock_set_state tells");
  app.add_option("--hz", arguments.hz, "CONFIG_HZ of both; unless given, asked of the host, or 250")
      ->check(CLI::Range(24, 1000));
  app.add_option("--sysctl", arguments.sysctls, "A setting of both, such as tcp_rfc1337=1")
      ->type_name("NAME=VALUE");
  app.add_option("--shown-as", arguments.shown_as)->group("");
  AddGuestOptions(app, arguments.guest);
  AddOutputOptions(app, arguments.output);
}

}  // namespace finwait
