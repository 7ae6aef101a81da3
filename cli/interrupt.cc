// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>

namespace finwait {
namespace {

std::atomic<bool> interrupted = false;
std::atomic<int> by_signal = 0;

// timeout(1) signals its child and then the whole group: what comes at once is one interruption.
constexpr std::chrono::milliseconds kAtOnce(300);
std::atomic<std::chrono::steady_clock::rep> first_at = 0;

extern "C" void OnSignal(int signal) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  if (!interrupted) {
    first_at = now.count();
    by_signal = signal;
    interrupted = true;
  } else if (now - std::chrono::steady_clock::duration(first_at) > kAtOnce) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

Stop CatchInterrupts() {
  static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);
  for (const int signal : {SIGINT, SIGTERM}) {
    // What was ignored before, as under nohup, stays ignored.
    if (std::signal(signal, &OnSignal) == SIG_IGN) std::signal(signal, SIG_IGN);
  }
  return &interrupted;
}

bool WasInterrupted() { return interrupted; }

int ExitAfterInterrupt(int code) {
  if (!interrupted) return code;
  const int signal = by_signal;
  std::fprintf(stderr, "finwait: interrupted by %s; this is what was done until then\n",
               signal == SIGINT ? "SIGINT" : "SIGTERM");
  return 128 + signal;
}

}  // namespace finwait
