// SPDX-License-Identifier: Apache-2.0
//
// Schedules as bytes, for coverage-guided fuzzers. Total both ways: any bytes are a schedule, and
// mutating one byte changes one choice.
#ifndef FINWAIT_FUZZ_CODEC_H_
#define FINWAIT_FUZZ_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fuzz/judge.h"

namespace finwait {

inline constexpr size_t kDecodedChoicesMax = 64;

// One byte for SO_LINGER of both ends, then four bytes a choice; what is left over, or past
// kDecodedChoicesMax choices, is not read. The rest of the setup is `base`'s.
Schedule Decode(std::span<const uint8_t> bytes, const PairSetup& base);

// The same into a schedule whose setup is `base` but for SO_LINGER, without a new allocation.
void DecodeInto(std::span<const uint8_t> bytes, Schedule& schedule);

// Decode(Encode(s), s.setup) gives the choices of `s`, at most kDecodedChoicesMax of them. A linger
// time other than 0 becomes kLingerSeconds.
std::vector<uint8_t> Encode(const Schedule& schedule);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_CODEC_H_
