// SPDX-License-Identifier: Apache-2.0
//
// Solo schedules enumerated: each start state, reached in each way that matters, meets each kind of
// segment, at each place in sequence and acknowledgement numbers, under several sets of options.
#ifndef FINWAIT_DIFF_MATRIX_H_
#define FINWAIT_DIFF_MATRIX_H_

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "diff/generate.h"
#include "diff/solo.h"
#include "model/tcp/profile.h"
#include "model/tcp/state.h"

namespace finwait {

// How an endpoint is brought into a state.
struct MatrixStart {
  State state;              // In which it then is.
  std::string_view events;  // As ParseSolo reads them; numbers relative to the handshake.
};

std::span<const MatrixStart> MatrixStarts();

// One schedule of the matrix: the events of its start, then one segment.
struct Cell {
  const MatrixStart* start = nullptr;
  Solo solo;
};

// Visits every cell, in a fixed order and no segment twice from one start under the same options.
// The first error of `visit` ends it. `terms`: what the stack puts into its SYN in each kind of
// handshake; Internal when the guide does not reach the state of a start.
absl::Status ForEachCell(const std::array<Terms, kHandshakes>& terms, const Host& guide,
                         const std::function<absl::Status(const Cell&)>& visit);

}  // namespace finwait

#endif  // FINWAIT_DIFF_MATRIX_H_
