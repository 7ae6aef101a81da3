// SPDX-License-Identifier: Apache-2.0
#include "cli/corpus_check.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

absl::StatusOr<CorpusChecked> CheckCorpus(const std::string& directory) {
  const absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadCorpus(directory);
  if (!schedules.ok()) return schedules.status();
  CorpusChecked all;
  for (const NamedSchedule& named : *schedules) {
    if (named.file.expectations.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(named.path, ": expects nothing; add 'expect'"));
    }
    CorpusChecked::File& file =
        all.files.emplace_back(CorpusChecked::File{named.path, CheckExpectations(named.file)});
    all.expectations += file.expectations.size();
    for (const Checked& checked : file.expectations) all.wrong += checked.ok ? 0 : 1;
  }
  return all;
}

Json ToJson(const CorpusChecked& all) {
  Json json = Json::array();
  for (const CorpusChecked::File& file : all.files) {
    for (const Checked& checked : file.expectations) {
      json.push_back(Json{{"file", file.path},
                          {"kernel", checked.kernel},
                          {"expected", checked.expected},
                          {"got", checked.got},
                          {"ok", checked.ok}});
    }
  }
  return json;
}

std::string TextOf(const CorpusChecked& all) {
  std::string text;
  for (const CorpusChecked::File& file : all.files) {
    for (const Checked& checked : file.expectations) {
      if (checked.ok) continue;
      absl::StrAppend(&text, file.path, ": ", checked.kernel, ": expected ", checked.expected,
                      ", got ", checked.got, "\n  again  ./x replay ", ShellQuoted(file.path),
                      " --kernel ", checked.kernel, "\n");
    }
  }
  absl::StrAppend(&text, all.files.size(), " schedules, ", all.expectations, " expectations, ",
                  all.wrong, " wrong\n");
  return text;
}

Json ToJson(const CorpusStats& stats) {
  return Json{
      {"schedules", stats.schedules},       {"causes", stats.causes},
      {"expectations", stats.expectations}, {"choices_median", stats.choices_median},
      {"choices_max", stats.choices_max},   {"by_property", stats.by_property},
      {"violated_on", stats.violated_on},   {"properties_without", stats.properties_without},
      {"rules_fired", stats.rules_fired},   {"rules_never", stats.rules_never}};
}

std::string TextOf(const CorpusStats& stats) {
  std::string text = absl::StrFormat(
      "schedules   %d, with %d causes and %d expectations\n"
      "choices     %d in the median, %d at most\n",
      stats.schedules, stats.causes, stats.expectations, stats.choices_median, stats.choices_max);
  const auto table = [&](const char* title, const std::map<std::string, size_t>& counts) {
    for (const auto& [name, count] : counts) {
      absl::StrAppendFormat(&text, "%-11s %5d  %s\n", title, count, name);
      title = "";
    }
  };
  table("properties", stats.by_property);
  table("violated on", stats.violated_on);
  absl::StrAppendFormat(&text, "no case of  %s\n",
                        stats.properties_without.empty()
                            ? "none: every property has one"
                            : absl::StrJoin(stats.properties_without, ", "));
  absl::StrAppendFormat(&text,
                        "rules       %d of %d fire in these schedules (--json names the rest)\n",
                        stats.rules_fired, stats.rules_fired + stats.rules_never.size());
  return text;
}

}  // namespace finwait
