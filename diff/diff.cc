// SPDX-License-Identifier: Apache-2.0
#include "diff/diff.h"

#include <algorithm>
#include <utility>

#include "diff/beside.h"
#include "diff/explain.h"
#include "diff/matrix.h"
#include "diff/probe.h"
#include "diff/solo_parse.h"

namespace finwait {
namespace {

// The first change that alone lets the model accept what it did not accept.
std::optional<TraitValue> ExplainedBy(const Solo& solo, const Observation& seen, const Host& model,
                                      const Slack& slack, std::span<const TraitValue> changes) {
  for (const TraitValue& change : changes) {
    const Host changed{.kernel = With(model.kernel, change), .environment = model.environment};
    Tally unused;
    bool bound = false;
    if (!Accept(solo, seen, changed, slack, unused, bound).has_value() && !bound) return change;
  }
  return std::nullopt;
}

class Differ {
 public:
  Differ(const Host& model, Stack& stack, const DiffOptions& options)
      : beside_(model, stack, options.slack, options.watch),
        stack_(stack),
        options_(options),
        adopted_(model) {
    changes_ = options.other.has_value() ? ChangesTo(options.other->kernel, model.kernel)
                                         : AllChanges(model.kernel);
  }

  absl::StatusOr<DiffResult> Run();
  absl::StatusOr<DiffResult> RunOne(const Solo& solo, Observation& seen);

 private:
  absl::Status RunRandom(const SoloRules& rules);
  absl::Status RunMatrix(const SoloRules& rules);
  absl::Status RunCase(uint64_t index, const Solo& solo, bool every_state);
  absl::Status Note(uint64_t index, const Solo& solo, const Mismatch& mismatch);
  void Explain(Divergence& divergence) const;
  bool IsKnown(const Divergence& found);

  // Of the last run. What several behaviours explain only together counts as the last of them.
  std::optional<TraitValue> Explanation(const Solo& solo) const {
    const auto alone =
        ExplainedBy(solo, beside_.seen(), beside_.model(), beside_.slack(), changes_);
    if (alone.has_value() || !options_.other.has_value()) return alone;
    return ExplainedBy(solo, beside_.seen(), adopted_, beside_.slack(), changes_);
  }
  absl::Status ExplainAgain();
  absl::Status AskQuestions();

