// SPDX-License-Identifier: Apache-2.0
#include "fuzz/levels.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace finwait {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr size_t kChunkStates = 1024;
constexpr size_t kAhead = 2;  // States whose parts are on their way from memory.
constexpr std::chrono::milliseconds kTellEvery{250};

}  // namespace

Levels::Levels(const Ground& ground, const ExhaustOptions& options)
    : ground_(ground), options_(options) {
  for (uint32_t i = 0; i < std::max(1U, options.jobs); ++i) {
    workers_.push_back(std::make_unique<Worker>(ground, state_));
  }
}

Levels::~Levels() = default;

void Levels::Begin() {
  state_.current.push_back({workers_[0]->expander.Begin()});
  Report(*workers_[0]);
  state_.found_before = state_.counts.states;
  Count();
}

uint64_t Levels::BytesNow() const {
  uint64_t bytes =
      state_.visited.bytes() + state_.parts.bytes() + frontier_ * sizeof(CollapsedState);
  for (const auto& worker : workers_) bytes += worker->bytes;
  return bytes;
}

void Levels::Push(Chunk chunk) {
  chunk.shrink_to_fit();
  frontier_ += chunk.size();
  const std::lock_guard lock(mutex_);
  state_.next.push_back(std::move(chunk));
}

// Called with the lock held.
void Levels::Report(Worker& worker) {
  const CollapsedExpander& expander = worker.expander;
  ExpandCounts fresh = expander.counts();
  fresh.Subtract(std::exchange(worker.told, expander.counts()));
  state_.counts.Add(fresh);
  state_.applied.bits |= expander.applied().bits;
  state_.violated.bits |= expander.violated().bits;
  worker.bytes = expander.bytes();
  const uint64_t bytes = BytesNow();
  state_.bytes_peak = std::max(state_.bytes_peak, bytes);
  if (bytes > options_.bytes_max) pause_ = no_memory_ = true;
}

void Levels::Run(Worker& worker) {
  Chunk out;
  while (!pause_) {
    Chunk chunk;
    {
      const std::lock_guard lock(mutex_);
      if (taken_ == state_.current.size()) break;
      chunk = std::move(state_.current[taken_++]);
    }
    for (size_t i = 0; i < chunk.size(); ++i) {
      if (i + kAhead < chunk.size()) worker.expander.Prefetch(chunk[i + kAhead]);
      worker.expander.Expand(chunk[i], out);
      if (out.size() >= kChunkStates) Push(std::exchange(out, {}));
    }
    frontier_ -= chunk.size();
    const std::lock_guard lock(mutex_);
    Report(worker);
  }
  if (!out.empty()) Push(std::move(out));
  const std::lock_guard lock(mutex_);
  --working_;
  done_.notify_all();
}

Levels::Paused Levels::Work(double seconds_max) {
  const SteadyClock::time_point started = SteadyClock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(SteadyClock::now() - started).count();
  };
  pause_ = false;
  no_memory_ = BytesNow() > options_.bytes_max;
  if (no_memory_) return Paused::kNoMemory;
  taken_ = 0;
  const double before = state_.seconds;
  std::vector<std::thread> threads;
  const size_t count = std::min(workers_.size(), state_.current.size());
  working_ = static_cast<uint32_t>(count);
  for (size_t i = 0; i < count; ++i) threads.emplace_back([this, i] { Run(*workers_[i]); });
  {
    std::unique_lock lock(mutex_);
    while (!done_.wait_for(lock, kTellEvery, [this] { return working_ == 0; })) {
      state_.seconds = before + seconds();
      Tell();
      if (seconds() > seconds_max || Stopped(options_.stop)) pause_ = true;
    }
  }
  for (std::thread& thread : threads) thread.join();
  state_.seconds = before + seconds();
  state_.current.erase(state_.current.begin(),
                       state_.current.begin() + static_cast<ptrdiff_t>(taken_));
  taken_ = 0;
  if (no_memory_) return Paused::kNoMemory;
  if (Stopped(options_.stop)) return Paused::kStopped;
  return state_.current.empty() ? Paused::kLevelDone : Paused::kTime;
}

void Levels::Tell() {
  options_.progress(ExhaustProgress{.states = state_.counts.states,
                                    .frontier = Frontier(),
                                    .bytes = BytesNow(),
                                    .level = state_.level,
                                    .seconds = state_.seconds});
}

void Levels::Advance() {
  state_.current = std::exchange(state_.next, {});
  state_.found_before = state_.counts.states;
  ++state_.level;
}

void Levels::Count() {
  frontier_ = 0;
  for (const auto* chunks : {&state_.current, &state_.next}) {
    for (const Chunk& chunk : *chunks) frontier_ += chunk.size();
  }
}

void Levels::Deal() {
  Chunk mine;
  for (const Chunk& chunk : state_.current) {
    for (const CollapsedState& state : chunk) {
      const uint64_t print = workers_[0]->expander.Fingerprint(state);
      if ((print >> 1U) % options_.shard.count == options_.shard.number - 1) mine.push_back(state);
    }
  }
  state_.current.clear();
  for (size_t at = 0; at < mine.size(); at += kChunkStates) {
    const size_t end = std::min(mine.size(), at + kChunkStates);
    state_.current.emplace_back(mine.begin() + static_cast<ptrdiff_t>(at),
                                mine.begin() + static_cast<ptrdiff_t>(end));
  }
  state_.dealt = true;
  Count();
}

}  // namespace finwait
