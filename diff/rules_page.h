// SPDX-License-Identifier: Apache-2.0
//
// docs/rules.md: every rule of the model, and on which running kernels a transcript shows it.
#ifndef FINWAIT_DIFF_RULES_PAGE_H_
#define FINWAIT_DIFF_RULES_PAGE_H_

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "diff/transcript.h"
#include "model/tcp/rule.h"

namespace finwait {

// The *.transcript files below a folder, sorted by path.
std::vector<std::string> TranscriptPaths(const std::string& folder);

absl::StatusOr<TranscriptFile> ReadTranscripts(const std::string& path);

// For each rule, the profiles of the running kernels on which transcripts show it.
using RuleSightings = std::map<RuleId, std::set<std::string>>;

// Adds what the file's transcripts show. FailedPrecondition when the model does not accept one.
absl::Status AddSightings(const TranscriptFile& file, RuleSightings& sightings);

// Rules of which no running kernel is asked, and why; the others must be shown.
struct Unshown {
  RuleId rule;
  std::string_view why;
};
std::span<const Unshown> UnshownRules();

// The page as Markdown, from the transcripts below a folder.
absl::StatusOr<std::string> RulesPage(const std::string& folder);

}  // namespace finwait

#endif  // FINWAIT_DIFF_RULES_PAGE_H_
