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

absl::Status WriteChanged(const std::string& to, const CaseSet& set, Merged& merged) {
  for (const auto& [name, file] : set.cases()) {
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

std::optional<Cause> OwnCause(const Schedule& schedule) {
  const Judgement judgement = Judge(schedule.setup, schedule.choices, EveryProperty());
  const std::optional<size_t> property = FirstViolated(judgement);
  if (!property.has_value()) return std::nullopt;
  return CauseOf(schedule, *property, std::get<Violated>(judgement.verdicts[*property]));
}

std::string WhatHappens(const Cause& cause) {
  return absl::StrCat(Slug(kProperties[cause.property].name), "-by-", Slug(Name(cause.rule)),
                      "-in-", Slug(Name(cause.states[0])), "-", Slug(Name(cause.modes[0])),
                      "-peer-", Slug(Name(cause.states[1])), "-", Slug(Name(cause.modes[1])));
}

bool CaseSet::Add(const NamedSchedule& named) {
  const std::optional<Cause> cause = OwnCause(named.file.schedule);
  if (!cause.has_value()) return false;
  const auto [at, fresh] = cases_.emplace(WhatHappens(*cause), named.file);
  if (!fresh && Better(named.file, at->second)) at->second = named.file;
  return true;
}

absl::StatusOr<Merged> MergeInto(const std::string& to, const std::vector<std::string>& from) {
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
    const absl::StatusOr<std::vector<NamedSchedule>> more = ReadSchedules(path);
    if (!more.ok()) return more.status();
    for (const NamedSchedule& named : *more) take(named);
  }
  if (absl::Status status = WriteChanged(to, set, merged); !status.ok()) return status;
  merged.cases = set.cases().size();
  for (const std::string& path : superfluous) {
    const fs::path place(path);
    if (place.parent_path() == fs::path(to) && set.cases().contains(place.stem().string())) continue;
    std::error_code error;
    merged.removed += fs::remove(place, error) ? 1U : 0U;
  }
  return merged;
}

}  // namespace finwait
