// SPDX-License-Identifier: Apache-2.0
//
// Scripts of stacks/script.h as .pkt files, and back.
#ifndef FINWAIT_PACKETDRILL_WRITE_H_
#define FINWAIT_PACKETDRILL_WRITE_H_

#include <string>

#include "absl/status/statusor.h"
#include "packetdrill/file.h"
#include "packetdrill/plan.h"
#include "stacks/script.h"

namespace finwait::pkt {

struct Heading {
  std::string licence;     // An SPDX expression.
  std::string intent;      // One sentence.
  std::string reference;   // A second one: the commit, as `795a7dfbc3d9 ("net: ...")`. Or empty.
  bool kselftest = false;  // Begins with ./defaults.sh, as scripts among the kernel's own tests do.
};

// The window of a departure whose line names none.
inline constexpr uint16_t kAnyWindow = 65535;

// The script in what a .pkt file can say: the numbers of both sides begin at 1, windows of what
// leaves are zero or kAnyWindow, states are TCP_INFO's and CLOSED once close() was called, labels
// are made from the events.
Script Renumbered(const Script& script);

// A script that packetdrill runs as it is. What the stack's timers send may come up to an eighth
// and 10 ms late. InvalidArgument for an event without expectation and for a close() that sleeps.
absl::StatusOr<std::string> WriteScript(const Script& script, const Heading& heading);

// The script of a file; of a written one, Renumbered(what was written). InvalidArgument with the
// line for what a Script cannot say: a time left open, poll(), options set behind the handshake.
absl::StatusOr<Script> ScriptOf(const File& file, const Plan& plan);

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_WRITE_H_
