// SPDX-License-Identifier: Apache-2.0
#include "stacks/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

struct Pipe {
  Descriptor read, write;
};

absl::StatusOr<Pipe> OpenPipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return SystemError("pipe", errno);
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// Both ends of a file that has no name any more: it is gone when they are. Whoever writes appends,
// so that a second descriptor, opened as /dev/stdout, takes nothing away.
absl::StatusOr<Pipe> OpenUnnamed() {
  std::error_code error;
  std::string name = (std::filesystem::temp_directory_path(error) / "finwait-out-XXXXXX").string();
  Descriptor write(mkostemp(name.data(), O_APPEND | O_CLOEXEC));
  if (!write.open()) return SystemError(name, errno);
  Descriptor read(open(name.c_str(), O_RDONLY | O_CLOEXEC));
  const int reason = errno;
  unlink(name.c_str());
  if (!read.open()) return SystemError(name, reason);
  return Pipe{std::move(read), std::move(write)};
}

// It is no harm if it cannot.
void StayOn(int processor) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<size_t>(processor), &one);
  sched_setaffinity(0, sizeof(one), &one);
}

// In the child, after fork: only what is safe there.
[[noreturn]] void Become(char* const* command, const Pipe& in, const Pipe& out, const Pipe& err,
                         pid_t parent, std::optional<int> processor) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  if (processor.has_value()) StayOn(*processor);
  if (dup2(in.read.get(), STDIN_FILENO) < 0 || dup2(out.write.get(), STDOUT_FILENO) < 0 ||
      dup2(err.write.get(), STDERR_FILENO) < 0) {
    _exit(127);
  }
  execvp(command[0], command);
  _exit(127);
}

bool IsInPath(const std::string& program) {
  if (program.find('/') != std::string::npos) return access(program.c_str(), X_OK) == 0;
  const char* const path = std::getenv("PATH");
  std::string_view left = path != nullptr ? path : "";
  while (!left.empty()) {
    const std::string_view folder = left.substr(0, left.find(':'));
    left.remove_prefix(std::min(left.size(), folder.size() + 1));
    if (access(absl::StrCat(std::string(folder), "/", program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

// The time left in milliseconds, rounded up.
int Left(Child::Deadline deadline) {
  using std::chrono::milliseconds;
  const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<int64_t>(left.count(), 0, 60'000));
}

absl::Status TimeIsUp() { return absl::DeadlineExceededError("its time is up"); }

}  // namespace

Child::Child(pid_t pid, Descriptor in, Descriptor out, Descriptor err, Output output)
    : pid_(pid),
      in_(std::move(in)),
      out_{.from = std::move(out)},
      err_{.from = std::move(err)},
      output_(output) {}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      in_(std::move(other.in_)),
      out_(std::move(other.out_)),
      err_(std::move(other.err_)),
      output_(other.output_) {}

Child::~Child() {
  if (pid_ <= 0) return;
  kill(-pid_, SIGKILL);  // The group; what has left already is not minded.
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
}

absl::StatusOr<Child> Child::Start(const std::vector<std::string>& command, Output output,
                                   std::optional<int> processor) {
  if (!IsInPath(command[0])) {
    return absl::UnavailableError(absl::StrCat("there is no program ", command[0]));
  }
  absl::StatusOr<Pipe> in = OpenPipe();
  absl::StatusOr<Pipe> out = output == Output::kPipes ? OpenPipe() : OpenUnnamed();
  absl::StatusOr<Pipe> err = output == Output::kPipes ? OpenPipe() : OpenUnnamed();
  for (const absl::StatusOr<Pipe>* pipe : {&in, &out, &err}) {
    if (!pipe->ok()) return pipe->status();
  }
  std::vector<std::string> words = command;
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) return SystemError("fork", errno);
  if (pid == 0) Become(pointers.data(), *in, *out, *err, parent, processor);
  setpgid(pid, pid);  // Here too, so that it is so whoever runs first.
  return Child(pid, std::move(in->write), std::move(out->read), std::move(err->read), output);
}

absl::Status Child::Listen(const Listener& listener, Deadline deadline) {
  return output_ == Output::kPipes ? ListenToPipes(listener, deadline)
                                   : ListenToFiles(listener, deadline);
}

absl::Status Child::ListenToPipes(const Listener& listener, Deadline deadline) {
  std::array<char, 65536> buffer;
  while (out_.from.open() || err_.from.open()) {
    if (std::chrono::steady_clock::now() >= deadline) return TimeIsUp();
    std::array<pollfd, 2> ends = {pollfd{.fd = out_.from.get(), .events = POLLIN, .revents = 0},
                                  pollfd{.fd = err_.from.get(), .events = POLLIN, .revents = 0}};
    if (poll(ends.data(), ends.size(), Left(deadline)) < 0 && errno != EINTR) {
      return SystemError("poll", errno);
    }
    for (const pollfd& end : ends) {
      if (end.fd < 0 || end.revents == 0) continue;
      const bool is_out = end.fd == out_.from.get();
      const ssize_t length = read(end.fd, buffer.data(), buffer.size());
      if (length <= 0) {
        (is_out ? out_ : err_).from.Close();
        continue;
      }
      const std::string_view piece(buffer.data(), static_cast<size_t>(length));
      if (!is_out) {
        listener.err(piece);
        continue;
      }
      if (absl::Status status = listener.out(piece); !status.ok()) return status;
      if (listener.done()) return absl::OkStatus();
    }
  }
  return absl::OkStatus();
}

absl::Status Child::ListenToFiles(const Listener& listener, Deadline deadline) {
  constexpr int kEveryMs = 10;
  std::array<char, 65536> buffer;
  const auto next = [&](Written& written) {
    const ssize_t length = pread(written.from.get(), buffer.data(), buffer.size(), written.taken);
    written.taken += std::max<ssize_t>(length, 0);
    return std::string_view(buffer.data(), static_cast<size_t>(std::max<ssize_t>(length, 0)));
  };
  for (;;) {
    const bool ended = HasEnded();  // Asked first: what it has written by then is all there is.
    for (std::string_view piece = next(err_); !piece.empty(); piece = next(err_)) {
      listener.err(piece);
    }
    for (std::string_view piece = next(out_); !piece.empty(); piece = next(out_)) {
      if (absl::Status status = listener.out(piece); !status.ok()) return status;
      if (listener.done()) return absl::OkStatus();
    }
    if (ended) return absl::OkStatus();
    if (std::chrono::steady_clock::now() >= deadline) return TimeIsUp();
    poll(nullptr, 0, std::min(kEveryMs, Left(deadline)));
  }
}

bool Child::HasEnded() const {
  siginfo_t info{};
  const int options = WEXITED | WNOHANG | WNOWAIT;  // It stays to be waited for.
  return waitid(P_PID, static_cast<id_t>(pid_), &info, options) != 0 || info.si_pid == pid_;
}

}  // namespace finwait
