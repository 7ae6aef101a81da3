// SPDX-License-Identifier: Apache-2.0
//
// Segments as text, in the notation of packetdrill: `F. 4416:4416(0) ack 753`, `R 1:1(0)`. Numbers
// count from a base, are signed, and wrap; `@7` is the absolute number 7.
#ifndef FINWAIT_TESTS_TESTING_NOTATION_H_
#define FINWAIT_TESTS_TESTING_NOTATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/tcp/segment.h"
#include "model/tcp/seq.h"

namespace finwait::testing {

// What is written as 0: of the sender's numbers and of the receiver's.
struct Bases {
  SeqNum seq, ack;
};

// A segment as read: `win N` may be left out.
struct WrittenSegment {
  Segment segment;
  bool names_window = false;
};

// FLAGS SEQ:END(LEN) [ack N] [win N]. FLAGS are letters out of "SFRP.", or "-" for none; END is SEQ
// plus LEN; `ack` stands exactly when FLAGS has ".". Nothing when the text is anything else.
std::optional<WrittenSegment> ParseSegment(std::string_view text, Bases bases);

// Segments separated by " | "; an empty text is none.
std::optional<std::vector<WrittenSegment>> ParseSegments(std::string_view text, Bases bases);

// The same notation, with the window.
std::string Print(const Segment& segment, Bases bases);

// Whether `got` is what was written. PSH is no part of it, nor a window that was not written.
bool Matches(const WrittenSegment& written, const Segment& got);

}  // namespace finwait::testing

#endif  // FINWAIT_TESTS_TESTING_NOTATION_H_
