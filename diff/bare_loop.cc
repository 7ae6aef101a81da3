// SPDX-License-Identifier: Apache-2.0
#include "diff/bare_loop.h"

#include "diff/generate.h"

namespace finwait {

absl::StatusOr<double> BareLoopRate(Stack& stack, std::chrono::milliseconds measured_for) {
  using Clock = std::chrono::steady_clock;
  const Connection connection = HandshakeOf(0);
  const absl::StatusOr<Terms> terms = stack.Establish(connection);
  if (!terms.ok()) return terms.status();
  const Segment probe{.seq = connection.peer_next - 10U,
                      .ack = connection.next,
                      .len = 1,
                      .wnd = connection.peer_window,
                      .flags = kAck};
  const Clock::time_point start = Clock::now();
  uint64_t rounds = 0;
  while (Clock::now() - start < measured_for) {
    constexpr int kBatch = 64;  // Between two looks at the clock.
    for (int i = 0; i < kBatch; ++i, ++rounds) {
      if (absl::Status status = stack.Inject(probe); !status.ok()) return status;
      const absl::StatusOr<std::vector<Departure>> answer = stack.Collect();
      if (!answer.ok()) return answer.status();
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (absl::Status status = stack.Release(); !status.ok()) return status;
  return static_cast<double>(rounds) / seconds;
}

}  // namespace finwait
