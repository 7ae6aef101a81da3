// SPDX-License-Identifier: Apache-2.0
//
// A close() that may sleep (SO_LINGER with a time), on a thread of its own.
#ifndef FINWAIT_STACKS_LINGERING_CLOSE_H_
#define FINWAIT_STACKS_LINGERING_CLOSE_H_

#include <atomic>
#include <chrono>
#include <thread>

#include "absl/status/status.h"
#include "stacks/descriptor.h"

namespace finwait {

class LingeringClose {
 public:
  // Begins to close.
  explicit LingeringClose(Descriptor socket);

  // Waits for close() to return: the linger time at most.
  ~LingeringClose();

  LingeringClose(const LingeringClose&) = delete;
  LingeringClose& operator=(const LingeringClose&) = delete;

  // Waits until close() has returned or sleeps, so that what the kernel does next is caused by the
  // next event alone. To be called after each event that may wake it. Asks the kernel whether the
  // thread sleeps in that system call (/proc/self/task/TID), so there is no race to lose.
  // DeadlineExceeded when it does neither within seconds, Unavailable when the kernel will not say.
  absl::Status Settle() const;

  bool returned() const { return returned_.load(std::memory_order_acquire); }

  // When it returned; to be asked only once it has.
  std::chrono::steady_clock::time_point returned_at() const { return returned_at_; }

 private:
  std::atomic<int> thread_id_ = 0;                       // 0: not yet running.
  std::chrono::steady_clock::time_point returned_at_{};  // Written before `returned_`.
  std::atomic<bool> returned_ = false;
  std::thread closer_;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_LINGERING_CLOSE_H_
