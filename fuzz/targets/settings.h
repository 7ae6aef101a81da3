// SPDX-License-Identifier: Apache-2.0
//
// What the environment tells a fuzz target; libFuzzer's own options leave no room for more.
//   FINWAIT_KERNELS=A[,B]       the kernels of the ends, instead of the newest profile; solo_fuzzer
//                               draws from all profiles otherwise
//   FINWAIT_PROPERTY=NAME       only this one is watched, instead of all that are hunted
//   FINWAIT_KNOWN=DIRECTORY     a corpus: its causes are no crashes, nor others of their
//                               origins (fuzz/origin.h)
//   FINWAIT_FINDINGS=DIRECTORY  where what crashes is kept, shrunk, as .sched and .solo files
//   FINWAIT_TRANSITIONS=FILE    what (rule, state before, state after) it has seen when it ends
#ifndef FINWAIT_FUZZ_TARGETS_SETTINGS_H_
#define FINWAIT_FUZZ_TARGETS_SETTINGS_H_

#include <array>
#include <string>

#include "fuzz/known.h"
#include "model/tcp/profile.h"
#include "props/catalog.h"

namespace finwait {

// A setting that makes no sense ends the program with a message and exit code 2. Whatever
// target has settings reads them before its first input (LLVMFuzzerInitialize, in settings.cc):
// while one runs, that would be taken for a crash.
struct FuzzSettings {
  std::array<const KernelProfile*, 2> kernels{};
  bool kernels_named = false;
  PropertySet watched = PropertiesByDefault().Without(OfKind(Kind::kSometimes));
  Known known;
  std::string findings;  // Empty: nothing is kept.
};
const FuzzSettings& Settings();

}  // namespace finwait

#endif  // FINWAIT_FUZZ_TARGETS_SETTINGS_H_
