// SPDX-License-Identifier: Apache-2.0
//
// The MIB counters of one network namespace, read from procfs.
#ifndef FINWAIT_STACKS_MIB_H_
#define FINWAIT_STACKS_MIB_H_

#include <array>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/tcp/counts.h"
#include "stacks/descriptor.h"

namespace finwait {

// Puts what a file says into `counts`: pairs of lines, "Tcp: NAME ..." and "Tcp: VALUE ...". What
// the model does not count is passed over; a counter that the file does not have stays as it is.
// DataLoss when the lines are no pairs.
absl::Status TakeCounters(std::string_view text, Counts& counts);

class MibFiles {
 public:
  // To be called on a thread inside the namespace that is meant: the files stay its own.
  static absl::StatusOr<MibFiles> Open();

  absl::StatusOr<Counts> Read() const;

 private:
  explicit MibFiles(std::array<Descriptor, 2> files) : files_(std::move(files)) {}

  std::array<Descriptor, 2> files_;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_MIB_H_
