// SPDX-License-Identifier: Apache-2.0
#include "tests/testing/teardown.h"

#include <rapidcheck/detail/TestListenerAdapter.h>

#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "fuzz/schedule_file.h"
#include "fuzz/view.h"
#include "report/ladder.h"
#include "tests/testing/schedules.h"

namespace finwait::testing {
namespace {

rc::Gen<Choice> ChoiceOf(const SwarmProfile& swarm) {
  std::vector<Op> ops;
  for (size_t op = 0; op < kOpCount; ++op) ops.insert(ops.end(), swarm.weights[op], Op(op));
  return rc::gen::map(
      rc::gen::tuple(rc::gen::elementOf(ops), rc::gen::arbitrary<bool>(),
                     rc::gen::element<uint8_t>(0, 1, 2, 3), rc::gen::element<uint8_t>(0, 1, 2, 10)),
      [](const std::tuple<Op, bool, uint8_t, uint8_t>& draw) {
        const auto [op, side, pick, extra] = draw;
        return Choice{op, side ? Side::kB : Side::kA, pick, extra};
      });
}

// One run of RapidCheck: what it found first, and what it made of that.
class Checking {
 public:
  Checking(const PropertyCheck& check, PropertyChecked& checked)
      : check_(check), checked_(checked) {}

  void Run(const SwarmProfile& swarm, const rc::detail::TestParams& params);

  bool failed() const { return goal_.has_value(); }
  const Schedule& smallest() const { return smallest_; }
  const Goal& goal() const { return *goal_; }
  size_t first_choices() const { return first_choices_; }
  uint64_t cases() const { return cases_; }
  const std::string& reproduce() const { return reproduce_; }

 private:
  bool Holds(const Choices& choices);
  bool IsNew(const Schedule& schedule, const Violated& violation);

  const PropertyCheck& check_;
  PropertyChecked& checked_;
  std::optional<Goal> goal_;
  Schedule smallest_;
  size_t first_choices_ = 0;
  uint64_t cases_ = 0;
  std::string reproduce_;
};

bool Checking::IsNew(const Schedule& schedule, const Violated& violation) {
  const Goal goal{check_.property, violation.rule, {}};
  const Finding finding = ShrinkFinding(schedule, goal);
  const std::string id = finding.cause.Id();
  if (!check_.known.Knows(finding.cause, finding.origins)) return true;
  checked_.known_met.insert(id);
  return false;
}

// Once a case was new, only the same property by the same rule counts as smaller.
bool Checking::Holds(const Choices& choices) {
  if (!goal_.has_value()) ++cases_;
  const Judgement judgement = Judge(check_.setup, choices, Only(check_.property));
  const Verdict& verdict = judgement.verdicts[check_.property];
  checked_.applied += std::holds_alternative<Vacuous>(verdict) ? 0 : 1;
  const auto* violated = std::get_if<Violated>(&verdict);
  if (violated == nullptr) return true;
  const Schedule schedule{check_.setup, choices};
  if (goal_.has_value()) {
    if (violated->rule != goal_->rule) return true;
    smallest_ = schedule;
    return false;
  }
  if (!IsNew(schedule, *violated)) return true;
  check_.met(schedule);
  goal_ = Goal{check_.property, violated->rule, {}};
  first_choices_ = CountActing(check_.setup, choices);
  smallest_ = schedule;
  return false;
}

void Checking::Run(const SwarmProfile& swarm, const rc::detail::TestParams& params) {
  rc::detail::TestMetadata metadata;
  metadata.id = absl::StrCat(View(kProperties[check_.property].name), "/", View(swarm.name));
  const auto property = [&] { RC_ASSERT(Holds(*ChoicesOf(swarm).as("choices"))); };
  rc::detail::TestListenerAdapter quiet;
  const rc::detail::TestResult result = rc::detail::checkTestable(
      property, metadata, params, quiet, rc::detail::configuration().reproduce);
  rc::detail::FailureResult failure;
  if (!result.match(failure)) return;
  rc::detail::Configuration again;
  again.reproduce.emplace(metadata.id, failure.reproduce);
  reproduce_ = rc::detail::configToMinimalString(again);
}

std::string Message(const PropertyCheck& check, const Finding& finding, const Checking& checking) {
  const Violated& v = finding.violation;
  const std::string id = finding.cause.Id();
  std::string text = absl::StrCat(check.where, ": Failure      cause ", id, ": NEW\n");
  absl::StrAppend(&text, View(check.setup[v.actor].host.kernel.name), ": ",
                  std::string(1, Letter(v.actor)), " violates ",
                  View(kProperties[check.property].name), " at choice ", v.choice_index + 1,
                  ", rule ", View(Name(v.rule)), "\n  ", finding.says, "\n");
  absl::StrAppend(&text, finding.minimal.choices.size(), " choices, ", finding.packets,
                  " packets, ", finding.proven_minimal ? "proven minimal" : "not proven minimal",
                  " (seed ", check.seed, ", case ", checking.cases(), "; first failure had ",
                  checking.first_choices(), ")\n");
  absl::StrAppend(&text, DrawLadder(StoryOf(finding), {}));
  absl::StrAppend(&text, "Repeat: finwait replay -e '", FormatOneLine(finding.minimal), "'\n");
  absl::StrAppend(&text, "RC_PARAMS=\"", checking.reproduce(), "\"   Keep: finwait corpus add ", id,
                  "\n");
  return text;
}

}  // namespace

rc::Gen<Choices> ChoicesOf(const SwarmProfile& swarm) {
  return rc::gen::container<Choices>(ChoiceOf(swarm));
}

PropertyChecked CheckProperty(const PropertyCheck& check) {
  PropertyChecked checked;
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  if (std::getenv("RC_PARAMS") == nullptr) {
    params.seed = check.seed;
    params.maxSuccess = check.cases;
  }
  for (const SwarmProfile& swarm : kSwarmProfiles) {
    Checking checking(check, checked);
    checking.Run(swarm, params);
    if (!checking.failed()) continue;
    Finding finding = ShrinkFinding(checking.smallest(), checking.goal());
    const std::string id = finding.cause.Id();
    // What was new at first may have become what is known.
    if (check.known.Knows(finding.cause, finding.origins)) {
      checked.known_met.insert(id);
      continue;
    }
    Prove(finding, checking.goal(), SearchRules{}, ExploreLimits{});
    checked.message = Message(check, finding, checking);
    checked.finding = std::move(finding);
    return checked;
  }
  return checked;
}

}  // namespace finwait::testing
