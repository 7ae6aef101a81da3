// SPDX-License-Identifier: Apache-2.0
#include "report/ladder_sheet.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "model/world/notation.h"
#include "report/ladder_words.h"

namespace finwait {
namespace {

// Of the largest number that a segment gets.
size_t DigitsOf(const Story& story) {
  size_t segments = 0;
  for (const StepRecord& step : story.trace) segments += step.effects.sent.count;
  return absl::StrCat(segments).size();
}

}  // namespace

LadderSheet::LadderSheet(const Story& story, const DrawOptions& options)
    : lanes(DigitsOf(story)),
      story_(story),
      options_(options),
      last_(At(story.schedule.setup.idle)) {}

CanvasRow LadderSheet::Fresh() const {
  CanvasRow row;
  row.Put(kRailA, U'│');
  row.Put(kRailB, U'│');
  lanes.Draw(row);
  return row;
}

void LadderSheet::Emit(const CanvasRow& row, const StepRecord* step) {
  if (folding_) return;
  const bool dim = options_.colour && step != nullptr && step->settling;
  absl::StrAppend(&out_, dim ? "\x1b[2m" : "", row.Encode(options_.ascii), dim ? "\x1b[0m" : "",
                  "\n");
}

void LadderSheet::Time(CanvasRow& row, const StepRecord& step) const {
  const Duration since = SinceStart(step.at) - story_.schedule.setup.idle;
  row.WriteBefore(7, absl::StrFormat("%.1f", static_cast<double>(since.count()) / 1000));
}

void LadderSheet::StateOf(CanvasRow& row, const StepRecord& step) {
  std::optional<State>& shown = shown_[Index(step.actor)];
  if (shown == step.after.state) return;
  shown = step.after.state;
  if (step.actor == Side::kA) {
    row.WriteBefore(kRailA - 1, Name(step.after.state));
  } else {
    row.Write(kRight, Name(step.after.state));
  }
}

void LadderSheet::Header() {
  CanvasRow names;
  names.WriteBefore(6, "ms");
  names.Write(9, HeaderOf(story_, Side::kA));
  names.Write(kRailB - 7, HeaderOf(story_, Side::kB));
  Emit(names, nullptr);
  CanvasRow states = Fresh();
  states.WriteBefore(kRailA - 1, Name(State::kEstablished));
  states.Write(kRight, Name(State::kEstablished));
  shown_ = {State::kEstablished, State::kEstablished};
  Emit(states, nullptr);
}

void LadderSheet::Gap(const StepRecord& step) {
  const Duration gap = step.at - last_;
  last_ = step.at;
  if (gap < std::chrono::milliseconds(30)) return;
  Between(step, absl::StrCat(DurationText(gap), lanes.Empty() ? ": nothing in flight" : ""));
}

void LadderSheet::Between(const StepRecord& step, const std::string& words) {
  CanvasRow row = Fresh();
  row.Put(kRailA, U'┆');
  row.Put(kRailB, U'┆');
  row.Write((kRailA + kRailB - std::min(words.size(), kRailB - kRailA)) / 2, words);
  Emit(row, &step);
}

void LadderSheet::Words(const StepRecord& step, const std::string& words) {
  CanvasRow row = Fresh();
  const Lanes::Room room = lanes.Between();
  Time(row, step);
  StateOf(row, step);
  if (step.actor == Side::kA || room.from + words.size() + 2 > room.to) {
    // Over lanes if need be: words are not cut while the row has room.
    const size_t last = kCanvasColumns - std::min(words.size(), kCanvasColumns);
    row.Write(std::min(room.from + 1, last), words + " ");
  } else {
    row.WriteBefore(room.to - 1, " " + words);
  }
  Emit(row, &step);
}

}  // namespace finwait
