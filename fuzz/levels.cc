// SPDX-License-Identifier: Apache-2.0
#include "fuzz/levels.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace finwait {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr size_t kChunkBytes = size_t{1} << 15U;
constexpr std::chrono::milliseconds kTellEvery{250};

}  // namespace

Levels::Levels(const Ground& ground, const ExhaustOptions& options)
    : ground_(ground), options_(options) {}

Levels::~Levels() = default;

void Levels::Begin() {
  Expander expander(ground_, state_.visited, [](const SearchState&, const Choice&) {});
  expander.Begin();
  state_.counts.Add(expander.counts());
  state_.current.emplace_back();
  Pack(ground_, ground_.start, state_.current.back());
  state_.found_before = state_.counts.states;
}

uint64_t Levels::BytesNow() const { return state_.visited.bytes() + frontier_bytes_; }

// What a run that ends here comes to. A property once seen violated or applied stays so.
void Levels::Judge(const SearchState& settled) {
  PropertySet applied;
  PropertySet violated;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!ground_.properties.Has(i)) continue;
    const Verdict verdict = settled.monitors.Finish(i);
    if (!std::holds_alternative<Vacuous>(verdict)) applied.Add(i);
    if (std::holds_alternative<Violated>(verdict)) violated.Add(i);
  }
  if (applied == PropertySet{}) return;
  const std::lock_guard lock(mutex_);
  state_.applied.bits |= applied.bits;
  state_.violated.bits |= violated.bits;
}

void Levels::Push(Chunk chunk) {
  chunk.shrink_to_fit();
  frontier_bytes_ += chunk.size();
  const std::lock_guard lock(mutex_);
  state_.next.push_back(std::move(chunk));
}

void Levels::ExpandChunk(Expander& expander, const Chunk& chunk, Chunk& out) {
  SearchState state = ground_.start;
  const uint8_t* at = chunk.data();
  while (at != chunk.data() + chunk.size()) {
    Unpack(ground_, at, state);
    expander.Expand(state, state_.level);
    if (expander.AtBorder()) {
      expander.SettleAtBorder(state, [this](const SearchState& settled) { Judge(settled); });
    }
    if (out.size() >= kChunkBytes) Push(std::exchange(out, {}));
  }
}

void Levels::Worker() {
  Chunk out;
  Expander expander(ground_, state_.visited, [&](const SearchState& state, const Choice&) {
    Pack(ground_, state, out);
  });
  ExpandCounts told;
  while (!pause_) {
    Chunk chunk;
    {
      const std::lock_guard lock(mutex_);
      if (taken_ == state_.current.size()) break;
      chunk = std::move(state_.current[taken_++]);
    }
    ExpandChunk(expander, chunk, out);
    frontier_bytes_ -= chunk.size();
    const std::lock_guard lock(mutex_);
    ExpandCounts fresh = expander.counts();
    fresh.Subtract(std::exchange(told, expander.counts()));
    state_.counts.Add(fresh);
    const uint64_t bytes = BytesNow();
    state_.bytes_peak = std::max(state_.bytes_peak, bytes);
    if (bytes > options_.bytes_max) pause_ = no_memory_ = true;
  }
  if (!out.empty()) Push(std::move(out));
  const std::lock_guard lock(mutex_);
  --working_;
  done_.notify_all();
}

Levels::Stopped Levels::Work(double seconds_max) {
  const SteadyClock::time_point started = SteadyClock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(SteadyClock::now() - started).count();
  };
  pause_ = no_memory_ = false;
  taken_ = 0;
  frontier_bytes_ = 0;
  for (const auto* chunks : {&state_.current, &state_.next}) {
    for (const Chunk& chunk : *chunks) frontier_bytes_ += chunk.size();
  }
  const double before = state_.seconds;
  std::vector<std::thread> threads;
  working_ = std::min(options_.jobs, static_cast<uint32_t>(state_.current.size()));
  for (uint32_t i = working_; i > 0; --i) threads.emplace_back([this] { Worker(); });
  {
    std::unique_lock lock(mutex_);
    while (!done_.wait_for(lock, kTellEvery, [this] { return working_ == 0; })) {
      state_.seconds = before + seconds();
      Tell();
      if (seconds() > seconds_max) pause_ = true;
    }
  }
  for (std::thread& thread : threads) thread.join();
  state_.seconds = before + seconds();
  state_.current.erase(state_.current.begin(),
                       state_.current.begin() + static_cast<ptrdiff_t>(taken_));
  taken_ = 0;
  if (no_memory_) return Stopped::kNoMemory;
  return state_.current.empty() ? Stopped::kLevelDone : Stopped::kTime;
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

void Levels::Deal() {
  SearchState state = ground_.start;
  std::vector<Chunk> mine(1);
  for (const Chunk& chunk : state_.current) {
    for (const uint8_t* at = chunk.data(); at != chunk.data() + chunk.size();) {
      Unpack(ground_, at, state);
      const uint64_t print = FingerprintOf(ground_, state, PartsOf(ground_, state.world));
      if (print % options_.shard.count != options_.shard.number - 1) continue;
      if (mine.back().size() >= kChunkBytes) mine.emplace_back();
      Pack(ground_, state, mine.back());
    }
  }
  if (mine.back().empty()) mine.pop_back();
  state_.current = std::move(mine);
  state_.dealt = true;
}

}  // namespace finwait
