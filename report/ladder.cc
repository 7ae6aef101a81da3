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
#include "report/ladder_words.h"
#include "report/lanes.h"

namespace finwait {
namespace {

class Ladder {
 public:
  Ladder(const Story& story, const DrawOptions& options) : story_(story), options_(options) {}
  std::string Draw();

 private:
  CanvasRow Fresh() const;
  void Emit(const CanvasRow& row, const StepRecord* step);
  void Header();
  void Gap(const StepRecord& step);
  void Draw(const StepRecord& step);
  std::string ArrivalNote(const StepRecord& step, const Parked& parked) const;
  void DrawArrival(const StepRecord& step);
  void DrawDeparture(const StepRecord& step, uint8_t index);
  void DrawNetwork(const StepRecord& step);
  void DrawWords(const StepRecord& step, const std::string& words);
  void StateOf(CanvasRow& row, const StepRecord& step);
  void Time(CanvasRow& row, const StepRecord& step) const;
  std::map<int, std::string> NumberedLabels() const;

  const Story& story_;
  const DrawOptions& options_;
  std::string out_;
  Lanes lanes_;
  std::map<std::pair<Side, uint16_t>, int> numbers_;
  std::array<std::optional<State>, 2> shown_;
  finwait::Time last_{};
};

CanvasRow Ladder::Fresh() const {
  CanvasRow row;
  row.Put(kRailA, U'│');
  row.Put(kRailB, U'│');
  lanes_.Draw(row);
  return row;
}

void Ladder::Emit(const CanvasRow& row, const StepRecord* step) {
  const bool dim = options_.colour && step != nullptr && step->settling;
  absl::StrAppend(&out_, dim ? "\x1b[2m" : "", row.Encode(options_.ascii), dim ? "\x1b[0m" : "",
                  "\n");
}

void Ladder::Time(CanvasRow& row, const StepRecord& step) const {
  row.WriteBefore(7,
                  absl::StrFormat("%.1f", static_cast<double>(SinceStart(step.at).count()) / 1000));
}

// A state is told only where it changes.
void Ladder::StateOf(CanvasRow& row, const StepRecord& step) {
  std::optional<State>& shown = shown_[Index(step.actor)];
  if (shown == step.after.state) return;
  shown = step.after.state;
  if (step.actor == Side::kA) {
    row.WriteBefore(kRailA - 1, Name(step.after.state));
  } else {
    row.Write(kRight, Name(step.after.state));
  }
}

void Ladder::Header() {
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

void Ladder::Gap(const StepRecord& step) {
  const Duration gap = step.at - last_;
  last_ = step.at;
  if (gap < std::chrono::milliseconds(30)) return;
  CanvasRow row = Fresh();
  row.Put(kRailA, U'┆');
  row.Put(kRailB, U'┆');
  const std::string words =
      absl::StrCat(DurationText(gap), lanes_.Empty() ? ": nothing in flight" : "");
  row.Write((kRailA + kRailB - words.size()) / 2, words);
  Emit(row, &step);
}

// A segment leaves: a line from its rail to the lane where it will wait, with its text.
void Ladder::DrawDeparture(const StepRecord& step, uint8_t index) {
  const Side to = Peer(step.actor);
  const auto serial = static_cast<uint16_t>(step.first_serial + index);
  const int number = static_cast<int>(numbers_.size()) + 1;
  numbers_[{step.actor, serial}] = number;
  CanvasRow row = Fresh();
  Time(row, step);
  const bool changes = shown_[Index(step.actor)] != step.after.state;
  StateOf(row, step);
  const std::string note = NoteOnDeparture(story_, step);
  const Parked parked = lanes_.Park(to, serial, number);
  const size_t end = LaneColumn(to, std::min(parked.lane, kLanes - 1));
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
  const Lanes::Room room = lanes_.Between();
  const bool fits = room.from + text.size() + 3 <= room.to;
  if (fits) row.Write((room.from + room.to + 1 - text.size()) / 2, text);
  if (changes && step.actor == Side::kB) {
    row.Write(kRight + Name(step.after.state).size() + 2, note);
  } else {
    row.Write(kRight, note);
  }
  Emit(row, &step);
  if (!fits) DrawWords(step, absl::StrCat(number, ": ", SegmentText(step.effects.sent[index])));
}

// A line of words beside the rail of the end they speak of.
void Ladder::DrawWords(const StepRecord& step, const std::string& words) {
  CanvasRow row = Fresh();
  const Lanes::Room room = lanes_.Between();
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

// What an arrival is told with: the discard before everything, then what it overtook.
std::string Ladder::ArrivalNote(const StepRecord& step, const Parked& parked) const {
  if (Discards(story_, step)) {
    return absl::StrCat(parked.number, " DISCARDED: ", Comparison(step));
  }
  if (const std::optional<int> older = lanes_.OlderThan(parked)) {
    return absl::StrCat(parked.number, " overtakes ", *older);
  }
  return NoteOnArrival(story_, step);
}

// A segment arrives: from its lane to the rail.
void Ladder::DrawArrival(const StepRecord& step) {
  const std::optional<Parked> parked = lanes_.Leave(step.actor, step.segment.serial);
  if (!parked.has_value()) return;
  CanvasRow row = Fresh();
  Time(row, step);
  StateOf(row, step);
  const bool at_a = step.actor == Side::kA;
  const size_t rail = Rail(step.actor);
  const size_t lane = LaneColumn(step.actor, std::min(parked->lane, kLanes - 1));
  row.Line(std::min(lane, rail + 1), std::max(lane, rail));
  row.Put(lane, parked->lane == kNoLane ? U'┄' : at_a ? U'╯' : U'╰');
  const bool discarded = Discards(story_, step);
  const std::string name = discarded ? "x" : absl::StrCat(parked->number);
  at_a ? row.Write(rail, name) : row.WriteBefore(rail + 1, name);
  if (discarded) row.Put(rail, U'✗');
  row.Put(at_a ? rail + name.size() : rail - name.size(), at_a ? U'◀' : U'▶');
  const std::string note = ArrivalNote(step, *parked);
  const bool over_rail = lane + 2 + note.size() <= kCanvasColumns && lanes_.ClearRightOf(lane);
  bool told = true;
  if (at_a && !discarded && kRight + note.size() <= kCanvasColumns) {
    row.Write(kRight, note);
  } else if (at_a && over_rail) {
    row.Write(lane + 2, note);  // Over B's rail if need be: nothing is more important here.
  } else if (!at_a && lanes_.Between().from + note.size() + 2 < lane) {
    row.WriteBefore(lane - 1, note);
  } else {
    told = note.empty();
  }
  Emit(row, &step);
  if (!told) DrawWords(step, note);
}

void Ladder::DrawNetwork(const StepRecord& step) {
  const std::optional<Parked> parked = lanes_.Leave(Peer(step.actor), step.segment.serial);
  if (!parked.has_value()) return;
  if (step.kind == StepKind::kLost) {
    return DrawWords(step, absl::StrCat(parked->number, " LOST by the network"));
  }
  lanes_.Park(parked->to, parked->serial, parked->number);
  lanes_.Park(parked->to, parked->serial, parked->number);
  DrawWords(step, absl::StrCat(parked->number, " duplicated by the network"));
}

void Ladder::Draw(const StepRecord& step) {
  Gap(step);
  if (step.kind == StepKind::kLost || step.kind == StepKind::kCopied) return DrawNetwork(step);
  if (step.kind == StepKind::kArrival) DrawArrival(step);
  if (const std::string words = WordsOn(story_, step); !words.empty()) DrawWords(step, words);
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
  Header();
  const size_t end = LastStepToDraw(story_);
  for (size_t i = 0; i < end; ++i) Draw(story_.trace[i]);
  return out_ + Legend(NumberedLabels());
}

}  // namespace

std::string DrawLadder(const Story& story, const DrawOptions& options) {
  return Ladder(story, options).Draw();
}

}  // namespace finwait
