// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer: bytes become a schedule for two linux-6.12 ends; a violated property is a crash.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/codec.h"
#include "fuzz/schedule_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace finwait;
  static const PairSetup base = PairOf(*FindProfile("linux-6.12"), *FindProfile("linux-6.12"));
  const Schedule schedule = Decode({bytes, size}, base);
  const Judgement judgement = Judge(schedule.setup, schedule.choices, EveryProperty());
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!std::holds_alternative<Violated>(judgement.verdicts[i])) continue;
    std::fprintf(stderr, "violated %s\nagain: ./x replay -e '%s'\n", kProperties[i].name.data(),
                 FormatOneLine(schedule).c_str());
    std::abort();
  }
  return 0;
}
