// SPDX-License-Identifier: Apache-2.0
//
// The ways to replay; replay.cc chooses among them.
#ifndef FINWAIT_CLI_REPLAY_H_
#define FINWAIT_CLI_REPLAY_H_

#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/guest.h"
#include "fuzz/corpus.h"

namespace finwait {

struct ReplayOptions {
  Output output;
  ScheduleArgument argument;
  std::string kernel, a, b, on;
  std::string property;
  GuestArguments guest;
  bool matrix = false;
  bool all = false;   // Every verdict, not only those that say something.
  bool ktap = false;  // Of packetdrill scripts.
};

// Every kernel and mode (replay_matrix.cc).
CommandResult ReplayMatrix(const NamedSchedule& named, const ReplayOptions& options);

// On a real stack beside the model (replay_on.cc).
CommandResult ReplayOn(const NamedSchedule& named, const ReplayOptions& options);

// Whether the path is a packetdrill script (.pkt), or a directory that holds some and no .sched.
bool NamesPackets(const std::string& path);

// Packetdrill scripts on one target (replay_pkt.cc).
CommandResult ReplayPackets(const ReplayOptions& options);

// The property named on the command line, if any.
absl::StatusOr<std::optional<size_t>> AskedProperty(const ReplayOptions& options);

}  // namespace finwait

#endif  // FINWAIT_CLI_REPLAY_H_
