// SPDX-License-Identifier: Apache-2.0
#include "props/retransmission.h"

#include "model/world/notation.h"
#include "model/world/world.h"
#include "props/segments.h"

namespace finwait {
namespace {

// At two minutes the time-out is as long as it gets.
constexpr Duration kProbeGapMax = std::chrono::seconds(121);
constexpr Duration kGivesUpMin = std::chrono::seconds(100);
constexpr Duration kGivesUpMax = std::chrono::minutes(20);

bool Outstanding(const Numbers& at) {
  return at.entry == Entry::kSocket && Before(at.snd_una, at.snd_nxt);
}

bool SendsSequenceSpace(const StepRecord& step) {
  for (const Segment& segment : step.effects.sent) {
    if (segment.Length() > 0) return true;
  }
  return false;
}

}  // namespace

void UnansweredIsSentAgain::Observe(const StepRecord& step) {
  for (Due& due : due_) {
    if (due.open && step.at > due.deadline) ruling_.Violate(due.violation);
  }
  if (step.kind == StepKind::kLost || step.kind == StepKind::kCopied || step.foreign) return;
  Due& due = due_[Index(step.actor)];
  if (!Outstanding(step.after)) {
    due.open = false;
    return;
  }
  const bool progress = step.before.snd_una != step.after.snd_una;
  if (due.open && !progress && !SendsSequenceSpace(step)) return;
  ruling_.Apply();
  due = Due{true, step.at + 2 * step.rto, ViolationAt(step)};
}

// What is due after the run has settled never came: no timer is left before that.
Verdict UnansweredIsSentAgain::Finish() const {
  Ruling last = ruling_;
  for (const Due& due : due_) {
    if (due.open && due.deadline < At(kSettleMax)) last.Violate(due.violation);
  }
  return last.Finish();
}

void UnansweredIsSentAgain::Mix(Hasher& hasher, Time now) const {
  ruling_.Mix(hasher);
  for (const Due& due : due_) {
    hasher.Add(due.open ? 1U : 0U);
    if (!due.open) continue;
    hasher.AddTime(due.deadline, now);
    hasher.Add(static_cast<uint64_t>(due.violation.rule));
  }
}

void GivesUpInTime::Observe(const StepRecord& step) {
  if (step.kind == StepKind::kLost || step.kind == StepKind::kCopied) return;
  Waiting& waiting = waiting_[Index(step.actor)];
  if (waiting.on && step.kind == StepKind::kTimer) {
    if (step.after.entry == Entry::kNone) {
      Judge(step, step.at - waiting.since >= kGivesUpMin);
    } else if (Outstanding(step.after) && step.at - waiting.heard > kGivesUpMax) {
      Judge(step, false);
    }
  }
  if (step.kind == StepKind::kArrival || !waiting.on) waiting.heard = step.at;
  if (step.before.snd_una != step.after.snd_una || !waiting.on) waiting.since = step.at;
  waiting.on = Outstanding(step.after);
}

void GivesUpInTime::Mix(Hasher& hasher, Time now) const {
  ruling_.Mix(hasher);
  for (const Waiting& waiting : waiting_) {
    hasher.Add(waiting.on ? 1U : 0U);
    if (!waiting.on) continue;
    hasher.AddTime(waiting.since, now);
    hasher.AddTime(waiting.heard, now);
  }
}

void ClosedWindowIsProbed::Observe(const StepRecord& step, const Ledger& before) {
  for (Waiting& waiting : waiting_) {
    if (!waiting.open || step.at <= waiting.violation.at + kProbeGapMax) continue;
    ruling_.Violate(waiting.violation);
  }
  if (step.kind == StepKind::kLost || step.kind == StepKind::kCopied || step.foreign) return;
  Waiting& waiting = waiting_[Index(step.actor)];
  const EndLedger& end = before[step.actor];
  const uint32_t took = Calls(step, Op::kSend) && step.effects.result.error == Errno::kNone
                            ? step.effects.result.bytes
                            : 0;
  const bool fin = end.send_shut || end.close_called || ShutsSending(step);
  const SeqNum all = end.first + end.accepted + took + (fin ? 1U : 0U);
  const Numbers& at = step.after;
  const bool waits = at.entry == Entry::kSocket && at.snd_una == at.snd_nxt &&
                     Before(at.snd_nxt, all) && Before(end.offered, all);
  if (!waits) {
    waiting.open = false;
    return;
  }
  ruling_.Apply();
  if (!waiting.open || !step.effects.sent.Empty()) waiting = Waiting{true, ViolationAt(step)};
}

Verdict ClosedWindowIsProbed::Finish() const {
  Ruling last = ruling_;
  for (const Waiting& waiting : waiting_) {
    if (waiting.open && waiting.violation.at + kProbeGapMax < At(kSettleMax)) {
      last.Violate(waiting.violation);
    }
  }
  return last.Finish();
}

void ClosedWindowIsProbed::Mix(Hasher& hasher, Time now) const {
  ruling_.Mix(hasher);
  for (const Waiting& waiting : waiting_) {
    hasher.Add(waiting.open ? 1U : 0U);
    if (!waiting.open) continue;
    hasher.AddTime(waiting.violation.at, now);
    hasher.Add(static_cast<uint64_t>(waiting.violation.rule));
  }
}

namespace {

// When the actor next sends what takes sequence space, or "never".
std::string NextSending(const Counterexample& e) {
  const StepRecord* const next = e.Next([&](const StepRecord& later) {
    return later.actor == e.Actor() && SendsSequenceSpace(later);
  });
  return next == nullptr ? "never" : "only " + DurationText(next->at - e.step->at) + " later";
}

}  // namespace

std::string UnansweredIsSentAgain::Tells(const Counterexample& e) {
  const SeqNum first = e.step->after.snd_una, last = e.step->after.snd_nxt - 1U;
  const std::string what = first == last ? "number " + std::to_string(first.raw) + " was"
                                         : "numbers " + std::to_string(first.raw) + " to " +
                                               std::to_string(last.raw) + " were";
  return e.A() + "'s " + what + " unacknowledged " + Occasion(*e.step) + ", and it sent " +
         (first == last ? "it" : "them") + " again " + NextSending(e) +
         "; twice its retransmission time-out is " + DurationText(2 * e.step->rto) + ".";
}

std::string GivesUpInTime::Tells(const Counterexample& e) {
  const StepRecord* since = nullptr;  // When what is unacknowledged was first sent.
  const StepRecord* heard = nullptr;  // When something last arrived.
  for (const StepRecord& step : e.trace) {
    if (&step == e.step) break;
    if (step.actor != e.Actor()) continue;
    if (step.kind == StepKind::kArrival) heard = &step;
    const bool fresh = !Outstanding(step.before) || step.before.snd_una != step.after.snd_una;
    if (Outstanding(step.after) && fresh) since = &step;
  }
  if (e.step->after.entry == Entry::kNone) {
    return e.A() + " gave the connection up " +
           DurationText(e.step->at - (since == nullptr ? e.step->at : since->at)) +
           " after it had sent what is unacknowledged; 100 s is the least.";
  }
  const Time from = heard != nullptr ? heard->at : since != nullptr ? since->at : At(Duration(0));
  return e.A() + " was still trying in " + std::string(Name(e.step->after.state)) + " " +
         DurationText(e.step->at - from) + " after it last heard of " + e.B() +
         "; 20 minutes is the most.";
}

std::string ClosedWindowIsProbed::Tells(const Counterexample& e) {
  const StepRecord* const next = e.Next([&](const StepRecord& later) {
    return later.actor == e.Actor() && !later.effects.sent.Empty();
  });
  const bool fin = e.Own().send_shut || e.Own().close_called || ShutsSending(*e.step);
  return e.A() + "'s " + (fin ? "FIN" : "text") + " waited for " + e.B() + "'s window " +
         Occasion(*e.step) + ", and " + e.A() + " asked for room " +
         (next == nullptr ? "never" : "only " + DurationText(next->at - e.step->at) + " later") +
         "; two minutes is the limit.";
}

}  // namespace finwait
