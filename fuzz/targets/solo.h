// SPDX-License-Identifier: Apache-2.0
//
// One endpoint under forged segments, as fuzz targets run it. Inputs are a header of one byte and
// numbers of four bytes: the first draws the connection, each further one an event
// (diff/generate.h).
#ifndef FINWAIT_FUZZ_TARGETS_SOLO_H_
#define FINWAIT_FUZZ_TARGETS_SOLO_H_

#include <cstdint>
#include <span>

#include "fuzz/mutate.h"

namespace finwait {

extern const InputForm kSoloInput;

// Every step keeps the invariants of diff/invariants.h, and the judge that holds real kernels
// against the model accepts the model itself. Header: which profile, and whether close() lingers.
void JudgeSolo(std::span<const uint8_t> bytes);

// Two profiles answer the same once every behaviour of one (model/tcp/trait.h) is set to the
// other's: a difference that is left has no field to explain it. Header: which two.
void CompareProfiles(std::span<const uint8_t> bytes);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_TARGETS_SOLO_H_
