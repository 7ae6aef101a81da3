// SPDX-License-Identifier: Apache-2.0
#include "tests/testing/schedules.h"

#include "model/world/play.h"

namespace finwait::testing {
namespace {

// RapidCheck's inRange scales with size; these ranges must not.
template <typename T>
rc::Gen<T> Below(T bound) {
  return rc::gen::resize(100, rc::gen::inRange<T>(0, bound));
}

rc::Gen<Choice> AnyChoice() {
  return rc::gen::map(
      rc::gen::tuple(Below<uint8_t>(kOpCount), rc::gen::arbitrary<bool>(), Below<uint8_t>(4),
                     rc::gen::element<uint8_t>(0, 1, 2, 10, 200)),
      [](const std::tuple<uint8_t, bool, uint8_t, uint8_t>& draw) {
        const auto [op, side, pick, extra] = draw;
        return Choice{static_cast<Op>(op), side ? Side::kB : Side::kA, pick, extra};
      });
}

bool SameSegment(Segment one, const Segment& other, uint32_t shift_seq, uint32_t shift_ack) {
  one.seq = one.seq + shift_seq;
  if (one.Has(kAck)) one.ack = one.ack + shift_ack;
  return one == other;
}

}  // namespace

PairSetup Pair(std::string_view kernel) {
  const KernelProfile& profile = *FindProfile(kernel);
  return PairOf(profile, profile);
}

rc::Gen<Choices> AnyChoices() { return rc::gen::container<Choices>(AnyChoice()); }

Trace RunWhole(const PairSetup& setup, const Choices& choices) {
  Recorder recorder;
  Play(setup, choices, recorder);
  return recorder.Take();
}

bool SameRun(const Trace& one, const Trace& other, uint32_t shift_a, uint32_t shift_b) {
  if (one.size() != other.size()) return false;
  for (size_t i = 0; i < one.size(); ++i) {
    const StepRecord& x = one[i];
    const StepRecord& y = other[i];
    const bool a = x.actor == Side::kA;
    const bool same = x.at == y.at && x.kind == y.kind && x.actor == y.actor &&
                      x.choice == y.choice && x.before.state == y.before.state &&
                      x.after.state == y.after.state && x.effects.rule == y.effects.rule &&
                      x.effects.result == y.effects.result &&
                      x.effects.sent.count == y.effects.sent.count;
    if (!same) return false;
    for (uint8_t s = 0; s < x.effects.sent.count; ++s) {
      if (!SameSegment(x.effects.sent[s], y.effects.sent[s], a ? shift_a : shift_b,
                       a ? shift_b : shift_a)) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace finwait::testing
