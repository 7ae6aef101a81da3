// SPDX-License-Identifier: Apache-2.0
#include "fuzz/corpus_stats.h"

#include <algorithm>
#include <array>
#include <set>

#include "fuzz/merge.h"

namespace finwait {
namespace {

void CountExpectations(const ScheduleFile& file, CorpusStats& stats) {
  std::set<std::string> properties;
  for (const Expectation& expectation : file.expectations) {
    ++stats.expectations;
    if (!expectation.violated.has_value()) continue;
    ++stats.violated_on[expectation.kernel];
    properties.emplace(kProperties[*expectation.violated].name);
  }
  for (const std::string& property : properties) ++stats.by_property[property];
}

}  // namespace

CorpusStats StatsOf(const std::vector<NamedSchedule>& schedules) {
  CorpusStats stats;
  stats.schedules = schedules.size();
  std::set<std::string> causes;
  std::vector<size_t> lengths;
  std::array<bool, kRuleCount> fired{};
  for (const NamedSchedule& named : schedules) {
    const Schedule& schedule = named.file.schedule;
    lengths.push_back(schedule.choices.size());
    if (const std::optional<Cause> cause = OwnCause(schedule)) causes.insert(cause->Id());
    CountExpectations(named.file, stats);
    for (const StepRecord& step : Record(schedule.setup, schedule.choices).trace) {
      for (const RuleId rule : step.effects.fired) fired[Index(rule)] = true;
    }
  }
  stats.causes = causes.size();
  if (!lengths.empty()) {
    std::sort(lengths.begin(), lengths.end());
    stats.choices_median = lengths[lengths.size() / 2];
    stats.choices_max = lengths.back();
  }
  for (const Property& property : kProperties) {
    const std::string name(property.name);
    if (!stats.by_property.contains(name)) stats.properties_without.push_back(name);
  }
  for (const Rule& rule : Rules()) {
    if (fired[Index(rule.id)]) {
      ++stats.rules_fired;
    } else {
      stats.rules_never.emplace_back(rule.name);
    }
  }
  return stats;
}

}  // namespace finwait
