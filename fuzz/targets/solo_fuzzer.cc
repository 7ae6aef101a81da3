// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer: one endpoint under forged segments; a broken invariant is a crash.
#include "fuzz/targets/solo.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  finwait::JudgeSolo({bytes, size});
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* bytes, size_t size, size_t max, unsigned seed) {
  finwait::Random random(seed);
  return finwait::Mutate(finwait::kSoloInput, {{bytes, max}, size}, random);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* a, size_t a_size, const uint8_t* b,
                                            size_t b_size, uint8_t* out, size_t max,
                                            unsigned seed) {
  finwait::Random random(seed);
  return finwait::Splice(finwait::kSoloInput, {{a, a_size}, {b, b_size}}, {out, max}, random);
}
