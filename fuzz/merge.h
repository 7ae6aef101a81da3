// SPDX-License-Identifier: Apache-2.0
//
// Corpora as sets of causes: one case for each, the smallest that is known, named by what happens.
#ifndef FINWAIT_FUZZ_MERGE_H_
#define FINWAIT_FUZZ_MERGE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "fuzz/cause.h"
#include "fuzz/corpus.h"

namespace finwait {

// The causes that a schedule shows on its own kernels, one for each property that it violates, in
// the order of the catalogue; and the first of them, which it is known by.
std::vector<Cause> CausesOf(const Schedule& schedule);
std::optional<Cause> OwnCause(const Schedule& schedule);

// "text-not-silently-dropped-by-segment-ack-old-in-fin-wait-2-shutdown-wr-peer-closing-close":
// different for different causes.
std::string WhatHappens(const Cause& cause);

// One case a cause: of several the shortest, then the dullest, then the first as text. A cause that
// only comes along with another one has a case of its own when no other case shows it. Which files
// they came from, and in which order, does not matter.
class CaseSet {
 public:
  // False when the file shows no cause.
  bool Add(const NamedSchedule& named);

  // By WhatHappens.
  std::map<std::string, ScheduleFile> Cases() const;

 private:
  std::map<std::string, ScheduleFile> own_;    // The best that is known by the cause,
  std::map<std::string, ScheduleFile> along_;  // and the best with which it comes along.
};

struct Merged {
  size_t read = 0;     // Files.
  size_t without = 0;  // Of those, without a cause: left where they are.
  size_t cases = 0;    // What the directory has now,
  size_t written = 0;  // of which were new or changed,
  size_t removed = 0;  // and files that another case made superfluous.
};

// Makes `to` the merge of itself, the schedules below `from`, and `more`. Each file is written
// whole before any is removed, so a merge that was killed loses nothing, and doing it again ends
// the same.
absl::StatusOr<Merged> MergeInto(const std::string& to, const std::vector<std::string>& from,
                                 const std::vector<NamedSchedule>& more = {});

}  // namespace finwait

#endif  // FINWAIT_FUZZ_MERGE_H_
