// SPDX-License-Identifier: Apache-2.0
//
// Tests on the running kernel, in the notation of the scenarios they follow: our numbers and the
// peer's both begin at 1, the peer offers a window of 29200 and an MSS of 1000.
#ifndef FINWAIT_TESTS_STACKS_HOST_TEST_H_
#define FINWAIT_TESTS_STACKS_HOST_TEST_H_

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/world/notation.h"
#include "stacks/compare.h"
#include "stacks/linux_host.h"
#include "tests/stacks/segments.h"

namespace finwait {

// One namespace for all tests of a process, or why there is none.
inline const absl::StatusOr<std::unique_ptr<LinuxHost>>& SharedHost() {
  static const auto* const kHost =
      new absl::StatusOr<std::unique_ptr<LinuxHost>>(LinuxHost::Open());
  return *kHost;
}

class HostTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const absl::Status& status = SharedHost().status();
    if (absl::IsUnavailable(status)) {
      GTEST_SKIP() << "the live kernel cannot be tested here: " << status.message();
    }
    ASSERT_TRUE(status.ok()) << status;
    Establish(Scenario());
  }

  void TearDown() override {
    if (SharedHost().ok()) {
      EXPECT_EQ(Host().Release(), absl::OkStatus());
    }
  }

  static LinuxHost& Host() { return **SharedHost(); }

  static Connection Scenario() {
    return Connection{
        .next = SeqNum{1}, .peer_next = SeqNum{1}, .peer_window = 29200, .peer_mss = 1000};
  }

  static void Establish(const Connection& connection) {
    ASSERT_EQ(Host().Establish(connection).status(), absl::OkStatus());
  }

  // What the kernel has sent since it was last asked, without PSH: "nothing", ". 1:1(0) ack 2".
  static std::string Sent() {
    absl::StatusOr<std::vector<Departure>> sent = Host().Collect();
    if (!sent.ok()) return sent.status().ToString();
    for (Departure& departure : *sent) {
      departure.segment.flags = static_cast<uint8_t>(departure.segment.flags & ~kPsh);
    }
    return SegmentsText(*sent);
  }

  // What the kernel answers at once to a segment.
  static std::string In(const Segment& segment) {
    const absl::Status status = Host().Inject(segment);
    return status.ok() ? Sent() : status.ToString();
  }

  // What a call returns; the segments it causes are read with Sent().
  static std::string Call(const Event& call) {
    const absl::StatusOr<CallResult> result = Host().Invoke(call);
    return result.ok() ? ResultText(*result) : result.status().ToString();
  }

  static void Wait(int ms) {
    ASSERT_EQ(Host().AdvanceTo(At(std::chrono::milliseconds(ms))), absl::OkStatus());
  }

  static std::string StateNow() {
    const absl::StatusOr<State> state = Host().ObserveState();
    return state.ok() ? std::string(Name(*state)) : state.status().ToString();
  }
};

}  // namespace finwait

#endif  // FINWAIT_TESTS_STACKS_HOST_TEST_H_
