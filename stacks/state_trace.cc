// SPDX-License-Identifier: Apache-2.0
#include "stacks/state_trace.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stacks/file_bytes.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

constexpr char kTracefs[] = "/sys/kernel/tracing";
constexpr char kEvent[] = "/events/sock/inet_sock_set_state/enable";
constexpr int kReadsMax = 4096;  // In one call of Take.

// TCP_TIME_WAIT is not among them: only a bucket is in that state, and buckets are not traced.
constexpr std::array<std::pair<absl::string_view, State>, 8> kStates = {{
    {"TCP_ESTABLISHED", State::kEstablished},
    {"TCP_FIN_WAIT1", State::kFinWait1},
    {"TCP_FIN_WAIT2", State::kFinWait2},
    {"TCP_CLOSE_WAIT", State::kCloseWait},
    {"TCP_LAST_ACK", State::kLastAck},
    {"TCP_CLOSING", State::kClosing},
    {"TCP_TIME_WAIT", State::kTimeWait},
    {"TCP_CLOSE", State::kClosed},
}};

absl::Status MountTracefs() {
  if (access((std::string(kTracefs) + kEvent).c_str(), F_OK) == 0) return absl::OkStatus();
  if (mount("tracefs", kTracefs, "tracefs", MS_NOSUID, nullptr) == 0 || errno == EBUSY) {
    return absl::OkStatus();
  }
  return absl::UnavailableError(SystemError("mount tracefs", errno).message());
}

}  // namespace

std::optional<State> StateSetIn(std::string_view line, Ports ports) {
  const std::string text = absl::StrCat(absl::string_view(line.data(), line.size()), " ");
  for (const std::string& part :
       {std::string(" inet_sock_set_state: "), std::string(" protocol=IPPROTO_TCP "),
        absl::StrCat(" sport=", ports.local, " "), absl::StrCat(" dport=", ports.peer, " ")}) {
    if (!absl::StrContains(text, part)) return std::nullopt;
  }
  for (const auto& [name, state] : kStates) {
    if (absl::StrContains(text, absl::StrCat(" newstate=", name, " "))) return state;
  }
  return std::nullopt;
}

StateTrace::StateTrace(StateTrace&& other) noexcept
    : folder_(std::exchange(other.folder_, {})),
      pipe_(std::move(other.pipe_)),
      rest_(std::move(other.rest_)) {}

StateTrace::~StateTrace() {
  pipe_ = Descriptor();
  if (!folder_.empty()) rmdir(folder_.c_str());
}

absl::StatusOr<StateTrace> StateTrace::Open() {
  if (absl::Status status = MountTracefs(); !status.ok()) return status;
  StateTrace trace(absl::StrCat(kTracefs, "/instances/finwait-", getpid()));
  if (mkdir(trace.folder_.c_str(), 0700) != 0) {
    const std::string folder = std::exchange(trace.folder_, {});
    return absl::UnavailableError(SystemError(folder, errno).message());
  }
  if (!WriteBytes(trace.folder_ + kEvent, "1").ok()) {
    return absl::UnavailableError("no tracepoint sock:inet_sock_set_state");
  }
  const std::string path = trace.folder_ + "/trace_pipe";
  trace.pipe_ = Descriptor(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!trace.pipe_.open()) return absl::UnavailableError(SystemError(path, errno).message());
  return trace;
}

absl::StatusOr<std::vector<State>> StateTrace::Take(Ports ports) {
  std::vector<State> states;
  std::array<char, 8192> buffer;
  for (int i = 0; i < kReadsMax; ++i) {
    const ssize_t length = read(pipe_.get(), buffer.data(), buffer.size());
    if (length < 0 && errno == EINTR) continue;
    if (length == 0 || (length < 0 && errno == EAGAIN)) return states;
    if (length < 0) return SystemError("trace_pipe", errno);
    rest_.append(buffer.data(), static_cast<size_t>(length));
    size_t from = 0;
    for (size_t end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', from)) {
      const auto state = StateSetIn(std::string_view(rest_).substr(from, end - from), ports);
      if (state.has_value()) states.push_back(*state);
      from = end + 1;
    }
    rest_.erase(0, from);
  }
  return absl::ResourceExhaustedError("the trace never ends");
}

}  // namespace finwait
