// SPDX-License-Identifier: Apache-2.0
//
// The paper that a ladder is drawn on: rows with rails and lanes, times, states, gaps, words.
// Internal to report.
#ifndef FINWAIT_REPORT_LADDER_SHEET_H_
#define FINWAIT_REPORT_LADDER_SHEET_H_

#include <array>
#include <optional>
#include <string>

#include "report/canvas.h"
#include "report/ladder.h"
#include "report/lanes.h"
#include "report/story.h"

namespace finwait {

class LadderSheet {
 public:
  // Both must outlive it.
  LadderSheet(const Story& story, const DrawOptions& options);

  // A row with both rails and every lane.
  CanvasRow Fresh() const;
  // Adds the row; `step` says whether it is drawn dim.
  void Emit(const CanvasRow& row, const StepRecord* step);

  void Header();
  // A row for the time that has passed since the last step, if it was long.
  void Gap(const StepRecord& step);
  // Words between the rails, which are dotted there: time passes.
  void Between(const StepRecord& step, const std::string& words);
  // Words beside the rail of the end they speak of.
  void Words(const StepRecord& step, const std::string& words);

  void Time(CanvasRow& row, const StepRecord& step) const;
  // A state is told only where it changes.
  void StateOf(CanvasRow& row, const StepRecord& step);
  bool Changes(const StepRecord& step) const {
    return shown_[Index(step.actor)] != step.after.state;
  }

  // While folding, steps are followed and not drawn.
  void SetFolding(bool folding) { folding_ = folding; }

  const std::string& text() const { return out_; }

  Lanes lanes;

 private:
  const Story& story_;
  const DrawOptions& options_;
  std::string out_;
  bool folding_ = false;
  std::array<std::optional<State>, 2> shown_;
  finwait::Time last_;
};

}  // namespace finwait

#endif  // FINWAIT_REPORT_LADDER_SHEET_H_
