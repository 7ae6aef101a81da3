// SPDX-License-Identifier: Apache-2.0
#include "report/ladder.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "model/world/notation.h"
#include "report/canvas.h"
#include "report/ends.h"
#include "report/fold.h"
#include "report/ladder_sheet.h"
#include "report/ladder_words.h"
#include "report/lanes.h"

namespace finwait {
namespace {

class Ladder {
 public:
  Ladder(const Story& story, const DrawOptions& options) : story_(story), sheet_(story, options) {}
  std::string Draw();

 private:
  void Fold(const Piece& piece);
  void Draw(const StepRecord& step);
  std::string ArrivalNote(const StepRecord& step, const Parked& parked) const;
  void DrawArrival(const StepRecord& step);
  void DrawDeparture(const StepRecord& step, uint8_t index);
  void DrawNetwork(const StepRecord& step);
  std::map<int, std::string> NumberedLabels() const;

  const Story& story_;
  LadderSheet sheet_;
  std::map<std::pair<Side, uint16_t>, int> numbers_;
};

void Ladder::Fold(const Piece& piece) {
  const StepRecord& first = story_.trace[piece.from];
  sheet_.Between(first, FoldText(first, piece));
  sheet_.SetFolding(true);
  for (size_t i = piece.from; i < piece.to; ++i) Draw(story_.trace[i]);
  sheet_.SetFolding(false);
}

// A segment leaves: a line from its rail to the lane where it will wait, with its text.
void Ladder::DrawDeparture(const StepRecord& step, uint8_t index) {
  const Side to = Peer(step.actor);
  const auto serial = static_cast<uint16_t>(step.first_serial + index);
  const int number = static_cast<int>(numbers_.size()) + 1;
  numbers_[{step.actor, serial}] = number;
  CanvasRow row = sheet_.Fresh();
  sheet_.Time(row, step);
  const bool changes = sheet_.Changes(step);
  sheet_.StateOf(row, step);
  const std::string note = NoteOnDeparture(step, index);
  const Parked parked = sheet_.lanes.Park(to, serial, number);
  const size_t end = sheet_.lanes.Column(to, std::min(parked.lane, kLanes - 1));
  const char32_t corner = parked.lane == kNoLane ? U'┄' : to == Side::kB ? U'╮' : U'╭';
  row.Line(std::min(end, Rail(step.actor) + 1), std::max(end, Rail(step.actor)));
  row.Put(end, corner);
  const std::string name = absl::StrCat(number);
  if (step.actor == Side::kA) {
    row.Write(kRailA, name);
  } else {
    row.WriteBefore(kRailB + 1, name);
  }
  const std::string text = absl::StrCat(" ", SegmentText(step.effects.sent[index]), " ");
  const Lanes::Room room = sheet_.lanes.Between();
  const bool fits = room.from + text.size() + 3 <= room.to;
  if (fits) row.Write((room.from + room.to + 1 - text.size()) / 2, text);
  if (changes && step.actor == Side::kB) {
    row.Write(kRight + Name(step.after.state).size() + 2, note);
  } else {
    row.Write(kRight, note);
  }
  sheet_.Emit(row, &step);
  if (!fits) sheet_.Words(step, absl::StrCat(number, ": ", SegmentText(step.effects.sent[index])));
}

// What an arrival is told with: the discard before everything, then what it overtook.
std::string Ladder::ArrivalNote(const StepRecord& step, const Parked& parked) const {
  if (Discards(story_, step)) {
    return absl::StrCat(parked.number, " DISCARDED: ", Comparison(step));
  }
  if (const std::optional<int> older = sheet_.lanes.OlderThan(parked)) {
    return absl::StrCat(parked.number, " overtakes ", *older);
  }
  return NoteOnArrival(story_, step);
}

// A segment arrives: from its lane to the rail.
void Ladder::DrawArrival(const StepRecord& step) {
  const std::optional<Parked> parked = sheet_.lanes.Leave(step.actor, step.segment.serial);
  if (!parked.has_value()) return;
  CanvasRow row = sheet_.Fresh();
  sheet_.Time(row, step);
  sheet_.StateOf(row, step);
  const bool at_a = step.actor == Side::kA;
  const size_t rail = Rail(step.actor);
  const size_t lane = sheet_.lanes.Column(step.actor, std::min(parked->lane, kLanes - 1));
  row.Line(std::min(lane, rail + 1), std::max(lane, rail));
  row.Put(lane, parked->lane == kNoLane ? U'┄' : at_a ? U'╯' : U'╰');
  const bool discarded = Discards(story_, step);
  const std::string name = discarded ? "x" : absl::StrCat(parked->number);
  at_a ? row.Write(rail, name) : row.WriteBefore(rail + 1, name);
  if (discarded) row.Put(rail, U'✗');
  row.Put(at_a ? rail + name.size() : rail - name.size(), at_a ? U'◀' : U'▶');
  const std::string note = ArrivalNote(step, *parked);
  const bool over_rail =
      lane + 2 + note.size() <= kCanvasColumns && sheet_.lanes.ClearRightOf(lane);
  bool told = true;
  if (at_a && !discarded && kRight + note.size() <= kCanvasColumns) {
    row.Write(kRight, note);
  } else if (at_a && over_rail) {
    row.Write(lane + 2, note);  // Over B's rail if need be: nothing is more important here.
  } else if (!at_a && sheet_.lanes.Between().from + note.size() + 2 < lane) {
    row.WriteBefore(lane - 1, note);
  } else {
    told = note.empty();
  }
  sheet_.Emit(row, &step);
  if (!told) sheet_.Words(step, note);
}

void Ladder::DrawNetwork(const StepRecord& step) {
  const std::optional<Parked> parked = sheet_.lanes.Leave(Peer(step.actor), step.segment.serial);
  if (!parked.has_value()) return;
  if (step.kind == StepKind::kLost) {
    return sheet_.Words(step, absl::StrCat(parked->number, " LOST by the network"));
  }
  sheet_.lanes.Park(parked->to, parked->serial, parked->number);
  sheet_.lanes.Park(parked->to, parked->serial, parked->number);
  sheet_.Words(step, absl::StrCat(parked->number, " duplicated by the network"));
}

void Ladder::Draw(const StepRecord& step) {
  sheet_.Gap(step);
  if (step.kind == StepKind::kLost || step.kind == StepKind::kCopied) return DrawNetwork(step);
  if (step.kind == StepKind::kArrival) DrawArrival(step);
  if (const std::string words = WordsOn(story_, step); !words.empty()) sheet_.Words(step, words);
  for (uint8_t i = 0; i < step.effects.sent.count; ++i) DrawDeparture(step, i);
}

std::map<int, std::string> Ladder::NumberedLabels() const {
  std::map<int, std::string> labels;
  for (const auto& [segment, label] : story_.labels.segments) {
    const auto number = numbers_.find(segment);
    if (number != numbers_.end()) labels[number->second] = label;
  }
  return labels;
}

std::string Ladder::Draw() {
  sheet_.Header();
  for (const Piece& piece : PiecesOf(story_)) {
    if (piece.folded > 0) {
      Fold(piece);
      continue;
    }
    for (size_t i = piece.from; i < piece.to; ++i) Draw(story_.trace[i]);
  }
  const size_t end = LastStepToDraw(story_);
  const auto number = [&](Side side, uint16_t serial) { return numbers_.at({side, serial}); };
  return sheet_.text() + Legend(NumberedLabels()) + ResetsText(story_, end, number) +
         LaterText(story_, end);
}

}  // namespace

std::string DrawLadder(const Story& story, const DrawOptions& options) {
  return Ladder(story, options).Draw();
}

}  // namespace finwait
