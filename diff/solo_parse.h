// SPDX-License-Identifier: Apache-2.0
//
// Reads the text form of a solo schedule, as SoloText writes it.
#ifndef FINWAIT_DIFF_SOLO_PARSE_H_
#define FINWAIT_DIFF_SOLO_PARSE_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "diff/solo.h"

namespace finwait {

// A line an event, the connection first; `#` begins a comment, `;` ends a line too. InvalidArgument
// with the line and the reason.
absl::StatusOr<Solo> ParseSolo(std::string_view text);

}  // namespace finwait

#endif  // FINWAIT_DIFF_SOLO_PARSE_H_
