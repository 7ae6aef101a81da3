// SPDX-License-Identifier: Apache-2.0
#include "props/pace.h"

#include "props/segments.h"

namespace finwait {

void ChallengesAreSpaced::Init(const PairSetup& setup) {
  for (const Side side : {Side::kA, Side::kB}) {
    const Environment& env = setup[side].host.environment;
    gap_[Index(side)] = env.tcp_invalid_ratelimit - env.Tick();
  }
}

void ChallengesAreSpaced::Observe(const StepRecord& step, const Ledger& before) {
  if (step.kind != StepKind::kArrival || step.effects.sent.Empty()) return;
  const bool asked = step.segment.segment.Length() > 0 || step.before.entry == Entry::kNone ||
                     before[step.actor].acked != step.after.rcv_nxt;
  if (asked || !IsPureAck(step.effects.sent[0])) return;
  Last& last = last_[Index(step.actor)];
  const bool first = last.at == kNever || last.entry != step.before.entry;
  Judge(step, first || step.at - last.at >= gap_[Index(step.actor)]);
  last = Last{step.before.entry, step.at};
}

void ChallengesAreSpaced::Mix(Hasher& hasher, Time now) const {
  ruling_.Mix(hasher);
  for (const Side side : {Side::kA, Side::kB}) {
    const Last& last = last_[Index(side)];
    const bool spent = last.at == kNever || now - last.at > gap_[Index(side)];
    hasher.AddTime(spent ? kNever : last.at, now);
    hasher.Add(static_cast<uint64_t>(last.entry));
  }
}

void NoEndlessExchange::Observe(const StepRecord& step) {
  constexpr uint8_t kAnswersMax = 20;
  if (step.kind == StepKind::kLost || step.kind == StepKind::kCopied) return;
  const bool same = step.before.state == step.after.state &&
                    step.before.rcv_nxt == step.after.rcv_nxt &&
                    step.before.snd_una == step.after.snd_una;
  const bool answers =
      step.kind == StepKind::kArrival && same && !step.effects.sent.Empty() && !SendsReset(step);
  if (!answers) {
    answers_ = 0;
    return;
  }
  if (answers_ < kAnswersMax) ++answers_;
  Judge(step, answers_ < kAnswersMax);
}

void NoEndlessExchange::Mix(Hasher& hasher, Time) const {
  ruling_.Mix(hasher);
  hasher.Add(answers_);
}

}  // namespace finwait
