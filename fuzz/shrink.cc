// SPDX-License-Identifier: Apache-2.0
#include "fuzz/shrink.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "fuzz/generate.h"

namespace finwait {
namespace {

class Shrinker {
 public:
  Shrinker(const Schedule& schedule, const Goal& goal) : goal_(goal) {
    if (std::optional<Shrunk> cut = Try(schedule)) best_ = std::move(*cut);
  }

  Shrunk Run();

 private:
  // One way to make candidates from the best so far; true when one was better.
  using Pass = bool (Shrinker::*)();

  bool DeleteChunks();
  bool DeleteAndShift();
  bool LowerChoices();
  bool OrderNeighbours();
  bool Swap();
  bool DropLinger();

  std::optional<Shrunk> Try(const Schedule& candidate);
  bool Improve(const Schedule& candidate);

  static constexpr std::array<Pass, 6> kPasses = {
      &Shrinker::DeleteChunks, &Shrinker::DeleteAndShift,  &Shrinker::DropLinger,
      &Shrinker::LowerChoices, &Shrinker::OrderNeighbours, &Shrinker::Swap,
  };

  Goal goal_;
  Shrunk best_;
  uint32_t executions_ = 0;
};

// Runs the candidate; when it reaches the goal, keeps what matters of it.
std::optional<Shrunk> Shrinker::Try(const Schedule& candidate) {
  ++executions_;
  const std::optional<Violated> violated = Violates(candidate.setup, candidate.choices, goal_);
  if (!violated.has_value()) return std::nullopt;
  return Shrunk{CutAfter(candidate, *violated, goal_, executions_), *violated};
}

bool Shrinker::Improve(const Schedule& candidate) {
  std::optional<Shrunk> shrunk = Try(candidate);
  if (!shrunk.has_value() || !Shorter(shrunk->schedule, best_.schedule)) return false;
  best_ = std::move(*shrunk);
  return true;
}

// What a deletion does to later picks on the wire from `side`.
struct PickShift {
  Side side;
  bool up;
};
constexpr std::array kPickShifts = {
    PickShift{Side::kA, false},
    PickShift{Side::kB, false},
    PickShift{Side::kA, true},
    PickShift{Side::kB, true},
};

// `schedule` without `count` choices from `at` on. What they had put in flight, or taken off the
// wire, moves later picks one place: down, or up.
Schedule WithoutShifted(const Schedule& schedule, size_t at, size_t count, const PickShift& shift) {
  Schedule candidate = schedule;
  const auto from = candidate.choices.begin() + static_cast<std::ptrdiff_t>(at);
  candidate.choices.erase(from, from + static_cast<std::ptrdiff_t>(count));
  for (size_t later = at; later < candidate.choices.size(); ++later) {
    Choice& choice = candidate.choices[later];
    if (choice.side != shift.side || !PicksSegment(choice.op)) continue;
    if (shift.up) {
      ++choice.pick;
    } else if (choice.pick > 0) {
      --choice.pick;
    }
  }
  return candidate;
}

// Halves, quarters, ..., single choices (ddmin).
bool Shrinker::DeleteChunks() {
  bool better = false;
  for (size_t chunk = std::max<size_t>(best_.schedule.choices.size() / 2, 1); chunk > 0;
       chunk /= 2) {
    for (size_t at = 0; at < best_.schedule.choices.size();) {
      Schedule candidate = best_.schedule;
      const auto from = candidate.choices.begin() + static_cast<std::ptrdiff_t>(at);
      const size_t count = std::min(chunk, candidate.choices.size() - at);
      candidate.choices.erase(from, from + static_cast<std::ptrdiff_t>(count));
      if (Improve(candidate)) {
        better = true;
      } else {
        at += chunk;
      }
    }
  }
  return better;
}

// Deletes one or two choices and keeps later picks on the segments they meant.
bool Shrinker::DeleteAndShift() {
  bool better = false;
  for (const size_t count : {size_t{1}, size_t{2}}) {
    for (size_t at = 0; at + count <= best_.schedule.choices.size(); ++at) {
      for (const PickShift& shift : kPickShifts) {
        if (at + count > best_.schedule.choices.size()) break;
        better |= Improve(WithoutShifted(best_.schedule, at, count, shift));
      }
    }
  }
  return better;
}

// Choices duller than this one that may do the same: deliveries before waits and drops, an earlier
// segment, a plainer call, fewer bytes.
Choices Duller(const Choice& choice) {
  Choices duller;
  const auto offer = [&](Choice c) {
    if (c < choice) duller.push_back(c);
  };
  for (const Side side : {Side::kA, Side::kB}) {
    for (uint8_t pick = 0; pick < 3; ++pick) offer(Deliver(side, pick));
    for (const How how : {How::kWr, How::kRdwr, How::kRd}) offer(ShutdownBy(side, how));
    offer(CloseBy(side));
    offer(RecvBy(side, 0));
    offer(SendBy(side, 1));
  }
  if (choice.pick > 0) offer(Choice{choice.op, choice.side, 0, choice.extra});
  return duller;
}

bool Shrinker::LowerChoices() {
  bool better = false;
  for (size_t at = 0; at < best_.schedule.choices.size(); ++at) {
    for (const Choice& duller : Duller(best_.schedule.choices[at])) {
      Schedule candidate = best_.schedule;
      candidate.choices[at] = duller;
      if (!Improve(candidate)) continue;
      better = true;
      break;
    }
  }
  return better;
}

bool Shrinker::OrderNeighbours() {
  bool better = false;
  for (size_t at = 0; at + 1 < best_.schedule.choices.size(); ++at) {
    Schedule candidate = best_.schedule;
    std::swap(candidate.choices[at], candidate.choices[at + 1]);
    better |= Shorter(candidate, best_.schedule) && Improve(candidate);
  }
  return better;
}

// The mirror image counts only once its own neighbours are in order.
bool Shrinker::Swap() {
  const Shrunk before = best_;
  std::optional<Shrunk> mirrored = Try(SwapSides(before.schedule));
  if (!mirrored.has_value()) return false;
  best_ = std::move(*mirrored);
  while (OrderNeighbours()) {
  }
  if (Shorter(best_.schedule, before.schedule)) return true;
  best_ = before;
  return false;
}

bool Shrinker::DropLinger() {
  bool better = false;
  for (const Side side : {Side::kA, Side::kB}) {
    if (!best_.schedule.setup[side].linger_on) continue;
    Schedule candidate = best_.schedule;
    SetLinger(candidate.setup[side], Mode::kAny);
    better |= Improve(candidate);
  }
  return better;
}

Shrunk Shrinker::Run() {
  for (bool better = !best_.schedule.choices.empty(); better;) {
    better = false;
    for (const Pass pass : kPasses) better |= (this->*pass)();
  }
  best_.executions = executions_;
  return best_;
}

int LingerRank(const PairSetup& setup) {
  int rank = 0;
  for (const EndSetup& end : setup.ends) rank += end.linger_on ? 1 + (end.linger_s > 0 ? 1 : 0) : 0;
  return rank;
}

}  // namespace

bool Shorter(const Schedule& a, const Schedule& b) {
  if (a.choices.size() != b.choices.size()) return a.choices.size() < b.choices.size();
  if (LingerRank(a.setup) != LingerRank(b.setup)) {
    return LingerRank(a.setup) < LingerRank(b.setup);
  }
  return a.choices < b.choices;
}

Schedule CutAfter(const Schedule& schedule, const Violated& violation, const Goal& goal,
                  uint32_t& executions) {
  const PairSetup& setup = schedule.setup;
  Schedule cut{setup, Performed(setup, schedule.choices, violation.choice_index + 1)};
  if (cut.choices.size() >= schedule.choices.size()) return cut;
  ++executions;
  if (Violates(setup, cut.choices, goal).has_value()) return cut;
  return Schedule{setup, Performed(setup, schedule.choices, CountActing(setup, schedule.choices))};
}

Schedule SwapSides(const Schedule& schedule) {
  Schedule swapped = schedule;
  std::swap(swapped.setup[Side::kA].linger_on, swapped.setup[Side::kB].linger_on);
  std::swap(swapped.setup[Side::kA].linger_s, swapped.setup[Side::kB].linger_s);
  for (Choice& choice : swapped.choices) {
    if (choice.op != Op::kWait) choice.side = Peer(choice.side);
  }
  return swapped;
}

Shrunk Shrink(const Schedule& schedule, const Goal& goal) { return Shrinker(schedule, goal).Run(); }

}  // namespace finwait
