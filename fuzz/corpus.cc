// SPDX-License-Identifier: Apache-2.0
#include "fuzz/corpus.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "fuzz/view.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;

std::string Words(const std::optional<size_t>& violated) {
  if (!violated.has_value()) return "holds";
  return absl::StrCat("violated ", View(kProperties[*violated].name));
}

absl::StatusOr<NamedSchedule> ReadOne(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<ScheduleFile> file = ParseSchedule(*text, TextSource{path});
  if (!file.ok()) return file.status();
  return NamedSchedule{path, *std::move(file)};
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return absl::NotFoundError(absl::StrCat(path, ": no such file"));
  if (fs::is_directory(path, error)) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": is a directory"));
  }
  // One byte more than a schedule may have shows that there is too much; the rest is never read.
  std::ifstream in(path, std::ios::binary);
  std::string text(kScheduleBytesMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || (!in.eof() && in.fail())) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": cannot be read"));
  }
  text.resize(static_cast<size_t>(in.gcount()));
  return text;
}

absl::StatusOr<std::vector<NamedSchedule>> ReadCorpus(const std::string& path) {
  std::error_code error;
  std::vector<std::string> paths;
  if (!fs::is_directory(path, error)) {
    paths.push_back(path);
  } else {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path, error)) {
      if (entry.path().extension() == ".sched") paths.push_back(entry.path().string());
    }
    std::sort(paths.begin(), paths.end());
  }
  std::vector<NamedSchedule> schedules;
  for (const std::string& one : paths) {
    absl::StatusOr<NamedSchedule> schedule = ReadOne(one);
    if (!schedule.ok()) return schedule.status();
    schedules.push_back(*std::move(schedule));
  }
  return schedules;
}

absl::StatusOr<std::vector<NamedSchedule>> ReadSchedules(const std::string& path) {
  absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadCorpus(path);
  if (schedules.ok() && schedules->empty()) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": no .sched file in this directory"));
  }
  return schedules;
}

Schedule WithKernel(const Schedule& schedule, const KernelProfile& kernel) {
  Schedule replaced = schedule;
  for (EndSetup& end : replaced.setup.ends) end.host.kernel = kernel;
  return replaced;
}

std::vector<Checked> CheckExpectations(const ScheduleFile& file) {
  std::vector<Checked> checked;
  for (const Expectation& expectation : file.expectations) {
    const Schedule schedule = WithKernel(file.schedule, *FindProfile(expectation.kernel));
    const Judgement judgement = Judge(schedule.setup, schedule.choices, EveryProperty());
    const std::optional<size_t> violated = FirstViolated(judgement);
    checked.push_back(Checked{expectation.kernel, Words(expectation.violated), Words(violated),
                              violated == expectation.violated && !judgement.bound});
  }
  return checked;
}

}  // namespace finwait
