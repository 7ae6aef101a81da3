// SPDX-License-Identifier: Apache-2.0
//
// What a script comes to: a connection, and what happens to it. The lines up to the last segment of
// the handshake become the Connection, which a Stack establishes in one; those behind are steps.
#ifndef FINWAIT_PACKETDRILL_PLAN_H_
#define FINWAIT_PACKETDRILL_PLAN_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "packetdrill/file.h"
#include "packetdrill/settings.h"
#include "stacks/connection.h"

namespace finwait::pkt {

// What `> S.` or `> S` expects of the stack's own SYN; nothing that it leaves open.
struct ExpectedTerms {
  size_t line = 0;  // Index into File::lines.
  std::optional<uint16_t> window;
  std::optional<uint16_t> mss;
  std::optional<uint8_t> wscale;
};

struct Plan {
  Settings settings;
  Connection connection;
  ExpectedTerms terms;
  std::vector<SocketOption> inherited;  // Set before the handshake, but not part of a Connection.
  size_t first_step = 0;                // Index of the first line behind the handshake.
  Duration handshake_ends{};            // In the script's time: zero of the stack's.
  int listener = -1, socket = -1;       // Descriptors; `socket` is -1 before accept().
  bool nonblocking = false;             // Set before the handshake ended.
};

// InvalidArgument with the line when the handshake is not one of the two that are understood: a
// listener that accepts, or a connect(); or when options or commands are not supported.
absl::StatusOr<Plan> PlanOf(const File& file);

// The instants of a line whose line before was at `before`, in the script's time. A line at any
// time has no `to`.
struct Instants {
  Duration from{};
  std::optional<Duration> to;
  std::optional<Duration> returns_at;
};
Instants InstantsOf(const When& when, Duration before);

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_PLAN_H_
