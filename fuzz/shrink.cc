// SPDX-License-Identifier: Apache-2.0
#include "fuzz/shrink.h"

#include <utility>

#include "fuzz/mode.h"
#include "fuzz/shrinker.h"
#include "model/world/fingerprint.h"

namespace finwait {
namespace {

// How far it is from plain sockets.
int Rank(const PairSetup& setup) {
  int rank = 0;
  for (const EndSetup& end : setup.ends) {
    if (end.linger_on) rank += end.linger_s > 0 ? 2 : 1;
    if (end.host.environment.rcv_buffer != Environment{}.rcv_buffer) ++rank;
  }
  return rank;
}

}  // namespace

Shrinker::Shrinker(const Schedule& schedule, const Goal& goal) : goal_(goal) {
  std::optional<Case> first = Try(schedule.setup, ByPlace(schedule.choices));
  failed_ = !first.has_value();
  if (failed_) {
    best_.setup = schedule.setup;
  } else {
    best_ = *std::move(first);
  }
}

// What was run once need not be run again.
bool Shrinker::IsNew(const PairSetup& setup, const NamedChoices& choices) {
  Hasher hasher;
  for (const EndSetup& end : setup.ends) {
    hasher.Add(end.linger_on ? 1U : 0U, end.linger_s);
    hasher.Add(end.host.environment.rcv_buffer);
  }
  for (const NamedChoice& named : choices) {
    const Choice& c = named.choice;
    hasher.Add(static_cast<uint64_t>(c.op) << 8U | static_cast<uint64_t>(c.side), c.extra);
    if (!named.means.has_value()) {
      hasher.Add(c.pick);
      continue;
    }
    hasher.Add(uint64_t{named.means->seq.raw} << 32U | named.means->ack.raw,
               uint64_t{named.means->len} << 24U | uint64_t{named.copies_before} << 16U | 0x100U |
                   named.means->flags);
  }
  return tried_.insert(hasher.Value()).second;
}

// Runs the candidate. When it reaches the goal, what is kept ends with the violating step, which
// may be one of settling's, wherever that suffices.
std::optional<Shrinker::Case> Shrinker::Try(const PairSetup& setup, const NamedChoices& choices) {
  if (!IsNew(setup, choices)) return std::nullopt;
  ++executions_;
  NamedRun run = RunNamed(setup, choices, goal_);
  if (!run.violated.has_value()) return std::nullopt;
  const size_t length = size_t{run.violated->choice_index} + 1;
  if (length >= run.acted) {
    run.performed.resize(std::min(length, run.performed.size()));
    return Case{setup, std::move(run.performed), *run.violated};
  }
  NamedChoices whole = run.performed;
  whole.resize(run.acted);
  NamedChoices cut = run.performed;
  cut.resize(length);
  if (IsNew(setup, cut)) {
    ++executions_;
    const NamedRun shorter = RunNamed(setup, cut, goal_);
    if (shorter.violated.has_value()) return Case{setup, std::move(cut), *shorter.violated};
  }
  return Case{setup, std::move(whole), *run.violated};
}

bool Shrinker::Improve(const PairSetup& setup, const NamedChoices& choices) {
  std::optional<Case> tried = Try(setup, choices);
  if (!tried.has_value()) return false;
  if (!Shorter(Schedule{tried->setup, Plain(tried->choices)},
               Schedule{best_.setup, Plain(best_.choices)})) {
    return false;
  }
  best_ = *std::move(tried);
  return true;
}

bool Shrinker::AnyOf(std::initializer_list<Pass> passes) {
  bool better = false;
  for (const Pass pass : passes) better |= (this->*pass)();
  return better;
}

bool Shrinker::DropLinger() {
  bool better = false;
  for (const Side side : {Side::kA, Side::kB}) {
    if (!best_.setup[side].linger_on) continue;
    PairSetup setup = best_.setup;
    SetLinger(setup[side], Mode::kAny);
    better |= Improve(setup, best_.choices);
  }
  return better;
}

bool Shrinker::UsualBuffers() {
  constexpr uint16_t kUsual = Environment{}.rcv_buffer;
  PairSetup setup = best_.setup;
  bool usual = true;
  for (EndSetup& end : setup.ends) {
    usual &= std::exchange(end.host.environment.rcv_buffer, kUsual) == kUsual;
  }
  return !usual && Improve(setup, best_.choices);
}

void Shrinker::Reduce() {
  DeleteKinds();
  for (bool better = true; better;) {
    while (DeleteChunks()) {
    }
    better = AnyOf({&Shrinker::DropLinger, &Shrinker::DeletePairs, &Shrinker::AbortInstead,
                    &Shrinker::LowerChoices, &Shrinker::OrderNeighbours, &Shrinker::Swap});
    if (!better) better = PutOneForTwo();
  }
}

// The dearer a pass, the later its turn: first whole kinds and chunks, at the end one choice for
// two. What is long enough to hide a shorter way is searched harder.
Shrunk Shrinker::Run() {
  if (failed_) return Shrunk{Schedule{best_.setup, {}}, {}, executions_};

  const Case first = best_;
  Reduce();
  if (size() > kShort) {  // Another way down may end lower.
    const Case way = std::exchange(best_, first);
    from_the_end_ = true;
    Reduce();
    if (Shorter(Schedule{way.setup, Plain(way.choices)},
                Schedule{best_.setup, Plain(best_.choices)})) {
      best_ = way;
    }
    while (size() > kShort && (SendMore() || PutOneForTwoAnywhere())) Reduce();
  }
  while (size() < kShort && PutOneForTwoAnywhere()) Reduce();
  if (UsualBuffers()) Reduce();
  return Shrunk{Schedule{best_.setup, Plain(best_.choices)}, best_.violation, executions_};
}

bool Shorter(const Schedule& a, const Schedule& b) {
  if (a.choices.size() != b.choices.size()) return a.choices.size() < b.choices.size();
  if (Rank(a.setup) != Rank(b.setup)) return Rank(a.setup) < Rank(b.setup);
  return a.choices < b.choices;
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
