// SPDX-License-Identifier: Apache-2.0
//
// Two model ends and the network between them, as a fuzz target runs them: fast while everything
// holds, thorough once something does not.
#ifndef FINWAIT_FUZZ_TARGETS_PAIR_H_
#define FINWAIT_FUZZ_TARGETS_PAIR_H_

#include <cstdint>
#include <span>

namespace finwait {

// Bytes become a schedule (fuzz/codec.h) for the ends of Settings(). A violation whose cause is not
// known ends the program: shrunk, kept, told, in the frame of its property.
void JudgePair(std::span<const uint8_t> bytes);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_TARGETS_PAIR_H_
