// SPDX-License-Identifier: Apache-2.0
#include "fuzz/generate.h"

namespace finwait {
namespace {

// Mean weights, in the order of Op: a swarm draws each from 0 to twice its mean, deliveries at
// least 1.
constexpr std::array<uint8_t, kOpCount> kWeightMeans = {12, 3, 2, 2, 3, 2, 1, 1, 1};

Mode DrawMode(Mode asked, Random& random) {
  if (asked != Mode::kAny) return asked;
  // Plain shutdown and close are what programs do; the rest is rarer.
  constexpr std::array kDrawn = {Mode::kAny,   Mode::kAny,   Mode::kShutdownWr, Mode::kShutdownRdwr,
                                 Mode::kClose, Mode::kClose, Mode::kLinger0,    Mode::kLingerN};
  return kDrawn[random.Below(kDrawn.size())];
}

}  // namespace

Swarm::Swarm(const SearchRules& rules, Random& random, PairSetup& setup) {
  for (const Side side : {Side::kA, Side::kB}) {
    modes_[Index(side)] = DrawMode(rules.modes[Index(side)], random);
    SetLinger(setup[side], modes_[Index(side)]);
  }
  const uint32_t spread = uint32_t{rules.choices_max} - rules.choices_min + 1U;
  length_ = rules.choices_min + random.Below(spread);
  uint8_t sum = 0;
  for (size_t op = 0; op < kOpCount; ++op) {
    const uint32_t weight = random.Below(2U * kWeightMeans[op] + 1U);
    sum = static_cast<uint8_t>(sum + (op == 0 ? weight + 1U : weight));
    weight_sums_[op] = sum;
  }
}

Op Swarm::DrawOp(Random& random) const {
  const uint32_t at = random.Below(weight_sums_.back());
  size_t op = 0;
  while (weight_sums_[op] <= at) ++op;
  return static_cast<Op>(op);
}

Choice Swarm::Call(Op op, Side side, Random& random) const {
  switch (op) {
    case Op::kRecv:
      return RecvBy(side, kRecvSizes[random.Below(kRecvSizes.size())]);
    case Op::kSend:
      return SendBy(side, kSendSizes[random.Below(kSendSizes.size())]);
    default: {
      const std::span<const Choice> calls = EndingCalls(modes_[Index(side)]);
      Choice call = calls[random.Below(static_cast<uint32_t>(calls.size()))];
      call.side = side;
      return call;
    }
  }
}

Choice Swarm::Draw(const World& world, Random& random) const {
  const Op op = DrawOp(random);
  const Side side = random.Below(2) == 0 ? Side::kA : Side::kB;
  switch (op) {
    case Op::kDeliver:
    case Op::kDuplicate:
    case Op::kDrop: {
      const uint8_t in_flight = world.From(side).count;
      const auto pick = in_flight == 0 ? uint8_t{0} : static_cast<uint8_t>(random.Below(in_flight));
      return Choice{op, side, pick, 0};
    }
    case Op::kWake:
      return WakeOf(side);
    case Op::kWait:
      return Wait();
    default:
      return Call(op, side, random);
  }
}

}  // namespace finwait
