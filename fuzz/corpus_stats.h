// SPDX-License-Identifier: Apache-2.0
//
// What a corpus holds, and what it does not: properties nobody has a case of, rules that none of
// its schedules fires.
#ifndef FINWAIT_FUZZ_CORPUS_STATS_H_
#define FINWAIT_FUZZ_CORPUS_STATS_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "fuzz/corpus.h"

namespace finwait {

struct CorpusStats {
  size_t schedules = 0, causes = 0, expectations = 0;
  size_t choices_median = 0, choices_max = 0;
  std::map<std::string, size_t> by_property;  // Schedules that are expected to violate it.
  std::map<std::string, size_t> violated_on;  // By kernel, likewise.
  std::vector<std::string> properties_without;
  size_t rules_fired = 0;  // On the kernels of the schedules' own headers.
  std::vector<std::string> rules_never;
};

CorpusStats StatsOf(const std::vector<NamedSchedule>& schedules);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_CORPUS_STATS_H_
