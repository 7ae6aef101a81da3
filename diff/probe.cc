// SPDX-License-Identifier: Apache-2.0
#include "diff/probe.h"

#include <utility>

#include "diff/observe.h"
#include "diff/solo_parse.h"

namespace finwait {
namespace {

// A tick may come between two events.
constexpr int kTriesMax = 4;

struct Asked {
  Solo solo;
  Observation seen;
};

class Prober {
 public:
  Prober(Stack& stack, const Environment& environment, const Slack& slack)
      : stack_(stack), environment_(environment), slack_(slack) {}

  absl::StatusOr<ProbeResult> Run();

 private:
  absl::StatusOr<std::vector<Asked>> Ask(const Question& question);
  std::vector<uint8_t> Explaining(const Trait& trait, const std::vector<Asked>& asked,
                                  const KernelProfile& base) const;
  bool AnyExplains(const Trait& trait, const std::vector<Asked>& asked) const;
  ProbeResult AnswersFrom(KernelProfile base) const;

  Stack& stack_;
  const Environment& environment_;
  const Slack& slack_;
  std::vector<std::vector<Asked>> asked_;  // For each trait.
};

// The values with which a kernel that is otherwise `base` can have done all that was seen.
std::vector<uint8_t> Prober::Explaining(const Trait& trait, const std::vector<Asked>& asked,
                                        const KernelProfile& base) const {
  std::vector<uint8_t> values;
  for (uint8_t value = 0; value < trait.values.size(); ++value) {
    const Host host{.kernel = With(base, {&trait, value}), .environment = environment_};
    bool explains = true;
    for (const Asked& one : asked) {
      Tally unused;
      bool bound = false;
      explains &= !Accept(one.solo, one.seen, host, slack_, unused, bound).has_value() && !bound;
    }
    if (explains) values.push_back(value);
  }
  return values;
}

bool Prober::AnyExplains(const Trait& trait, const std::vector<Asked>& asked) const {
  for (const KernelProfile& kernel : Profiles()) {
    if (!Explaining(trait, asked, kernel).empty()) return true;
  }
  return false;
}

absl::StatusOr<std::vector<Asked>> Prober::Ask(const Question& question) {
  std::vector<Asked> all;
  for (const std::string_view text : question.schedules) {
    if (text.empty()) continue;
    absl::StatusOr<Solo> solo = ParseSolo(text);
    if (!solo.ok()) return solo.status();
    Asked& asked = all.emplace_back(Asked{.solo = *std::move(solo), .seen = {}});
    for (int i = 0; i < kTriesMax; ++i) {
      if (absl::Status status = RunAndObserve(asked.solo, {.states = true}, stack_, asked.seen);
          !status.ok()) {
        return status;
      }
      if (AnyExplains(*FindTrait(question.trait), {asked})) break;
    }
  }
  return all;
}

// Begins with a kernel that is near and puts in each answer, which may decide another.
ProbeResult Prober::AnswersFrom(KernelProfile base) const {
  ProbeResult result;
  for (bool again = true; again;) {
    again = false;
    result = ProbeResult{};
    for (size_t i = 0; i < Traits().size(); ++i) {
      const Trait& trait = Traits()[i];
      ProbeAnswer& answer = result.answers.emplace_back(ProbeAnswer{.trait = &trait, .value = {}});
      answer.reason = Questions()[i].not_asked;
      if (!answer.reason.empty()) continue;
      const std::vector<uint8_t> values = Explaining(trait, asked_[i], base);
      if (values.empty()) answer.reason = "no known behaviour explains what was seen";
      if (values.size() > 1) answer.reason = "what was seen can come from either behaviour";
      if (values.size() != 1) continue;
      answer.value = values.front();
      ++result.known;
      // Ends: the number of answers put in so far cannot grow for ever.
      again |= trait.get(base) != values.front() && base.name != "probed";
      trait.set(base, values.front());
    }
    base.name = "probed";
  }
  return result;
}

void FindNearest(ProbeResult& result) {
  for (const KernelProfile& kernel : Profiles()) {
    const size_t agreeing = result.known - Disagreeing(result, kernel).size();
    if (agreeing > result.agreeing) result.nearest.clear();
    if (agreeing < result.agreeing) continue;
    result.agreeing = agreeing;
    result.nearest.push_back(&kernel);
  }
}

absl::StatusOr<ProbeResult> Prober::Run() {
  for (const Question& question : Questions()) {
    absl::StatusOr<std::vector<Asked>> asked = Ask(question);
    if (!asked.ok()) return asked.status();
    asked_.push_back(*std::move(asked));
  }
  ProbeResult best;
  for (const KernelProfile& kernel : Profiles()) {
    ProbeResult result = AnswersFrom(kernel);
    if (best.answers.empty() || result.known >= best.known) best = std::move(result);
  }
  FindNearest(best);
  return best;
}

}  // namespace

std::vector<const ProbeAnswer*> Disagreeing(const ProbeResult& result,
                                            const KernelProfile& kernel) {
  std::vector<const ProbeAnswer*> all;
  for (const ProbeAnswer& answer : result.answers) {
    if (answer.value.has_value() && *answer.value != answer.trait->get(kernel)) {
      all.push_back(&answer);
    }
  }
  return all;
}

absl::StatusOr<ProbeResult> Probe(Stack& stack, const Environment& environment,
                                  const Slack& slack) {
  return Prober(stack, environment, slack).Run();
}

}  // namespace finwait
