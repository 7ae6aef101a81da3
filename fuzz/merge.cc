// SPDX-License-Identifier: Apache-2.0
#include "fuzz/merge.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "fuzz/shrink.h"
#include "fuzz/view.h"
#include "fuzz/whole_file.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;

// As a part of a file's name: "FIN-WAIT-2" and "segment.ack.old" in small letters and dashes.
std::string Slug(std::string_view name) {
  std::string slug;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    slug.push_back(std::isalnum(byte) != 0 ? static_cast<char>(std::tolower(byte)) : '-');
  }
  return slug;
}

bool Better(const ScheduleFile& a, const ScheduleFile& b) {
  if (Shorter(a.schedule, b.schedule)) return true;
  if (Shorter(b.schedule, a.schedule)) return false;
  return FormatSchedule(a) < FormatSchedule(b);
}

// The schedules of a directory that may be empty or not there yet.
absl::StatusOr<std::vector<NamedSchedule>> ReadIfAny(const std::string& directory) {
  std::error_code error;
  bool any = false;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory, error)) {
    any |= entry.path().extension() == ".sched";
  }
  if (!any) return std::vector<NamedSchedule>{};
  return ReadSchedules(directory);
}

using Cases = std::map<std::string, ScheduleFile>;

void Keep(Cases& cases, const Cause& cause, const ScheduleFile& file) {
  const auto [at, fresh] = cases.emplace(WhatHappens(cause), file);
  if (!fresh && Better(file, at->second)) at->second = file;
}

absl::Status WriteChanged(const std::string& to, const Cases& cases, Merged& merged) {
  for (const auto& [name, file] : cases) {
    const std::string path = absl::StrCat(to, "/", name, ".sched");
    const std::string text = FormatSchedule(file);
    const absl::StatusOr<std::string> there = ReadFile(path);
    if (there.ok() && *there == text) continue;
    if (absl::Status status = WriteWhole(path, text); !status.ok()) return status;
    ++merged.written;
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Cause> CausesOf(const Schedule& schedule) {
  const Judgement judgement = Judge(schedule.setup, schedule.choices, EveryProperty());
  std::vector<Cause> causes;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    const auto* const violated = std::get_if<Violated>(&judgement.verdicts[i]);
    if (violated != nullptr) causes.push_back(CauseOf(schedule, i, *violated));
  }
  return causes;
}

std::optional<Cause> OwnCause(const Schedule& schedule) {
  const std::vector<Cause> causes = CausesOf(schedule);
  return causes.empty() ? std::nullopt : std::optional(causes.front());
}

std::string WhatHappens(const Cause& cause) {
  return absl::StrCat(Slug(kProperties[cause.property].name), "-by-", Slug(Name(cause.rule)),
                      "-in-", Slug(Name(cause.states[0])), "-", Slug(Name(cause.modes[0])),
                      "-peer-", Slug(Name(cause.states[1])), "-", Slug(Name(cause.modes[1])));
}

bool CaseSet::Add(const NamedSchedule& named) {
  const std::vector<Cause> causes = CausesOf(named.file.schedule);
  for (const Cause& cause : causes)
    Keep(cause == causes.front() ? own_ : along_, cause, named.file);
  return !causes.empty();
}

std::map<std::string, ScheduleFile> CaseSet::Cases() const {
  std::map<std::string, ScheduleFile> cases = own_;
  std::set<std::string> shown;
  const auto show = [&](const ScheduleFile& file) {
    for (const Cause& cause : CausesOf(file.schedule)) shown.insert(WhatHappens(cause));
  };
  for (const auto& [name, file] : own_) show(file);
  for (const auto& [name, file] : along_) {
    if (shown.contains(name)) continue;
    cases.emplace(name, file);
    show(file);
  }
  return cases;
}

absl::StatusOr<Merged> MergeInto(const std::string& to, const std::vector<std::string>& from,
                                 const std::vector<NamedSchedule>& more) {
  RemoveDrafts(to);
  Merged merged;
  CaseSet set;
  std::vector<std::string> superfluous;  // Of those in `to`.
  const absl::StatusOr<std::vector<NamedSchedule>> own = ReadIfAny(to);
  if (!own.ok()) return own.status();
  const auto take = [&](const NamedSchedule& named) {
    ++merged.read;
    if (set.Add(named)) return true;
    ++merged.without;
    return false;
  };
  for (const NamedSchedule& named : *own) {
    if (take(named)) superfluous.push_back(named.path);
  }
  for (const std::string& path : from) {
    const absl::StatusOr<std::vector<NamedSchedule>> read = ReadSchedules(path);
    if (!read.ok()) return read.status();
    for (const NamedSchedule& named : *read) take(named);
  }
  for (const NamedSchedule& named : more) take(named);
  const Cases cases = set.Cases();
  if (absl::Status status = WriteChanged(to, cases, merged); !status.ok()) return status;
  merged.cases = cases.size();
  for (const std::string& path : superfluous) {
    const fs::path place(path);
    if (place.parent_path() == fs::path(to) && cases.contains(place.stem().string())) continue;
    std::error_code error;
    merged.removed += fs::remove(place, error) ? 1U : 0U;
  }
  return merged;
}

}  // namespace finwait
