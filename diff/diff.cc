// SPDX-License-Identifier: Apache-2.0
#include "diff/diff.h"

#include <algorithm>
#include <optional>

namespace finwait {
namespace {

// A schedule that differs is run again so often before it is believed.
constexpr int kRepeats = 3;
constexpr int kShrinkRunsMax = 400;

class Differ {
 public:
  Differ(const Host& model, Stack& stack, const DiffOptions& options)
      : model_(model), stack_(stack), options_(options) {}

  absl::StatusOr<DiffResult> Run();

 private:
  // The mismatch of one run; an error is the stack's.
  absl::Status Once(const Solo& solo, bool every_state, std::optional<Mismatch>& mismatch);
  // A mismatch that comes every time.
  absl::Status Always(const Solo& solo, std::optional<Mismatch>& mismatch);
  absl::Status Note(uint64_t index, const Solo& solo, const Mismatch& mismatch);
  absl::Status Shrink(Solo& solo, Mismatch& mismatch);
  absl::Status TryWithout(size_t at, Solo& solo, Mismatch& mismatch, bool& shrunk);

  const Host& model_;
  Stack& stack_;
  const DiffOptions& options_;
  SoloRules rules_;
  Observation seen_;
  DiffResult result_;
  bool bound_ = false;
  int shrink_runs_ = 0;
};

absl::Status Differ::Once(const Solo& solo, bool every_state, std::optional<Mismatch>& mismatch) {
  if (absl::Status status = Observe(solo, every_state, stack_, seen_); !status.ok()) return status;
  mismatch = Accept(solo, seen_, model_, options_.slack, result_.tally, bound_);
  return absl::OkStatus();
}

absl::Status Differ::Always(const Solo& solo, std::optional<Mismatch>& mismatch) {
  for (int i = 0; i < kRepeats; ++i) {
    if (absl::Status status = Once(solo, true, mismatch); !status.ok()) return status;
    if (!mismatch.has_value()) return absl::OkStatus();
  }
  return absl::OkStatus();
}

// Two mismatches of one kind: the same last word of the model about the same kind of event.
bool SameKind(const Divergence& known, const Solo& solo, const Mismatch& mismatch) {
  const auto kind = [](const Solo& s, size_t at) {
    return at < s.events.size() ? static_cast<int>(s.events[at].event.kind) : -1;
  };
  return known.mismatch.rule == mismatch.rule &&
         kind(known.solo, known.mismatch.event) == kind(solo, mismatch.event);
}

absl::Status Differ::TryWithout(size_t at, Solo& solo, Mismatch& mismatch, bool& shrunk) {
  Solo smaller = solo;
  smaller.events.erase(smaller.events.begin() + static_cast<ptrdiff_t>(at));
  std::optional<Mismatch> still;
  if (absl::Status status = Always(smaller, still); !status.ok()) return status;
  ++shrink_runs_;
  shrunk = still.has_value() && still->rule == mismatch.rule;
  if (!shrunk) return absl::OkStatus();
  solo = std::move(smaller);
  mismatch = *still;
  return absl::OkStatus();
}

// Events leave as long as the difference stays.
absl::Status Differ::Shrink(Solo& solo, Mismatch& mismatch) {
  shrink_runs_ = 0;
  solo.events.resize(std::min(solo.events.size(), mismatch.event + 1));
  bool any = true;
  while (any && shrink_runs_ < kShrinkRunsMax) {
    any = false;
    for (size_t at = solo.events.size(); at-- > 0;) {
      bool shrunk = false;
      if (absl::Status status = TryWithout(at, solo, mismatch, shrunk); !status.ok()) return status;
      any |= shrunk;
    }
  }
  return absl::OkStatus();
}

absl::Status Differ::Note(uint64_t index, const Solo& solo, const Mismatch& mismatch) {
  for (Divergence& known : result_.divergences) {
    if (!SameKind(known, solo, mismatch)) continue;
    ++known.more;
    return absl::OkStatus();
  }
  if (result_.divergences.size() >= options_.divergences_max) return absl::OkStatus();
  Divergence divergence{.index = index, .solo = solo, .mismatch = mismatch};
  absl::Status status = Shrink(divergence.solo, divergence.mismatch);
  for (Divergence& known : result_.divergences) {
    if (!SameKind(known, divergence.solo, divergence.mismatch)) continue;
    ++known.more;
    return status;
  }
  result_.divergences.push_back(std::move(divergence));
  return status;
}

absl::StatusOr<DiffResult> Differ::Run() {
  absl::StatusOr<std::array<Terms, kHandshakes>> terms = AskTerms(stack_);
  if (!terms.ok()) return terms.status();
  rules_ = options_.rules;
  rules_.terms = *terms;
  Solo solo;
  for (uint64_t i = 0; i < options_.schedules; ++i) {
    const uint64_t index = options_.first + i;
    Random random = Random::ForCase(options_.seed, index);
    Generate(random, rules_, model_, solo);
    std::optional<Mismatch> mismatch;
    const bool every_state = options_.every_state_of != 0 && index % options_.every_state_of == 0;
    if (absl::Status status = Once(solo, every_state, mismatch); !status.ok()) return status;
    ++result_.schedules;
    result_.events += solo.events.size();
    result_.bound += bound_ ? 1U : 0U;
    if (options_.progress && i % 1024 == 0) options_.progress(i);
    if (!mismatch.has_value()) continue;
    if (absl::Status status = Always(solo, mismatch); !status.ok()) return status;
    if (!mismatch.has_value()) {
      ++result_.repeated;
      continue;
    }
    if (absl::Status status = Note(index, solo, *mismatch); !status.ok()) return status;
  }
  return result_;
}

}  // namespace

absl::StatusOr<std::array<Terms, kHandshakes>> AskTerms(Stack& stack) {
  std::array<Terms, kHandshakes> all;
  for (size_t i = 0; i < kHandshakes; ++i) {
    const absl::StatusOr<Terms> terms = stack.Establish(HandshakeOf(i));
    if (!terms.ok()) return terms.status();
    all[i] = *terms;
    if (absl::Status status = stack.Release(); !status.ok()) return status;
  }
  return all;
}

absl::StatusOr<DiffResult> Diff(const Host& model, Stack& stack, const DiffOptions& options) {
  return Differ(model, stack, options).Run();
}

}  // namespace finwait
