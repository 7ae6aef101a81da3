// SPDX-License-Identifier: Apache-2.0
//
// A run drawn as a ladder: time downwards, A on the left, B on the right, a line a segment, 80
// columns.
#ifndef FINWAIT_REPORT_LADDER_H_
#define FINWAIT_REPORT_LADDER_H_

#include <string>

#include "report/story.h"

namespace finwait {

struct DrawOptions {
  bool ascii = false;
  bool colour = false;
};

// The ladder. The counterexample is plain, what settling adds is dim; it ends once the violation is
// made good, or the run ends. No line is wider than 80 columns.
std::string DrawLadder(const Story& story, const DrawOptions& options);

}  // namespace finwait

#endif  // FINWAIT_REPORT_LADDER_H_
