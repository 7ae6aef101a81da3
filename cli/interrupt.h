// SPDX-License-Identifier: Apache-2.0
//
// Ctrl-C and SIGTERM while a search runs: it ends, tells what it has found, and the exit code says
// by which signal. Another signal, later, ends the program as if nothing were caught.
#ifndef FINWAIT_CLI_INTERRUPT_H_
#define FINWAIT_CLI_INTERRUPT_H_

#include "fuzz/stop.h"

namespace finwait {

// Catches the two signals from now on, and gives what searches are to look at. Called first at the
// beginning of a command: what it reads before it searches takes time, too.
Stop CatchInterrupts();

// Whether one came since.
bool WasInterrupted();

// `code`, or 130 or 143 after an interruption, of which a line is said on standard error.
int ExitAfterInterrupt(int code);

}  // namespace finwait

#endif  // FINWAIT_CLI_INTERRUPT_H_
