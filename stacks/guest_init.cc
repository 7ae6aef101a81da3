// SPDX-License-Identifier: Apache-2.0
#include "stacks/guest_init.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "stacks/descriptor.h"
#include "stacks/file_bytes.h"
#include "stacks/guest_needs.h"
#include "stacks/guest_protocol.h"

namespace finwait {
namespace {

std::string Rooted(std::string_view path) { return "/" + std::string(path); }

// A word on the kernel's console, which the launcher shows when a guest fails.
void Say(const std::string& what) { std::fprintf(stderr, "finwait: %s\n", what.c_str()); }

void Mount(const char* type, const char* where) {
  if (mount(type, where, type, MS_NOSUID, nullptr) == 0 || errno == EBUSY) return;
  Say(absl::StrCat("mount ", where, ": ", std::strerror(errno)));
}

void LoadModules() {
  const absl::StatusOr<std::string> order = ReadBytes(Rooted(kGuestModulesOrder));
  if (!order.ok()) return;
  for (const absl::string_view name : absl::StrSplit(*order, '\n', absl::SkipEmpty())) {
    const std::string path = absl::StrCat(Rooted(kGuestModulesFolder), "/", name);
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (syscall(SYS_finit_module, file.get(), "", 0) == 0 || errno == EEXIST) continue;
    Say(absl::StrCat("module ", name, ": ", std::strerror(errno)));
  }
}

// The serial line, taking bytes as they are.
Descriptor OpenChannel() {
  const absl::StatusOr<std::string> path = ReadBytes(Rooted(kGuestChannelFile));
  if (!path.ok()) return Descriptor();
  Descriptor line(open(path->c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC));
  termios mode{};
  if (line.open() && tcgetattr(line.get(), &mode) == 0) {
    cfmakeraw(&mode);
    mode.c_cflag |= CLOCAL;
    cfsetspeed(&mode, B115200);
    tcsetattr(line.get(), TCSANOW, &mode);
  }
  return line;
}

void Send(const Descriptor& line, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(line.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Say(absl::StrCat("the serial line: ", std::strerror(errno)));
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

// In its first second a kernel's clock of seconds says 0, which a timewait bucket takes for "never
// had a timestamp": nothing fails PAWS there. That clock moves with the tick.
void OutlastFirstSecond() {
  constexpr timespec kEnough{.tv_sec = 1, .tv_nsec = 100'000'000};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &kEnough, nullptr) == EINTR) continue;
}

[[noreturn]] void PowerOff() {
  sync();
  reboot(RB_POWER_OFF);
  for (;;) pause();
}

// Passes on what comes through two pipes until both have ended; how many bytes.
uint64_t PassOn(const Descriptor& out, const Descriptor& err, const Descriptor& line) {
  std::array<pollfd, 2> ends = {pollfd{.fd = out.get(), .events = POLLIN, .revents = 0},
                                pollfd{.fd = err.get(), .events = POLLIN, .revents = 0}};
  std::array<char, 16384> buffer;
  uint64_t bytes = 0;
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    if (poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) break;
    for (pollfd& end : ends) {
      if (end.fd < 0 || end.revents == 0) continue;
      const ssize_t length = read(end.fd, buffer.data(), buffer.size());
      if (length > 0) {
        const std::string_view piece(buffer.data(), static_cast<size_t>(length));
        Send(line, FormatOutput(end.fd == out.get() ? Stream::kOut : Stream::kErr, piece));
        bytes += piece.size();
      } else {
        end.fd = -1;
      }
    }
  }
  return bytes;
}

// In a process of its own, so that its end, whatever it is, is not the kernel's.
[[noreturn]] void RunFinwait(
    const std::function<int(const std::vector<std::string>& arguments)>& finwait, int out,
    int err) {
  const int empty = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(empty, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  if (chdir(Rooted(kGuestWorkFolder).c_str()) != 0) std::exit(EXIT_FAILURE);
  const absl::StatusOr<std::string> text = ReadBytes(Rooted(kGuestArgumentsFile));
  if (!text.ok()) std::exit(EXIT_FAILURE);
  const absl::StatusOr<std::vector<std::string>> arguments = ParseArguments(*text);
  std::exit(arguments.ok() ? finwait(*arguments) : EXIT_FAILURE);
}

}  // namespace

bool IsGuestInit() {
  return getpid() == 1 && access(Rooted(kGuestArgumentsFile).c_str(), F_OK) == 0;
}

void RunAsGuestInit(const std::function<int(const std::vector<std::string>&)>& finwait) {
  Mount("devtmpfs", "/dev");
  Mount("proc", "/proc");
  Mount("sysfs", "/sys");
  Mount("tmpfs", "/tmp");
  LoadModules();
  setenv("HOME", "/tmp", 1);
  const Descriptor line = OpenChannel();
  Send(line, GuestBegins());
  if (const std::string lacking = LackingOptions(); !lacking.empty()) {
    Send(line, FormatLacking(lacking + ": neither built in nor given as modules"));
    tcdrain(line.get());
    PowerOff();
  }
  OutlastFirstSecond();
  int out[2];
  int err[2];
  if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) PowerOff();
  const pid_t pid = fork();
  if (pid == 0) RunFinwait(finwait, out[1], err[1]);
  close(out[1]);
  close(err[1]);
  const uint64_t bytes = PassOn(Descriptor(out[0]), Descriptor(err[0]), line);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  Send(line, FormatExit(code, bytes));
  tcdrain(line.get());
  PowerOff();
}

}  // namespace finwait
