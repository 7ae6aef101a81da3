// SPDX-License-Identifier: Apache-2.0
//
// Reads the text form of a solo schedule, as SoloText writes it.
#ifndef FINWAIT_DIFF_SOLO_PARSE_H_
#define FINWAIT_DIFF_SOLO_PARSE_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "diff/solo.h"

namespace finwait {

// A line an event, the connection first; `#` begins a comment, `;` ends a line too. InvalidArgument
// with the line and the reason.
absl::StatusOr<Solo> ParseSolo(std::string_view text);

// Single lines of it, without comments: how the connection is opened; what then happens; a segment
// without the `<` before it. InvalidArgument with the reason.
absl::Status ParseSoloConnection(std::string_view line, Connection& connection);
absl::Status ParseSoloEvent(std::string_view line, Solo& solo);
absl::Status ParseSoloSegment(std::string_view text, Segment& segment);

}  // namespace finwait

#endif  // FINWAIT_DIFF_SOLO_PARSE_H_
