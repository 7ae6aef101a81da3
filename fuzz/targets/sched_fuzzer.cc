// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer: a .sched file; one that changes when it is written and read again is a crash.
#include "fuzz/targets/texts.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, size_t size) {
  finwait::CheckScheduleText(std::string(bytes, bytes + size));
  return 0;
}
