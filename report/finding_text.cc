// SPDX-License-Identifier: Apache-2.0
#include "report/finding_text.h"

#include "absl/strings/str_cat.h"
#include "model/world/notation.h"
#include "report/facts.h"
#include "report/wrap.h"

namespace finwait {

std::string FindingText(const Finding& finding, const Labels& labels, const DrawOptions& draw) {
  std::string text = absl::StrCat("\n", DrawLadder(StoryOf(finding, labels), draw));
  if (finding.other.has_value()) {
    const Story other{finding.other->schedule, {}, finding.other->trace};
    absl::StrAppend(&text, "\n  ", Capitalized(finding.other->change), ":\n\n",
                    DrawLadder(other, draw));
  }
  return absl::StrCat(text, "\n", FactsText(finding));
}

}  // namespace finwait
