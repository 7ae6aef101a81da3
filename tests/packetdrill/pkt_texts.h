// SPDX-License-Identifier: Apache-2.0
//
// Scripts for the tests of packetdrill/: the lines of a handshake, and what every test asks.
#ifndef FINWAIT_TESTS_PACKETDRILL_PKT_TEXTS_H_
#define FINWAIT_TESTS_PACKETDRILL_PKT_TEXTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "packetdrill/file.h"
#include "packetdrill/plan.h"
#include "packetdrill/run.h"
#include "stacks/stack.h"

namespace finwait::pkt {

// Eight lines; the connection is in ESTABLISHED at 0.01, the descriptor is 4.
inline const std::string kAccepts =
    "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
    "+0 bind(3, ..., ...) = 0\n"
    "+0 listen(3, 1) = 0\n"
    "+0 < S 0:0(0) win 29200 <mss 1000>\n"
    "+0 > S. 0:0(0) ack 1 <...>\n"
    "+.01 < . 1:1(0) ack 1 win 29200\n"
    "+0 accept(3, ..., ...) = 4\n"
    "+0 fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0\n";

// Six lines; the descriptor is 3.
inline const std::string kConnects =
    "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
    "+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0\n"
    "+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)\n"
    "+0 > S 0:0(0) <...>\n"
    "+.02 < S. 0:0(0) ack 1 win 29200 <mss 1000>\n"
    "+0 > . 1:1(0) ack 1\n";

// The message of what is wrong with the text, or "".
inline std::string WrongWith(const std::string& text) {
  const absl::StatusOr<File> file = ParseFile("x.pkt", text);
  if (!file.ok()) return std::string(file.status().message());
  const absl::StatusOr<Plan> plan = PlanOf(*file);
  return plan.ok() ? "" : std::string(plan.status().message());
}

inline absl::StatusOr<Ran> RunText(const std::string& text, Stack& stack) {
  const absl::StatusOr<File> file = ParseFile("x.pkt", text);
  if (!file.ok()) return file.status();
  const absl::StatusOr<Plan> plan = PlanOf(*file);
  if (!plan.ok()) return plan.status();
  return RunFile(*file, *plan, stack);
}

}  // namespace finwait::pkt

#endif  // FINWAIT_TESTS_PACKETDRILL_PKT_TEXTS_H_
