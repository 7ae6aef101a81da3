// SPDX-License-Identifier: Apache-2.0
//
// Results as the kernel's tests report theirs: KTAP, version 1, a test for each script and within
// it one for each line that expects something.
#ifndef FINWAIT_PACKETDRILL_KTAP_H_
#define FINWAIT_PACKETDRILL_KTAP_H_

#include <string>
#include <vector>

#include "packetdrill/run.h"

namespace finwait::pkt {

struct FileResult {
  std::string path;
  Ran ran;
  int tries = 1;        // How often it was run.
  std::string refusal;  // Why it could not be run; `ran` is then empty.

  bool Held() const { return refusal.empty() && ran.Failed() == nullptr; }
};

// The whole report. A script that could not be run is `not ok`, with the reason.
std::string KtapText(const std::vector<FileResult>& results);

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_KTAP_H_
