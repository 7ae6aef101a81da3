// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer: a packetdrill script; one that changes when it is written and read again is a crash.
#include "fuzz/targets/texts.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, size_t size) {
  finwait::CheckScriptText(std::string(bytes, bytes + size));
  return 0;
}
