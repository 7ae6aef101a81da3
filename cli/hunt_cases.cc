// SPDX-License-Identifier: Apache-2.0
#include "cli/hunt_cases.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/finding_output.h"
#include "fuzz/schedule_file.h"
#include "fuzz/view.h"

namespace finwait {
namespace {

CheckedCase CaseOf(size_t property, Outcome outcome) {
  return {.suite = "", .name = std::string(kProperties[property].name), .outcome = outcome};
}

CheckedCase NeverShownCase(const HuntOptions& options, const HuntResult& result, size_t property) {
  CheckedCase one = CaseOf(property, Outcome::kFailed);
  one.why = absl::StrCat("shown by none of ", result.schedules, " schedules. ",
                         View(kProperties[property].never));
  one.repeat = absl::StrCat("./x hunt --kernel ", View(options.setup[Side::kA].host.kernel.name),
                            " --property ", one.name, " --seed ", options.seed, " --schedules ",
                            result.schedules);
  return one;
}

CheckedCase NewCauseCase(const Finding& finding) {
  CheckedCase one = CaseOf(finding.property, Outcome::kFailed);
  one.why = absl::StrCat("cause ", finding.cause.Id(), ": NEW. ", finding.says);
  one.detail = FindingLadder(finding, Output{});
  one.repeat = absl::StrCat("./x replay -e '", FormatOneLine(finding.minimal), "'");
  return one;
}

// Of one that brought nothing new: `known` are the causes it was violated by.
CheckedCase NothingNewCase(const HuntResult& result, size_t property,
                           const std::vector<std::string>& known) {
  CheckedCase one = CaseOf(property, Outcome::kPassed);
  if (result.applied[property] == 0) {
    one.outcome = Outcome::kSkipped;
    one.why =
        absl::StrCat("vacuous: its premise came true in none of ", result.schedules, " schedules");
  } else if (!known.empty()) {
    one.why = absl::StrCat("known: ", absl::StrJoin(known, ", "));
  }
  return one;
}

}  // namespace

std::vector<CheckedCase> CasesOf(const HuntOptions& options, const HuntResult& result) {
  std::vector<CheckedCase> cases;
  const PropertySet never_shown = NeverShown(options, result);
  for (size_t property = 0; property < kPropertyCount; ++property) {
    if (!options.properties.Has(property)) continue;
    if (never_shown.Has(property)) {
      cases.push_back(NeverShownCase(options, result, property));
      continue;
    }
    std::vector<std::string> known;
    const size_t before = cases.size();
    for (const Finding& finding : result.findings) {
      if (finding.property != property) continue;
      if (finding.known_in.empty()) {
        cases.push_back(NewCauseCase(finding));
      } else {
        known.push_back(finding.cause.Id());
      }
    }
    if (cases.size() == before) cases.push_back(NothingNewCase(result, property, known));
  }
  return cases;
}

}  // namespace finwait
