// SPDX-License-Identifier: Apache-2.0
//
// The body of Runner, a template so that observers are inlined into the hot loop. Include world.h.
#ifndef FINWAIT_MODEL_WORLD_RUNNER_H_
#define FINWAIT_MODEL_WORLD_RUNNER_H_

#include "model/world/world.h"

namespace finwait {

// One step of one endpoint: everything an observer may ask is filled in here.
template <typename Observer>
void Runner<Observer>::Act(StepKind kind, Side actor, const Event& event) {
  Endpoint& end = world_[actor];
  record_.at = world_.now;
  record_.kind = kind;
  record_.actor = actor;
  record_.before = NumbersOf(end);
  const EndSetup& setup = setup_[actor];
  if (setup.quirk == nullptr) {
    Step(end, event, world_.now, setup.host, record_.effects);
  } else {
    setup.quirk->step(QuirkStep{end, event, world_.now, setup.host,
                                world_.quirk_memory[Index(actor)], record_.effects});
  }
  record_.foreign = setup.Foreign();
  record_.after = NumbersOf(end);
  record_.rto = end.socket.rto.rto;
  uint16_t& serial = world_.segments_sent[Index(actor)];
  record_.first_serial = static_cast<uint16_t>(serial + 1);
  Wire& wire = world_.wires[Index(actor)];
  world_.bound |= record_.effects.bound;
  for (const Segment& segment : record_.effects.sent) {
    ++serial;
    if (wire.Full()) {
      world_.bound = true;
      continue;
    }
    wire.PushBack(InFlight{segment, serial, world_.now, record_.rto});
  }
  observer_(static_cast<const StepRecord&>(record_));
}

template <typename Observer>
void Runner<Observer>::FireNextTimer() {
  const Time a = NextTimer(world_[Side::kA]);
  const Time b = NextTimer(world_[Side::kB]);
  const Side side = a <= b ? Side::kA : Side::kB;
  world_.now = a <= b ? a : b;
  Act(StepKind::kTimer, side, Event{.kind = EventKind::kTimer});
}

template <typename Observer>
void Runner<Observer>::AdvanceTo(Time t) {
  while (NextTimer(world_) <= t && !world_.bound) FireNextTimer();
  world_.now = t;
}

template <typename Observer>
void Runner<Observer>::DeliverPicked(const Choice& choice) {
  Wire& wire = world_.wires[Index(choice.side)];
  const Time arrival = wire[choice.pick].sent + setup_.latency;
  if (arrival > world_.now) AdvanceTo(arrival);
  record_.segment = wire[choice.pick];
  wire.Erase(choice.pick);
  Act(StepKind::kArrival, Peer(choice.side),
      Event{.kind = EventKind::kSegment, .segment = record_.segment.segment});
}

// The network loses or copies a segment: no endpoint takes part.
template <typename Observer>
void Runner<Observer>::Network(StepKind kind, const Choice& choice) {
  Wire& wire = world_.wires[Index(choice.side)];
  record_.at = world_.now;
  record_.kind = kind;
  record_.actor = choice.side;
  record_.foreign = setup_[choice.side].Foreign();
  record_.segment = wire[choice.pick];
  record_.before = record_.after = NumbersOf(world_[choice.side]);
  record_.effects.Clear();
  if (kind == StepKind::kLost) {
    wire.Erase(choice.pick);
  } else if (wire.Full()) {
    world_.bound = true;
  } else {
    wire.PushBack(record_.segment);
  }
  observer_(static_cast<const StepRecord&>(record_));
}

template <typename Observer>
bool Runner<Observer>::Apply(const Choice& choice) {
  if (world_.bound || !Acts(world_, choice)) return false;
  record_.choice = choice;
  const auto call = [&](EventKind kind) {
    Act(StepKind::kCall, choice.side, Event{.kind = kind, .amount = choice.extra});
  };
  switch (choice.op) {
    case Op::kDeliver:
      DeliverPicked(choice);
      break;
    case Op::kShutdown:
      call(EventKind::kShutdown);
      break;
    case Op::kClose:
      call(EventKind::kClose);
      break;
    case Op::kRecv:
      call(EventKind::kRecv);
      break;
    case Op::kSend:
      call(EventKind::kSend);
      break;
    case Op::kWake:
      Act(StepKind::kWake, choice.side, Event{.kind = EventKind::kWake});
      break;
    case Op::kDuplicate:
      Network(StepKind::kCopied, choice);
      break;
    case Op::kDrop:
      Network(StepKind::kLost, choice);
      break;
    case Op::kWait:
      FireNextTimer();
      break;
  }
  ++record_.choice_index;
  return true;
}

template <typename Observer>
template <typename Wanted>
bool Runner<Observer>::SettleWhile(Wanted&& wanted) {
  record_.settling = true;
  world_.settles_by = world_.now + kSettleMax;
  for (int i = 0; i < kSettleChoicesMax; ++i) {
    const std::optional<Choice> next = NextSettlingChoice(world_);
    if (!next.has_value() || !wanted(*next)) return !world_.bound;
    Apply(*next);
  }
  world_.bound = true;
  return false;
}

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_RUNNER_H_
