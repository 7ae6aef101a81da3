// SPDX-License-Identifier: Apache-2.0
#include "stacks/driver.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace finwait {
namespace {

absl::Status CollectInto(std::vector<Departure>& sent, Stack& stack) {
  absl::StatusOr<std::vector<Departure>> collected = stack.Collect();
  if (!collected.ok()) return collected.status();
  if (sent.empty()) {
    sent = *std::move(collected);
  } else {
    sent.insert(sent.end(), collected->begin(), collected->end());
  }
  return absl::OkStatus();
}

// Lets real time pass; what comes meanwhile belongs to the event before. Before the first event
// there is none, and an idle connection sends nothing.
absl::Status WaitUntil(Time t, std::vector<Answered>& answers, Stack& stack) {
  if (absl::Status status = stack.AdvanceTo(t); !status.ok()) return status;
  if (answers.empty()) return absl::OkStatus();
  return CollectInto(answers.back().sent, stack);
}

absl::Status Happen(const Event& event, Answered& answer, Stack& stack) {
  if (event.kind == EventKind::kSegment) {
    if (absl::Status status = stack.Inject(event.segment); !status.ok()) return status;
  } else {
    absl::StatusOr<CallResult> result = stack.Invoke(event);
    if (!result.ok()) return result.status();
    answer.result = *result;
  }
  return CollectInto(answer.sent, stack);
}

absl::Status ObserveInto(Answered& answer, Stack& stack) {
  const absl::StatusOr<State> state = stack.ObserveState();
  if (!state.ok()) return state.status();
  answer.state = *state;
  return absl::OkStatus();
}

absl::Status RunEvents(const Script& script, Stack& stack, const RunOptions& options,
                       std::vector<Answered>& answers) {
  const bool waits = options.pace == Pace::kRealTime;
  for (const ScriptEvent& event : script.events) {
    if (waits) {
      if (absl::Status status = WaitUntil(event.at, answers, stack); !status.ok()) return status;
    }
    Answered& answer = answers.emplace_back();
    answer.at = event.at;
    if (absl::Status status = Happen(event.event, answer, stack); !status.ok()) return status;
    const bool last = answers.size() == script.events.size();
    if (options.observe == Observe::kAfterEachEvent ||
        (options.observe == Observe::kAtTheEnd && last)) {
      if (absl::Status status = ObserveInto(answer, stack); !status.ok()) return status;
    }
  }
  if (!waits) return absl::OkStatus();
  return WaitUntil(script.ends_at + options.listen_on, answers, stack);
}

}  // namespace

absl::StatusOr<std::vector<Answered>> RunScript(const Script& script, Stack& stack,
                                                const RunOptions& options) {
  Connection connection = script.connection;
  if (options.pace == Pace::kAtOnce) {
    connection.rtt = Duration{};
  } else if (SinceStart(script.ends_at) > options.longest) {
    return absl::OutOfRangeError(absl::StrCat(
        "the script lasts ", SinceStart(script.ends_at).count() / 1000,
        " ms of real time, more than the ", options.longest.count() / 1000, " ms allowed"));
  }
  if (absl::StatusOr<Terms> terms = stack.Establish(connection); !terms.ok()) {
    return terms.status();
  }
  std::vector<Answered> answers;
  answers.reserve(script.events.size());
  const absl::Status ran = RunEvents(script, stack, options, answers);
  const absl::Status released = stack.Release();
  if (!ran.ok()) return ran;
  if (!released.ok()) return released;
  return answers;
}

}  // namespace finwait
