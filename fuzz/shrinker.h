// SPDX-License-Identifier: Apache-2.0
//
// The work of Shrink(): the best schedule so far, and passes that look for a better one. Internal.
#ifndef FINWAIT_FUZZ_SHRINKER_H_
#define FINWAIT_FUZZ_SHRINKER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_set>

#include "fuzz/named.h"
#include "fuzz/shrink.h"

namespace finwait {

class Shrinker {
 public:
  Shrinker(const Schedule& schedule, const Goal& goal);

  Shrunk Run();

 private:
  struct Case {
    PairSetup setup;
    NamedChoices choices;
    Violated violation{};
  };

  // What is no longer than this hides no shorter way that the dearer passes would find.
  static constexpr size_t kShort = 5;

  // One way to make candidates from the best so far; true when one was better.
  using Pass = bool (Shrinker::*)();

  // --- shrink.cc
  void Reduce();
  std::optional<Case> Try(const PairSetup& setup, const NamedChoices& choices);
  bool Improve(const PairSetup& setup, const NamedChoices& choices);
  bool Improve(const NamedChoices& choices) { return Improve(best_.setup, choices); }
  bool IsNew(const PairSetup& setup, const NamedChoices& choices);
  bool AnyOf(std::initializer_list<Pass> passes);
  bool DropLinger();
  bool UsualBuffers();
  size_t size() const { return best_.choices.size(); }

  // --- shrink_passes.cc: fewer choices
  bool DeleteKinds();
  bool DeleteChunks();
  bool DeletePairs();
  bool AbortInstead();
  bool PutOneForTwo();
  bool PutOneForTwoAnywhere();
  bool SendMore();
  // and duller ones.
  bool LowerChoices();
  bool OrderNeighbours();
  bool Swap();

  Goal goal_;
  Case best_;
  bool from_the_end_ = false;  // Which choices are taken out first.
  bool failed_ = false;        // What it was given does not reach the goal.
  uint32_t executions_ = 0;
  std::unordered_set<uint64_t> tried_;
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_SHRINKER_H_