  Beside beside_;
  Stack& stack_;
  const DiffOptions& options_;
  std::vector<TraitValue> changes_;  // That may explain a difference.
  Host adopted_;                     // The model with every behaviour of the other reported so far.
  DiffResult result_;
};

// What the last run, which was the divergence's, says about it.
void Differ::Explain(Divergence& divergence) const {
  divergence.explanation = Explanation(divergence.solo);
  if (!options_.other.has_value()) return;
  divergence.other_rule =
      LastRule(divergence.solo, beside_.seen().terms, divergence.mismatch.event, *options_.other);
}

// Of one kind, where nothing explains them: the same last words about the same kind of event.
bool SameKind(const Divergence& known, const Divergence& found) {
  if (known.explanation.has_value() || found.explanation.has_value()) return false;
  const auto kind = [](const Divergence& d) {
    const size_t at = d.mismatch.event;
    return at < d.solo.events.size() ? static_cast<int>(d.solo.events[at].event.kind) : -1;
  };
  return known.mismatch.rule == found.mismatch.rule &&
         known.mismatch.counter == found.mismatch.counter && known.other_rule == found.other_rule &&
         kind(known) == kind(found);
}

bool Differ::IsKnown(const Divergence& found) {
  for (Divergence& known : result_.divergences) {
    // One change that explains all of both runs is one behaviour, wherever it shows.
    const bool same_change = known.explanation.has_value() && found.explanation.has_value() &&
                             known.explanation->trait == found.explanation->trait;
    if (!same_change && !SameKind(known, found)) continue;
    ++known.more;
    return true;
  }
  return false;
}

absl::Status Differ::Note(uint64_t index, const Solo& solo, const Mismatch& mismatch) {
  Divergence found{.index = index, .solo = solo, .mismatch = mismatch};
  Explain(found);
  if (IsKnown(found)) return absl::OkStatus();
  if (result_.divergences.size() >= options_.divergences_max) return absl::OkStatus();
  const auto same = [&](const Solo& smaller) {
    const std::optional<TraitValue> now = Explanation(smaller);
    if (now.has_value() != found.explanation.has_value()) return false;
    return !now.has_value() || now->trait == found.explanation->trait;
  };
  if (absl::Status status = beside_.Shrink(found.solo, found.mismatch, same); !status.ok()) {
    return status;
  }
  std::optional<Mismatch> still;
  if (absl::Status status = beside_.Always(found.solo, still); !status.ok()) return status;
  if (still.has_value()) found.mismatch = *still;
  Explain(found);
  if (IsKnown(found)) return absl::OkStatus();
  if (found.explanation.has_value()) adopted_.kernel = With(adopted_.kernel, *found.explanation);
  result_.divergences.push_back(std::move(found));
  return absl::OkStatus();
}

// What nothing explained when it was found may be several behaviours that are known by now.
absl::Status Differ::ExplainAgain() {
  std::vector<Divergence> all = std::exchange(result_.divergences, {});
  std::stable_partition(all.begin(), all.end(),
                        [](const Divergence& d) { return d.explanation.has_value(); });
  for (Divergence& divergence : all) {
    std::optional<Mismatch> mismatch;
    if (!divergence.explanation.has_value()) {
      if (absl::Status status = beside_.Once(divergence.solo, true, mismatch); !status.ok()) {
        return status;
      }
      divergence.explanation = Explanation(divergence.solo);
      if (IsKnown(divergence)) continue;
    }
    result_.divergences.push_back(std::move(divergence));
  }
  return absl::OkStatus();
}

absl::Status Differ::RunCase(uint64_t index, const Solo& solo, bool every_state) {
  std::optional<Mismatch> mismatch;
  if (absl::Status status = beside_.Once(solo, every_state, mismatch); !status.ok()) return status;
  ++result_.schedules;
  result_.events += solo.events.size();
  result_.bound += beside_.bound() ? 1U : 0U;
  if (!mismatch.has_value()) return absl::OkStatus();
  if (absl::Status status = beside_.Always(solo, mismatch); !status.ok()) return status;
  if (mismatch.has_value()) return Note(index, solo, *mismatch);
  ++result_.repeated;
  return absl::OkStatus();
}

// Between two models what a probe asks comes first: it is small, and reaches what random schedules
// seldom do.
absl::Status Differ::AskQuestions() {
  std::optional<Mismatch> mismatch;
  for (const Question& question : Questions()) {
    for (const std::string_view text : question.schedules) {
      if (text.empty()) continue;
      const absl::StatusOr<Solo> solo = ParseSolo(text);
      if (!solo.ok()) return solo.status();
      if (absl::Status status = beside_.Always(*solo, mismatch); !status.ok()) return status;
      if (!mismatch.has_value()) continue;
      if (absl::Status status = Note(0, *solo, *mismatch); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::Status Differ::RunRandom(const SoloRules& rules) {
  Solo solo;
  for (uint64_t i = 0; i < options_.schedules && !Stopped(options_.stop); ++i) {
    const uint64_t index = options_.first + i;
    Random random = Random::ForCase(options_.seed, index);
    Generate(random, rules, beside_.model(), solo);
    const bool every_state = options_.every_state_of != 0 && index % options_.every_state_of == 0;
    if (absl::Status status = RunCase(index, solo, every_state); !status.ok()) return status;
    if (options_.progress && i % 256 == 0) options_.progress(i);
  }
  return absl::OkStatus();
}

absl::Status Differ::RunMatrix(const SoloRules& rules) {
  return ForEachCell(rules.terms, beside_.model(), [&](const Cell& cell) {
    if (options_.progress && result_.schedules % 256 == 0) options_.progress(result_.schedules);
    if (Stopped(options_.stop)) return absl::CancelledError("stopped");
    return RunCase(result_.schedules, cell.solo, /*every_state=*/true);
  });
}

absl::StatusOr<DiffResult> Differ::Run() {
  SoloRules rules = options_.rules;
  absl::StatusOr<std::array<Terms, kHandshakes>> terms = AskTerms(stack_);
  if (!terms.ok()) return terms.status();
  rules.terms = *terms;
  if (options_.other.has_value()) {
    if (absl::Status status = AskQuestions(); !status.ok()) return status;
  }
  const absl::Status ran = options_.matrix ? RunMatrix(rules) : RunRandom(rules);
  if (!ran.ok() && !absl::IsCancelled(ran)) return ran;
  result_.tally = beside_.tally();
  if (!options_.other.has_value()) return result_;
  if (absl::Status status = ExplainAgain(); !status.ok()) return status;
  for (const TraitValue& change : changes_) {
    if (change.trait->get(adopted_.kernel) != change.value) result_.not_shown.push_back(change);
  }
  return result_;
}

absl::StatusOr<DiffResult> Differ::RunOne(const Solo& solo, Observation& seen) {
  Divergence divergence{.solo = solo};
  std::optional<Mismatch> mismatch;
  if (absl::Status status = beside_.Always(solo, mismatch); !status.ok()) return status;
  seen = beside_.seen();
  result_.schedules = 1;
  result_.events = solo.events.size();
  result_.bound = beside_.bound() ? 1U : 0U;
  result_.tally = beside_.tally();
  if (!mismatch.has_value()) return result_;
  divergence.mismatch = *mismatch;
  Explain(divergence);
  result_.divergences.push_back(std::move(divergence));
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

absl::StatusOr<DiffResult> DiffOne(const Host& model, Stack& stack, const DiffOptions& options,
                                   const Solo& solo, Observation& seen) {
  return Differ(model, stack, options).RunOne(solo, seen);
}

}  // namespace finwait
