// SPDX-License-Identifier: Apache-2.0
#include "report/fold.h"

#include <algorithm>

namespace finwait {
namespace {

// Repetitions that are drawn before the others are folded, and how many others it takes.
constexpr size_t kDrawn = 2;
constexpr size_t kWorthFolding = 2;

// Steps from a timer that sends up to the next one.
struct Cycle {
  size_t from = 0, to = 0;
};

bool TimerSends(const StepRecord& step) {
  return step.kind == StepKind::kTimer && !step.effects.sent.Empty();
}

// The same to see, but for the time and for timestamps.
bool SameStep(const StepRecord& one, const StepRecord& other) {
  if (one.kind != other.kind || one.actor != other.actor) return false;
  if (one.effects.rule != other.effects.rule || one.settling != other.settling) return false;
  if (one.before.state != other.before.state || one.after.state != other.after.state) return false;
  if (one.effects.sent.count != other.effects.sent.count) return false;
  for (uint8_t i = 0; i < one.effects.sent.count; ++i) {
    Segment a = one.effects.sent[i];
    const Segment& b = other.effects.sent[i];
    a.tsval = b.tsval;
    a.tsecr = b.tsecr;
    if (a != b) return false;
  }
  return true;
}

class Folding {
 public:
  explicit Folding(const Story& story) : story_(story), violating_(ViolatingStep(story)) {}

  std::vector<Piece> Pieces() {
    const size_t end = LastStepToDraw(story_);
    FindCycles(end);
    size_t drawn = 0;  // Everything before this has its piece.
    for (size_t i = 0; i < cycles_.size();) {
      const size_t period = PeriodAt(i);
      if (period == 0) {
        ++i;
        continue;
      }
      const size_t repeats = Repeats(i, period);
      const size_t first = i + kDrawn * period, last = i + repeats * period;
      Add({drawn, cycles_[first].from});
      Add(Folded(first, last));
      drawn = cycles_[last - 1].to;
      i = last;
    }
    Add({drawn, end});
    return std::move(pieces_);
  }

 private:
  const StepRecord& Step(size_t at) const { return story_.trace[at]; }

  void FindCycles(size_t end) {
    for (size_t at = 0; at < end; ++at) {
      if (!TimerSends(Step(at))) continue;
      if (!cycles_.empty()) cycles_.back().to = at;
      cycles_.push_back({at, end});
    }
  }

  // Nothing of a cycle that repeats is on its way when it ends, and it makes no choice of its own.
  bool Foldable(const Cycle& cycle) const {
    int in_flight = 0;
    for (size_t at = cycle.from; at < cycle.to; ++at) {
      const StepRecord& step = Step(at);
      if (&step == violating_ || step.kind == StepKind::kCall || step.kind == StepKind::kCopied) {
        return false;
      }
      in_flight += step.effects.sent.count;
      if (step.kind == StepKind::kArrival || step.kind == StepKind::kLost) --in_flight;
    }
    return in_flight == 0;
  }

  bool Same(const Cycle& one, const Cycle& other) const {
    if (one.to - one.from != other.to - other.from) return false;
    for (size_t i = 0; i < one.to - one.from; ++i) {
      if (!SameStep(Step(one.from + i), Step(other.from + i))) return false;
    }
    return Foldable(one) && Foldable(other);
  }

  // How often the `period` cycles from `at` stand in a row.
  size_t Repeats(size_t at, size_t period) const {
    size_t same = 0;  // Cycles that are as the one a period before.
    while (at + period + same < cycles_.size() &&
           Same(cycles_[at + same], cycles_[at + period + same])) {
      ++same;
    }
    return 1 + same / period;
  }

  // One timer repeats, or those of both ends take turns. 0: nothing to fold here.
  size_t PeriodAt(size_t at) const {
    for (const size_t period : {size_t{1}, size_t{2}}) {
      if (Repeats(at, period) >= kDrawn + kWorthFolding) return period;
    }
    return 0;
  }

  Piece Folded(size_t first, size_t last) const {
    Piece piece{cycles_[first].from, cycles_[last - 1].to, last - first};
    piece.gap_min = Duration::max();
    for (size_t i = first; i < last; ++i) {
      const Duration gap = Step(cycles_[i].from).at - Step(cycles_[i - 1].from).at;
      piece.gap_min = std::min(piece.gap_min, gap);
      piece.gap_max = std::max(piece.gap_max, gap);
    }
    return piece;
  }

  void Add(const Piece& piece) {
    if (piece.from < piece.to) pieces_.push_back(piece);
  }

  const Story& story_;
  const StepRecord* violating_;
  std::vector<Cycle> cycles_;
  std::vector<Piece> pieces_;
};

}  // namespace

size_t LastStepToDraw(const Story& story) {
  size_t end = 0;
  int in_flight = 0;
  const bool cut = story.violation.has_value() && story.violation->recovered.has_value();
  for (size_t i = 0; i < story.trace.size(); ++i) {
    const StepRecord& step = story.trace[i];
    in_flight += step.effects.sent.count;
    if (step.kind == StepKind::kArrival || step.kind == StepKind::kLost) --in_flight;
    if (step.kind == StepKind::kCopied) ++in_flight;
    const bool silent = step.kind == StepKind::kTimer && step.effects.sent.Empty();
    if (!silent || !step.settling) end = i + 1;
    if (cut && in_flight == 0 &&
        step.at >= story.violation->departed + *story.violation->recovered) {
      break;
    }
  }
  return end;
}

std::vector<Piece> PiecesOf(const Story& story) { return Folding(story).Pieces(); }

}  // namespace finwait
