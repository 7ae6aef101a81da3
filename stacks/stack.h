// SPDX-License-Identifier: Apache-2.0
//
// A system under test: the only virtual interface of the project, because here the implementations
// really are foreign.
#ifndef FINWAIT_STACKS_STACK_H_
#define FINWAIT_STACKS_STACK_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/tcp/counts.h"
#include "model/tcp/effects.h"
#include "model/tcp/event.h"
#include "model/tcp/segment.h"
#include "model/tcp/state.h"
#include "model/tcp/time.h"
#include "stacks/connection.h"
#include "stacks/user_view.h"

namespace finwait {

// One TCP endpoint at a time. Its user makes calls through Invoke; its peer is the caller, who
// hands in segments with Inject and reads what leaves with Collect.
//
// Every number that crosses this interface is the schedule's: the stack translates to the numbers
// it really uses. Time is counted from the end of the handshake.
//
// Errors: Unavailable when the machine lacks what the stack needs (a device, a permission),
// FailedPrecondition for a call that this connection can no longer take (the descriptor is closed),
// InvalidArgument for an event no stack could take, Unimplemented for what this stack does not do,
// DataLoss when the stack delivers bytes that were never sent, Internal when the stack does not
// behave like any TCP.
class Stack {
 public:
  virtual ~Stack() = default;

  // What is being tested, with its full release: "host linux 6.18.44".
  virtual std::string Name() const = 0;

  // A fresh connection in ESTABLISHED, at time zero. Releases the one before.
  virtual absl::StatusOr<Terms> Establish(const Connection& connection) = 0;

  // The segment arrives. What the stack answers at once can be collected when this returns.
  virtual absl::Status Inject(const Segment& segment) = 0;

  // The user makes a call: kSend, kRecv, kShutdown or kClose. A result with `returned` false means
  // that the call sleeps.
  virtual absl::StatusOr<CallResult> Invoke(const Event& call) = 0;

  // Lets time pass until `t`; timers run on the way.
  virtual absl::Status AdvanceTo(Time t) = 0;

  // How long ago the handshake ended: in real time later than what was asked of AdvanceTo by as
  // much as the machine is busy.
  virtual Time Elapsed() const = 0;

  // What has left since the last Collect, in order of departure.
  virtual absl::StatusOr<std::vector<Departure>> Collect() = 0;

  // The state of the connection at this end, wherever it lives; CLOSED when it is gone.
  virtual absl::StatusOr<State> ObserveState() = 0;

  // The user sets an option. Unimplemented when the stack does not know it.
  virtual absl::Status SetOption(const SocketOption& option) = 0;

  // What the user sees of the socket without changing anything.
  virtual absl::StatusOr<UserView> ObserveUser() = 0;

  // getsockopt(SO_ERROR): the pending error, which is gone afterwards.
  virtual absl::StatusOr<Errno> TakeError() = 0;

  // How far the MIB counters have gone, of this connection and all before it.
  virtual absl::StatusOr<Counts> ReadCounters() {
    return absl::UnimplementedError("this stack has no MIB counters");
  }

  // What the socket was set to since the last call or, if that is later, since the handshake, in
  // order, as the tracepoint sock:inet_sock_set_state tells it: CLOSED when a bucket takes its
  // place. The first call may tell nothing.
  virtual absl::StatusOr<std::vector<State>> StateChanges() {
    return absl::UnimplementedError("this stack tells no state changes");
  }

  // Ends the connection and leaves nothing of it behind, whatever its state. Without a connection
  // it does nothing.
  virtual absl::Status Release() = 0;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_STACK_H_
