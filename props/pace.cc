// SPDX-License-Identifier: Apache-2.0
#include "props/pace.h"

#include <algorithm>

#include "model/world/notation.h"
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
  constexpr uint8_t kDepthMax = 20;
  const bool same = step.before.state == step.after.state &&
                    step.before.rcv_nxt == step.after.rcv_nxt &&
                    step.before.snd_una == step.after.snd_una;
  if (!same || step.effects.sent.Empty() || SendsReset(step)) return;
  const Answer& asked = Of(Peer(step.actor), step.segment.serial);
  const uint8_t before = asked.serial == step.segment.serial ? asked.depth : uint8_t{0};
  const auto depth = static_cast<uint8_t>(std::min<int>(before + 1, kDepthMax));
  Of(step.actor, step.first_serial) = Answer{step.first_serial, depth};
  deepest_ = std::max(deepest_, depth);
  Judge(step, depth < kDepthMax);
}

// Which segment is how deep is left out: a region has no room for twenty answers.
void NoEndlessExchange::Mix(Hasher& hasher, Time) const {
  ruling_.Mix(hasher);
  hasher.Add(deepest_);
}

std::string ChallengesAreSpaced::Tells(const Counterexample& e) {
  const StepRecord* last = nullptr;
  for (const StepRecord& step : e.trace) {
    if (&step == e.step) break;
    const bool answer = step.kind == StepKind::kArrival && step.actor == e.Actor() &&
                        !step.effects.sent.Empty() && step.segment.segment.Length() == 0 &&
                        step.before.entry == e.step->before.entry &&
                        IsPureAck(step.effects.sent[0]);
    if (answer) last = &step;
  }
  return e.A() + " answered " + e.B() + "'s segment " + Quoted(*e.step) +
         ", which took no sequence space and changed nothing, " +
         (last == nullptr ? "too soon" : DurationText(e.step->at - last->at)) +
         " after its last answer of that kind.";
}

std::string NoEndlessExchange::Tells(const Counterexample& e) {
  return "The ends have answered each other's answers twenty times and nothing moves: at last " +
         e.A() + " " + Doing(*e.step) + " " + Occasion(*e.step) + ".";
}

}  // namespace finwait
