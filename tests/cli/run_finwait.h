// SPDX-License-Identifier: Apache-2.0
//
// Runs the finwait program, or another, as a user would.
#ifndef FINWAIT_TESTS_CLI_RUN_FINWAIT_H_
#define FINWAIT_TESTS_CLI_RUN_FINWAIT_H_

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <string>

namespace finwait {

// The incident of the corpus.
inline const std::string kDisorder = "corpus/incident/disorder.sched";

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

}  // namespace finwait

#endif  // FINWAIT_TESTS_CLI_RUN_FINWAIT_H_
