// SPDX-License-Identifier: Apache-2.0
#include "props/relation_run.h"

#include <algorithm>

#include "model/world/play.h"
#include "props/ruling.h"
#include "props/segments.h"

namespace finwait {
namespace {

Glimpse GlimpseOf(const StepRecord& step, const PairSetup& setup, As as) {
  Glimpse g{};
  g.kind = step.kind;
  g.actor = as == As::kItself ? step.actor : Peer(step.actor);
  g.before = step.before.state;
  g.after = step.after.state;
  g.rule = step.effects.rule;
  g.result = step.effects.result;
  g.at = step.at - At(setup.idle);
  g.choice_index = step.choice_index;
  g.settling = step.settling;
  for (uint8_t i = 0; i < step.effects.sent.count; ++i) {
    const Segment& segment = step.effects.sent[i];
    g.sent[i] = uint32_t{segment.flags} << 16U | segment.len;
    g.numbers[i] = (segment.seq - setup[step.actor].next) * 65599U;
    if (segment.Has(kAck)) g.numbers[i] += segment.ack - setup[Peer(step.actor)].next;
  }
  return g;
}

bool Foreign(const PairSetup& setup) { return setup.ends[0].Foreign() || setup.ends[1].Foreign(); }

}  // namespace

ComparedRun RunOf(const PairSetup& setup, std::span<const Choice> choices, As as) {
  ComparedRun run;
  const auto observe = [&](const StepRecord& step) {
    run.steps.push_back(GlimpseOf(step, setup, as));
    run.places.push_back(run.places.size());
    run.where.push_back(ViolationAt(step));
    run.reset |= SendsReset(step);
    const CallResult& result = step.effects.result;
    if (step.kind == StepKind::kCall && step.choice.op == Op::kSend) {
      run.sent[Index(step.actor)] += result.error == Errno::kNone ? result.bytes : 0;
    }
    uint32_t& taken = run.taken[Index(step.actor)];  // A bucket that has gone forgets its number.
    const uint32_t fin = step.after.fin_taken ? 1 : 0;
    taken = std::max(taken, step.after.rcv_nxt - setup[Peer(step.actor)].next - fin);
  };
  run.bound = Play(setup, choices, observe).bound;
  return run;
}

std::optional<size_t> Parting(const ComparedRun& one, const ComparedRun& other) {
  const size_t common = std::min(one.steps.size(), other.steps.size());
  for (size_t i = 0; i < common; ++i) {
    if (one.steps[i] != other.steps[i]) return i;
  }
  if (one.steps.size() != other.steps.size() && common > 0) return common - 1;
  return std::nullopt;
}

Verdict SameSteps(const ComparedRun& one, const ComparedRun& other, const PairSetup&) {
  if (one.bound || other.bound || one.steps.empty()) return Vacuous{};
  if (const std::optional<size_t> at = Parting(one, other)) return one.where[*at];
  return Holds{};
}

ComparedRun Part(const ComparedRun& run, Side side) {
  ComparedRun part;
  part.bound = run.bound;
  for (size_t i = 0; i < run.steps.size(); ++i) {
    if (run.steps[i].actor != side || run.steps[i].settling) continue;
    part.steps.push_back(run.steps[i]);
    part.places.push_back(run.places[i]);
    part.where.push_back(run.where[i]);
  }
  return part;
}

Verdict Both(const Verdict& one, const Verdict& other) {
  if (std::holds_alternative<Violated>(one)) return one;
  if (std::holds_alternative<Violated>(other)) return other;
  return std::holds_alternative<Holds>(one) ? one : other;
}

// End by end, since of two timers due at once A's fires first; without settling for that reason.
Verdict SameAtEachEnd(const ComparedRun& one, const ComparedRun& other, const PairSetup& setup) {
  const Verdict a = SameSteps(Part(one, Side::kA), Part(other, Side::kA), setup);
  const Verdict b = SameSteps(Part(one, Side::kB), Part(other, Side::kB), setup);
  return Both(a, b);
}

// Both ends have taken as much. Calls may have failed in one run only: then nothing is compared.
Verdict SameTaken(const ComparedRun& one, const ComparedRun& other, const PairSetup& setup) {
  if (Foreign(setup)) return Vacuous{};
  for (const Side side : {Side::kA, Side::kB}) {  // Else it matters when the peer reads.
    const uint16_t window = setup[Peer(side)].host.environment.rcv_buffer;
    if (one.sent[Index(side)] >= window) return Vacuous{};
  }
  if (one.bound || other.bound || one.reset || other.reset) return Vacuous{};
  if (one.steps.empty() || one.sent != other.sent) return Vacuous{};
  if (one.taken == other.taken) return Holds{};
  return one.where.back();
}

}  // namespace finwait
