// SPDX-License-Identifier: Apache-2.0
//
// What `uname -r` prints, as a release of Linux. X.Y.0-N is the number of a distribution's package
// and says nothing of the release: Debian's 6.1.0-57 is 6.1.192.
#ifndef FINWAIT_CLI_KERNEL_NAME_H_
#define FINWAIT_CLI_KERNEL_NAME_H_

#include <string>

#include "absl/status/statusor.h"

namespace finwait {

// What a machine tells of its kernel.
struct RunningKernel {
  std::string release;            // /proc/sys/kernel/osrelease: `uname -r`.
  std::string version;            // /proc/version, where Debian writes the release,
  std::string version_signature;  // and /proc/version_signature, where Ubuntu does. May be empty.
};

// "6.1.192" of "6.1.0-57-amd64" if that is the running kernel and it says so; "6.18.44" of
// "6.18.44-arch1". A name that is no kernel's is given back as it is. InvalidArgument where the
// release cannot be known, with where to look.
absl::StatusOr<std::string> ReleaseOf(const std::string& name, const RunningKernel& running);

// The same, on this machine.
absl::StatusOr<std::string> ReleaseOfRunningName(const std::string& name);

}  // namespace finwait

#endif  // FINWAIT_CLI_KERNEL_NAME_H_
