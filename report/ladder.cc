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

namespace finwait {
namespace {

// Where things stand on a line: time, A's state, A's rail, lanes and text, B's rail, B's state or note.
constexpr size_t kRailA = 20;
constexpr size_t kRailB = 56;
constexpr size_t kRight = kRailB + 2;
constexpr size_t kLanes = 4;  // A side; a segment past that waits undrawn.
constexpr size_t kNoLane = kLanes;

constexpr size_t Rail(Side side) { return side == Side::kA ? kRailA : kRailB; }

// Segments on their way to an end wait in dotted lanes beside that end.
constexpr size_t LaneColumn(Side to, size_t lane) {
  return to == Side::kA ? kRailA + 2 + 3 * lane : kRailB - 2 - 3 * lane;
}

// A copy of a segment on its way.
struct Parked {
  Side to;
  uint16_t serial;
  int number;  // In order of departure, over both ends.
  size_t lane;
};

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
  void DrawArrival(const StepRecord& step);
  void DrawDeparture(const StepRecord& step, uint8_t index);
  void DrawNetwork(const StepRecord& step);
  void DrawWords(const StepRecord& step, const std::string& words);
  void StateOf(CanvasRow& row, const StepRecord& step);
  void Time(CanvasRow& row, const StepRecord& step) const;
  bool LanesClear(size_t column) const;
  Parked& Park(Side to, uint16_t serial, int number);
  std::vector<Parked>::iterator Find(Side to, uint16_t serial);
  void Legend();

