// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer: nothing. What the others' runs per second are measured against.
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* /*bytes*/, size_t /*size*/) { return 0; }
