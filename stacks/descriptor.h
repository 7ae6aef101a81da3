// SPDX-License-Identifier: Apache-2.0
//
// A file descriptor that closes itself.
#ifndef FINWAIT_STACKS_DESCRIPTOR_H_
#define FINWAIT_STACKS_DESCRIPTOR_H_

#include <unistd.h>

#include <utility>

namespace finwait {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}  // Negative: none.
  Descriptor(Descriptor&& other) noexcept : fd_(other.Detach()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    Close();
    fd_ = other.Detach();
    return *this;
  }
  ~Descriptor() { Close(); }

  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }

  // Gives the descriptor away: the caller closes it.
  int Detach() { return std::exchange(fd_, -1); }

  void Close() {
    if (open()) ::close(Detach());
  }

 private:
  int fd_ = -1;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_DESCRIPTOR_H_
