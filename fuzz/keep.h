// SPDX-License-Identifier: Apache-2.0
//
// How a finding is kept: as a shrunk schedule under the id of its cause, with what every
// profile makes of it.
#ifndef FINWAIT_FUZZ_KEEP_H_
#define FINWAIT_FUZZ_KEEP_H_

#include <string>

#include "absl/status/statusor.h"
#include "fuzz/cause.h"
#include "fuzz/judge.h"
#include "fuzz/schedule_file.h"

namespace finwait {

// A minimal schedule as a file, with what every profile makes of it as expectations.
ScheduleFile FileOf(const Schedule& schedule, const Cause& cause);

// Writes FileOf() to DIRECTORY/CAUSE.sched, making the directory; gives the path.
absl::StatusOr<std::string> KeepSchedule(const Schedule& schedule, const Cause& cause,
                                         const std::string& directory);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_KEEP_H_
