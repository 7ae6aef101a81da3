// SPDX-License-Identifier: Apache-2.0
//
// The state changes of a socket, as the tracepoint sock:inet_sock_set_state tells them.
#ifndef FINWAIT_STACKS_STATE_TRACE_H_
#define FINWAIT_STACKS_STATE_TRACE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "model/tcp/state.h"
#include "stacks/descriptor.h"

namespace finwait {

// The ports at both ends.
struct Ports {
  uint16_t local = 0, peer = 0;
};

// The state that a line of the trace says the socket with these ports was set to. A line about
// anything else says nothing.
std::optional<State> StateSetIn(std::string_view line, Ports ports);

// An instance of tracefs of its own, so that it disturbs nobody's tracing. The tracepoint is the
// whole machine's: it is told from other sockets by its ports alone.
class StateTrace {
 public:
  // Mounts tracefs where that was not done. Unavailable when there is none, or no permission.
  static absl::StatusOr<StateTrace> Open();

  StateTrace(StateTrace&& other) noexcept;
  StateTrace& operator=(StateTrace&&) = delete;
  ~StateTrace();

  // What the socket was set to since the last call, in order.
  absl::StatusOr<std::vector<State>> Take(Ports ports);

 private:
  explicit StateTrace(std::string folder) : folder_(std::move(folder)) {}

  std::string folder_;  // Of the instance; empty when moved from.
  Descriptor pipe_;
  std::string rest_;  // The beginning of a line whose end is not there yet.
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_STATE_TRACE_H_
