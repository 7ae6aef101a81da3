// SPDX-License-Identifier: Apache-2.0
#include "fuzz/keep.h"

#include "absl/strings/str_cat.h"
#include "fuzz/corpus.h"
#include "fuzz/view.h"
#include "fuzz/whole_file.h"

namespace finwait {

ScheduleFile FileOf(const Schedule& schedule, const Cause& cause) {
  ScheduleFile file;
  file.schedule = schedule;
  for (const Side side : {Side::kA, Side::kB}) {
    file.modes[Index(side)] = LingerMode(schedule.setup[side]);
  }
  file.about.push_back(absl::StrCat("Cause ", cause.Id(), ": ",
                                    View(kProperties[cause.property].name), " by ",
                                    View(Name(cause.rule)), "."));
  for (const KernelProfile& kernel : Profiles()) {
    const Schedule run = WithKernel(schedule, kernel);
    const Judgement judgement = Judge(run.setup, run.choices, EveryProperty());
    if (judgement.bound) continue;  // Says nothing that could be expected.
    file.expectations.push_back(Expectation{std::string(kernel.name), FirstViolated(judgement)});
  }
  return file;
}

absl::StatusOr<std::string> KeepSchedule(const Schedule& schedule, const Cause& cause,
                                         const std::string& directory) {
  const std::string path = absl::StrCat(directory, "/", cause.Id(), ".sched");
  const absl::Status written = WriteWhole(path, FormatSchedule(FileOf(schedule, cause)));
  if (!written.ok()) return written;
  return path;
}

}  // namespace finwait
