// SPDX-License-Identifier: Apache-2.0
//
// The levels of an exhaustive search: what is kept between two of them, and the threads that turn
// one into the next. Internal to fuzz/exhaust.cc and its checkpoints.
#ifndef FINWAIT_FUZZ_LEVELS_H_
#define FINWAIT_FUZZ_LEVELS_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "fuzz/collapsed_expand.h"
#include "fuzz/exhaust.h"

namespace finwait {

// Some hundreds of states: what a thread takes at a time.
using Chunk = CollapsedStates;

// Everything a search has to keep to go on.
struct LevelState {
  uint32_t level = 0;
  bool dealt = false;         // Past the level that shards were dealt at.
  uint64_t found_before = 0;  // States found before this level was begun.
  ExpandCounts counts;
  uint64_t bytes_peak = 0;
  PropertySet applied, violated;
  double seconds = 0;
  std::vector<Chunk> current, next;  // What is left of this level, and what was found of the next.
  Visited visited;
  PartStore parts;
};

class Levels {
 public:
  Levels(const Ground& ground, const ExhaustOptions& options);
  ~Levels();
  Levels(const Levels&) = delete;
  Levels& operator=(const Levels&) = delete;

  // Inserts the start.
  void Begin();
  // After `state()` was read from a checkpoint.
  void Count();

  // Works on the current level until it is done, memory runs out or so many seconds are over.
  enum class Paused : uint8_t { kLevelDone, kNoMemory, kTime, kStopped };
  Paused Work(double seconds_max);

  // The next level becomes the current one.
  void Advance();

  // Keeps of the current level what the shard covers.
  void Deal();

  LevelState& state() { return state_; }
  const LevelState& state() const { return state_; }
  // States found so far on the next level.
  uint64_t Frontier() const { return state_.counts.states - state_.found_before; }

 private:
  struct Worker {
    Worker(const Ground& ground, LevelState& state)
        : expander(ground, state.parts, state.visited) {}

    CollapsedExpander expander;
    ExpandCounts told;
    std::atomic<uint64_t> bytes = 0;
  };

  void Run(Worker& worker);
  void Push(Chunk chunk);
  void Report(Worker& worker);
  uint64_t BytesNow() const;
  void Tell();

  const Ground& ground_;
  const ExhaustOptions& options_;
  LevelState state_;
  std::vector<std::unique_ptr<Worker>> workers_;  // One a thread.
  std::mutex mutex_;  // Guards what follows and, while threads work, the numbers of state_.
  std::condition_variable done_;
  size_t taken_ = 0;  // Chunks of the current level that were given out.
  uint32_t working_ = 0;
  std::atomic<uint64_t> frontier_ = 0;  // States of both levels.
  std::atomic<bool> pause_ = false;
  std::atomic<bool> no_memory_ = false;
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_LEVELS_H_
