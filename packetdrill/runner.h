// SPDX-License-Identifier: Apache-2.0
//
// One run of a script. Internal to run.cc and run_call.cc.
#ifndef FINWAIT_PACKETDRILL_RUNNER_H_
#define FINWAIT_PACKETDRILL_RUNNER_H_

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "packetdrill/run.h"

namespace finwait::pkt {

class Runner {
 public:
  Runner(const File& file, const Plan& plan, Stack& stack)
      : file_(file),
        plan_(plan),
        stack_(stack),
        socket_(plan.socket),
        listener_(plan.listener),
        nonblocking_(plan.nonblocking),
        time_(plan.handshake_ends) {}

  absl::StatusOr<Ran> Run();

 private:
  // A close() that sleeps.
  struct Sleeper {
    size_t line = 0;
    Duration returns_at{};
  };

  // run.cc
  absl::Status SetUp();
  absl::Status RunSteps();
  absl::Status RunLine(size_t i);
  absl::Status Arrive(const SegmentLine& line);
  absl::Status Expect(size_t i, const SegmentLine& line, const Instants& at);
  absl::Status CheckCode(size_t i, const CodeLine& line);
  absl::Status AdvanceTo(Duration t);
  absl::Status Collect();
  Duration LateNow() const;  // How far real time is past what was asked for.
  absl::Status Explain(size_t i, const absl::Status& status) const;
  // The script asks for what makes no sense, or is not supported.
  static absl::Status Misused(std::string_view reason) {
    return absl::FailedPreconditionError(std::string(reason));
  }
  void Judge(size_t i, bool held, std::string expected, std::string came);
  bool Failed() const { return ran_.Failed() != nullptr; }
  Time OnStack(Duration t) const { return At(t - plan_.handshake_ends); }
  Duration InScript(Time t) const { return SinceStart(t) + plan_.handshake_ends; }

  // run_call.cc
  absl::Status Call(size_t i, const CallLine& call, const Instants& at);
  absl::Status CheckDescriptor(const CallLine& call) const;
  absl::Status Transfer(size_t i, const CallLine& call);
  absl::Status Close(size_t i, const CallLine& call, const Instants& at);
  absl::Status CheckSleeper();
  absl::Status CheckPoll(size_t i, const CallLine& call);
  absl::Status CheckError(size_t i, const CallLine& call);

  const File& file_;
  const Plan& plan_;
  Stack& stack_;
  Ran ran_;
  int socket_, listener_;  // Descriptors that are open; -1 for none.
  bool nonblocking_;
  Duration time_;               // Of the last line, in the script's time,
  Duration reached_{};          // and how far the stack's has been let run.
  std::deque<Departure> left_;  // Not yet asked for.
  // How late this program itself was with its last event, and at most: what the stack does then is
  // late by as much.
  Duration late_{}, late_max_{};
  std::optional<Sleeper> sleeper_;
  std::map<uint32_t, uint32_t> tsval_;  // The stack's TSval by the script's.
};

// "at 10.0 ms"
std::string AtText(Duration t);

// " (finwait itself 8.0 ms late)", or nothing.
std::string LateText(Duration late);

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_RUNNER_H_
