// SPDX-License-Identifier: Apache-2.0
//
// A program that is run and listened to.
#ifndef FINWAIT_STACKS_CHILD_H_
#define FINWAIT_STACKS_CHILD_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "stacks/descriptor.h"

namespace finwait {

// Its standard input is empty and never ends. It leads a process group of its own, which dies with
// this object, and it is killed when this process dies.
class Child {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  enum class Output : uint8_t {
    kPipes,
    // Without names, in the folder for temporary files. They are never full, so the program never
    // learns how fast it is listened to.
    kFiles,
  };

  // The program is looked for in PATH; Unavailable when it is not there. It runs on that processor
  // alone, if one is named.
  static absl::StatusOr<Child> Start(const std::vector<std::string>& command, Output output,
                                     std::optional<int> processor = std::nullopt);

  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();

  // Hands over what it writes to standard output and standard error, until it closes both pipes (or
  // ends, if it writes files), `done` says so after a piece, or the deadline has come
  // (DeadlineExceeded). What `out` returns, if not ok, ends it as well.
  struct Listener {
    std::function<absl::Status(std::string_view)> out;
    std::function<void(std::string_view)> err;
    std::function<bool()> done;
  };
  absl::Status Listen(const Listener& listener, Deadline deadline);

 private:
  // Where it writes to, as read here.
  struct Written {
    Descriptor from;
    off_t taken = 0;  // Bytes of a file.
  };

  Child(pid_t pid, Descriptor in, Descriptor out, Descriptor err, Output output);

  absl::Status ListenToPipes(const Listener& listener, Deadline deadline);
  absl::Status ListenToFiles(const Listener& listener, Deadline deadline);
  bool HasEnded() const;

  pid_t pid_;
  Descriptor in_;
  Written out_, err_;
  Output output_;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_CHILD_H_
