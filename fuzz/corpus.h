// SPDX-License-Identifier: Apache-2.0
//
// Schedule files on disk: reading them, and holding them to what they expect.
#ifndef FINWAIT_FUZZ_CORPUS_H_
#define FINWAIT_FUZZ_CORPUS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "fuzz/judge.h"
#include "fuzz/schedule_file.h"

namespace finwait {

// The whole file. NotFound or InvalidArgument (too large, a directory) with the path in the
// message.
absl::StatusOr<std::string> ReadFile(const std::string& path);

struct NamedSchedule {
  std::string path;
  ScheduleFile file;
};

// The schedule at `path`, or every *.sched below it in the order of their paths. A directory
// without one is an error.
absl::StatusOr<std::vector<NamedSchedule>> ReadSchedules(const std::string& path);

// The same of a corpus, which may still be empty. A path that is not there is an error.
absl::StatusOr<std::vector<NamedSchedule>> ReadCorpus(const std::string& path);

// The schedule with the kernels of both ends replaced.
Schedule WithKernel(const Schedule& schedule, const KernelProfile& kernel);

// What an expectation of the file comes to when the model runs it.
struct Checked {
  std::string kernel;
  std::string expected;  // "holds", or "violated PROPERTY",
  std::string got;       // likewise.
  bool ok = false;
};
std::vector<Checked> CheckExpectations(const ScheduleFile& file);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_CORPUS_H_
