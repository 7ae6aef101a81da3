// SPDX-License-Identifier: Apache-2.0
//
// Runs a script on a stack and writes down what it answered.
#ifndef FINWAIT_STACKS_DRIVER_H_
#define FINWAIT_STACKS_DRIVER_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "model/tcp/effects.h"
#include "model/tcp/state.h"
#include "model/tcp/time.h"
#include "stacks/connection.h"
#include "stacks/script.h"
#include "stacks/stack.h"

namespace finwait {

enum class Pace : uint8_t {
  kAtOnce,    // No waiting at all: what depends on timers is not seen.
  kRealTime,  // A virtual millisecond takes a real one: waits before each event.
};

// When the stack is asked for its state. An answer costs a system call or two.
enum class Observe : uint8_t { kAfterEachEvent, kAtTheEnd, kNotAtAll };

struct RunOptions {
  Pace pace = Pace::kAtOnce;
  Observe observe = Observe::kAfterEachEvent;
  // At real time only: how long to listen after the script has ended, as timers may be late ...
  Duration listen_on = std::chrono::milliseconds(20);
  // ... and the longest script that is run at all.
  Duration longest = std::chrono::minutes(2);
};

// What the stack did with one event.
struct Answered {
  Time at{};                    // As the script has it.
  std::vector<Departure> sent;  // At once, then (at real time) by timers before the next event.
  CallResult result;            // Of a call.
  std::optional<State> state;   // After the event; nothing when it was not asked for.
};

// One answer per event of the script. The connection is established first and released at the end,
// also after an error. At kAtOnce the handshake takes no time whatever the script says. OutOfRange
// when the script lasts longer than options.longest.
absl::StatusOr<std::vector<Answered>> RunScript(const Script& script, Stack& stack,
                                                const RunOptions& options);

}  // namespace finwait

#endif  // FINWAIT_STACKS_DRIVER_H_
