// SPDX-License-Identifier: Apache-2.0
//
// Runs the finwait program, or another, as a user would.
#ifndef FINWAIT_TESTS_CLI_RUN_FINWAIT_H_
#define FINWAIT_TESTS_CLI_RUN_FINWAIT_H_

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

namespace finwait {

// The incident of the corpus.
inline const std::string kDisorder = "corpus/incident/disorder.sched";

// Gone with its content when it goes out of scope.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = std::filesystem::temp_directory_path() / "finwait-cli-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  std::string File(const std::string& name, const std::string& text) const {
    std::string path = path_ + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Ran {
  int exit_code = -1;
  std::string out;  // Standard output and standard error.
};

inline Ran RunCommand(const std::string& command, const std::string& redirect = "2>&1") {
  const std::string redirected = command + " " + redirect;
  Ran ran;
  std::FILE* const pipe = popen(redirected.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (const size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    ran.out.append(buffer.data(), n);
  }
  const int status = pclose(pipe);
  ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return ran;
}

inline Ran Finwait(const std::string& arguments, const std::string& redirect = "2>&1") {
  return RunCommand(std::string(FINWAIT_BINARY) + " " + arguments, redirect);
}

// Starts the command and kills it, and what of its children is in its group, `wait` after it has
// come to where `begun` is true. Whether it was still running.
inline bool KilledAfter(
    const std::string& command, std::chrono::microseconds wait,
    const std::function<bool()>& begun = [] { return true; }) {
  const pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    const std::string quiet = "exec " + command + " >/dev/null 2>&1";
    execl("/bin/sh", "sh", "-c", quiet.c_str(), nullptr);
    _exit(127);
  }
  setpgid(child, child);
  const auto over = [child] {
    siginfo_t info{};
    waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid == child;
  };
  constexpr useconds_t kLook = 1'000;
  while (!begun() && !over()) usleep(kLook);
  usleep(static_cast<useconds_t>(wait.count()));  // The moment is what is tested: any will do.
  kill(-child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

}  // namespace finwait

#endif  // FINWAIT_TESTS_CLI_RUN_FINWAIT_H_