  const Story& story_;
  const DrawOptions& options_;
  std::string out_;
  std::vector<Parked> parked_;
  std::map<std::pair<Side, uint16_t>, int> numbers_;
  std::array<std::optional<State>, 2> shown_;
  finwait::Time last_{};
};

CanvasRow Ladder::Fresh() const {
  CanvasRow row;
  row.Put(kRailA, U'│');
  row.Put(kRailB, U'│');
  for (const Parked& p : parked_) {
    if (p.lane != kNoLane) row.Put(LaneColumn(p.to, p.lane), U'┆');
  }
  return row;
}

void Ladder::Emit(const CanvasRow& row, const StepRecord* step) {
  const bool dim = options_.colour && step != nullptr && step->settling;
  absl::StrAppend(&out_, dim ? "\x1b[2m" : "", row.Encode(options_.ascii), dim ? "\x1b[0m" : "", "\n");
}

void Ladder::Time(CanvasRow& row, const StepRecord& step) const {
  row.WriteBefore(7, absl::StrFormat("%.1f", static_cast<double>(SinceStart(step.at).count()) / 1000));
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
      absl::StrCat(DurationText(gap), parked_.empty() ? ": nothing in flight" : "");
  row.Write((kRailA + kRailB - words.size()) / 2, words);
  Emit(row, &step);
}

Parked& Ladder::Park(Side to, uint16_t serial, int number) {
  size_t lane = 0;
  const auto taken = [&](const Parked& p) { return p.to == to && p.lane == lane; };
  while (lane < kNoLane && std::any_of(parked_.begin(), parked_.end(), taken)) ++lane;
  parked_.push_back(Parked{to, serial, number, lane});
  return parked_.back();
}

std::vector<Parked>::iterator Ladder::Find(Side to, uint16_t serial) {
  return std::find_if(parked_.begin(), parked_.end(),
                      [&](const Parked& p) { return p.to == to && p.serial == serial; });
}

// A segment leaves: a line from its rail to the lane where it will wait, with its text.
void Ladder::DrawDeparture(const StepRecord& step, uint8_t index) {
  const Side to = Peer(step.actor);
  const auto serial = static_cast<uint16_t>(step.first_serial + index);
  const int number = static_cast<int>(numbers_.size()) + 1;
  numbers_[{step.actor, serial}] = number;
  CanvasRow row = Fresh();
  Time(row, step);
  StateOf(row, step);
  size_t free_from = kRailA + 2;
  size_t free_to = kRailB - 1;
  const Parked parked = Park(to, serial, number);
  const size_t end = parked.lane == kNoLane ? LaneColumn(to, kLanes - 1) : LaneColumn(to, parked.lane);
  for (const Parked& p : parked_) {
    if (p.lane == kNoLane) continue;
    const size_t column = LaneColumn(p.to, p.lane);
    if (p.to == Side::kA) free_from = std::max(free_from, column + 1);
    if (p.to == Side::kB) free_to = std::min(free_to, column);
  }
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
  const bool fits = free_from + 1 + text.size() + 1 <= free_to;
  if (fits) row.Write(free_from + 1 + (free_to - free_from - text.size() - 1) / 2, text);
  if (step.actor == Side::kA) row.Write(kRight, NoteOnDeparture(story_, step));
  Emit(row, &step);
  if (!fits) DrawWords(step, absl::StrCat(number, ": ", SegmentText(step.effects.sent[index])));
}

// A line of words beside the rail of the end they speak of.
void Ladder::DrawWords(const StepRecord& step, const std::string& words) {
  CanvasRow row = Fresh();
  size_t from = kRailA + 2;
  size_t to = kRailB - 1;
  for (const Parked& p : parked_) {
    if (p.lane == kNoLane) continue;
    if (p.to == Side::kA) from = std::max(from, LaneColumn(p.to, p.lane) + 2);
    if (p.to == Side::kB) to = std::min(to, LaneColumn(p.to, p.lane) - 1);
  }
  Time(row, step);
  StateOf(row, step);
  if (step.actor == Side::kA || from + words.size() > to) {
    row.Write(from, words);
  } else {
    row.WriteBefore(to, words);
  }
  Emit(row, &step);
}

void Ladder::DrawArrival(const StepRecord& step) {
  const auto it = Find(step.actor, step.segment.serial);
  if (it == parked_.end()) return;
  const Parked parked = *it;
  parked_.erase(it);
  CanvasRow row = Fresh();
  Time(row, step);
  StateOf(row, step);
  const bool at_a = step.actor == Side::kA;
  const size_t lane = LaneColumn(step.actor, std::min(parked.lane, kLanes - 1));
  row.Line(std::min(lane, Rail(step.actor) + 1), std::max(lane, Rail(step.actor)));
  row.Put(lane, parked.lane == kNoLane ? U'┄' : at_a ? U'╯' : U'╰');
  row.Put(at_a ? kRailA + 1 : kRailB - 1, at_a ? U'◀' : U'▶');
  const bool discarded = IsViolating(story_, step);
  const std::string name = discarded ? "" : absl::StrCat(parked.number);
  if (discarded) row.Put(Rail(step.actor), U'✗');
  at_a ? row.Write(kRailA, name) : row.WriteBefore(kRailB + 1, name);
  std::string note;
  for (const Parked& older : parked_) {
    if (older.to != parked.to || older.number >= parked.number) continue;
    note = absl::StrCat(parked.number, " overtakes ", older.number);
  }
  if (discarded) note = absl::StrCat(parked.number, " DISCARDED: ", Comparison(step));
  if (note.empty()) note = NoteOnArrival(story_, step);
  if (at_a && !discarded) {
    row.Write(kRight, note);
  } else if (at_a && lane + 2 + note.size() <= kCanvasColumns && LanesClear(lane)) {
    row.Write(lane + 2, note);  // Over B's rail if need be: nothing is more important here.
  } else if (!at_a && kRailA + 4 + note.size() + 2 < lane) {
    row.WriteBefore(lane - 1, note);
  } else {
    Emit(row, &step);
    return DrawWords(step, note);
  }
  Emit(row, &step);
}

// No lane to the right of `column`.
bool Ladder::LanesClear(size_t column) const {
  return std::none_of(parked_.begin(), parked_.end(), [&](const Parked& p) {
    return p.lane != kNoLane && LaneColumn(p.to, p.lane) > column;
  });
}

void Ladder::DrawNetwork(const StepRecord& step) {
  const auto it = Find(Peer(step.actor), step.segment.serial);
  if (it == parked_.end()) return;
  const Parked parked = *it;
  if (step.kind == StepKind::kCopied) {
    Park(parked.to, parked.serial, parked.number);
    return DrawWords(step, absl::StrCat(parked.number, " duplicated by the network"));
  }
  parked_.erase(it);
  DrawWords(step, absl::StrCat(parked.number, " LOST by the network"));
}

void Ladder::Draw(const StepRecord& step) {
  Gap(step);
  if (step.kind == StepKind::kLost || step.kind == StepKind::kCopied) return DrawNetwork(step);
  if (step.kind == StepKind::kArrival) DrawArrival(step);
  if (const std::string words = WordsOn(story_, step); !words.empty()) DrawWords(step, words);
  for (uint8_t i = 0; i < step.effects.sent.count; ++i) DrawDeparture(step, i);
}

void Ladder::Legend() {
  std::string legend;
  for (const auto& [segment, label] : story_.labels.segments) {
    const auto number = numbers_.find(segment);
    if (number == numbers_.end()) continue;
    absl::StrAppend(&legend, legend.empty() ? "  ids     " : ", ", number->second, " = ", label);
  }
  if (!legend.empty()) absl::StrAppend(&out_, legend, "\n");
}

std::string Ladder::Draw() {
  Header();
  const size_t end = LastStepToDraw(story_);
  for (size_t i = 0; i < end; ++i) Draw(story_.trace[i]);
  Legend();
  return out_;
}

}  // namespace

std::string DrawLadder(const Story& story, const DrawOptions& options) {
  return Ladder(story, options).Draw();
}

}  // namespace finwait
