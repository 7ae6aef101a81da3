// SPDX-License-Identifier: Apache-2.0
//
// While this lives, an emulator that is started has its main loop woken all the time: it gets a
// monitor, on which empty lines come in as fast as it takes them.
#ifndef FINWAIT_TESTS_STACKS_BUSY_EMULATOR_H_
#define FINWAIT_TESTS_STACKS_BUSY_EMULATOR_H_

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>

#include "stacks/descriptor.h"
#include "tests/stacks/guest_folder.h"

namespace finwait {

class BusyEmulator {
 public:
  BusyEmulator() : path_before_(std::getenv("PATH")) {
    const std::string program = folder_.File(
        "qemu-system-x86_64", "#!/bin/sh\nPATH='" + path_before_ +
                                  "' exec qemu-system-x86_64 \"$@\" -monitor unix:" + Socket() +
                                  ",server=on,wait=off\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    setenv("PATH", (folder_.path() + ":" + path_before_).c_str(), 1);
    thread_ = std::thread([this] { Disturb(); });
  }
  BusyEmulator(BusyEmulator&&) = delete;
  ~BusyEmulator() {
    stop_ = true;
    thread_.join();
    setenv("PATH", path_before_.c_str(), 1);
  }

  uint64_t disturbed() const { return disturbed_; }

 private:
  std::string Socket() const { return folder_.path() + "/monitor"; }

  Descriptor Connect() const {
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    std::strncpy(address.sun_path, Socket().c_str(), sizeof(address.sun_path) - 1);
    Descriptor connection(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto* const to = reinterpret_cast<const sockaddr*>(&address);
    if (connect(connection.get(), to, sizeof(address)) != 0) connection.Close();
    return connection;
  }

  void Disturb() {
    while (!stop_) {
      const Descriptor connection = Connect();
      char answer[4096];
      while (connection.open() && !stop_) {
        if (send(connection.get(), "\n", 1, MSG_NOSIGNAL) != 1) break;
        ++disturbed_;
        while (recv(connection.get(), answer, sizeof(answer), MSG_DONTWAIT) > 0) continue;
        std::this_thread::sleep_for(std::chrono::microseconds(20));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

  const std::string path_before_;
  const GuestTestFolder folder_;
  std::atomic<bool> stop_ = false;
  std::atomic<uint64_t> disturbed_ = 0;
  std::thread thread_;
};

}  // namespace finwait

#endif  // FINWAIT_TESTS_STACKS_BUSY_EMULATOR_H_
