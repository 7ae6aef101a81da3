// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer: bytes become a schedule for two linux-6.12 ends; a violated property is a crash.
#include <cstdio>
#include <cstdlib>

#include "fuzz/codec.h"
#include "fuzz/schedule_file.h"

namespace finwait {

void JudgeBytes(std::span<const uint8_t> bytes) {
  static const PairSetup base = PairOf(*FindProfile("linux-6.12"), *FindProfile("linux-6.12"));
  const Schedule schedule = Decode(bytes, base);
  const Judgement judgement = Judge(schedule.setup, schedule.choices, EveryProperty());
  const std::optional<size_t> violated = FirstViolated(judgement);
  if (!violated.has_value()) return;
  std::fprintf(stderr, "violated %s\nagain: ./x replay -e '%s'\n",
               kProperties[*violated].name.data(), FormatOneLine(schedule).c_str());
  std::abort();
}

}  // namespace finwait

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  finwait::JudgeBytes({bytes, size});
  return 0;
}
