// SPDX-License-Identifier: Apache-2.0
//
// What of a run a ladder draws, and what repeats so often that one line stands for it.
#ifndef FINWAIT_REPORT_FOLD_H_
#define FINWAIT_REPORT_FOLD_H_

#include <cstddef>
#include <vector>

#include "report/story.h"

namespace finwait {

// The steps [from, to) of a trace: drawn one by one, or told in a line.
struct Piece {
  size_t from = 0, to = 0;
  size_t folded = 0;              // So many repetitions lie in it; 0: it is drawn.
  Duration gap_min{}, gap_max{};  // Between one repetition and the next.
};

// How many steps to tell of: with a violation until it is made good and what that set off has
// arrived, else until only timers are left that send nothing.
size_t LastStepToDraw(const Story& story);

// Those steps in order. A timer that sends, and all that follows until the next one, is folded
// where it only repeats what was drawn twice before; the step that violates is always drawn.
std::vector<Piece> PiecesOf(const Story& story);

}  // namespace finwait

#endif  // FINWAIT_REPORT_FOLD_H_
