// SPDX-License-Identifier: Apache-2.0
#include "model/world/world.h"

#include <algorithm>

namespace finwait {

PairSetup PairOf(const KernelProfile& a, const KernelProfile& b) {
  PairSetup setup;
  setup[Side::kA].host.kernel = a;
  setup[Side::kA].next = kNextOfA;
  setup[Side::kB].host.kernel = b;
  setup[Side::kB].next = kNextOfB;
  return setup;
}

World Start(const PairSetup& setup) {
  World world;
  world.now = At(setup.idle);
  for (const Side side : {Side::kA, Side::kB}) {
    const EndSetup& mine = setup[side];
    const EndSetup& other = setup[Peer(side)];
    Opening opening;
    opening.snd_nxt = mine.next;
    opening.rcv_nxt = other.next;
    opening.opener = side == setup.opener ? Opener::kActive : Opener::kPassive;
    opening.rtt = 2 * setup.latency;
    opening.peer_window = other.host.environment.rcv_buffer;
    opening.options.sack = setup.sack;
    opening.options.timestamps = setup.timestamps;
    world[side] = Established(opening, mine.host);
    world[side].linger_on = mine.linger_on;
    world[side].linger_s = mine.linger_s;
  }
  return world;
}

Numbers NumbersOf(const Endpoint& endpoint) {
  const Tcb& tcb = endpoint.socket;
  Numbers n;
  n.state = StateOf(endpoint);
  n.entry = endpoint.entry;
  n.orphan = tcb.orphan;
  n.snd_una = tcb.snd_una;
  n.snd_nxt = tcb.snd_nxt;
  n.max_window = tcb.max_window;
  for (const SackBlock& block : tcb.sack.blocks) {
    n.sack_edge = n.sack_edge == SeqNum{} ? block.end : Later(n.sack_edge, block.end);
  }
  if (endpoint.entry == Entry::kTimewait) {
    n.fin_taken = endpoint.bucket.substate == State::kTimeWait;
    n.rcv_nxt = endpoint.bucket.rcv_nxt;
    n.rcv_edge = endpoint.bucket.rcv_nxt + endpoint.bucket.rcv_wnd;
  } else {
    n.fin_taken = tcb.fin_received;
    n.rcv_nxt = tcb.rcv_nxt;
    n.rcv_edge = tcb.RcvEdge();
  }
  return n;
}

Time NextTimer(const World& world) {
  return std::min(NextTimer(world[Side::kA]), NextTimer(world[Side::kB]));
}

bool Acts(const World& world, const Choice& choice) {
  switch (choice.op) {
    case Op::kDeliver:
    case Op::kDuplicate:
    case Op::kDrop:
      return choice.pick < world.From(choice.side).count;
    case Op::kShutdown:
      return choice.extra <= static_cast<uint8_t>(How::kRd) && UserMayCall(world[choice.side]);
    case Op::kSend:
      return choice.extra > 0 && UserMayCall(world[choice.side]);
    case Op::kClose:
    case Op::kRecv:
      return UserMayCall(world[choice.side]);
    case Op::kWake:
      return SleeperMayWake(world[choice.side]);
    case Op::kWait:
      return NextTimer(world) != kNever;
  }
  return false;
}

Enabled EnabledIn(const World& world) {
  Enabled enabled;
  for (const Side side : {Side::kA, Side::kB}) {
    enabled.in_flight[Index(side)] = world.From(side).count;
    enabled.may_call[Index(side)] = UserMayCall(world[side]);
    enabled.may_wake[Index(side)] = SleeperMayWake(world[side]);
  }
  enabled.timer = NextTimer(world) != kNever;
  return enabled;
}

bool Acts(const Enabled& enabled, const Choice& choice) {
  const size_t side = Index(choice.side);
  switch (choice.op) {
    case Op::kDeliver:
    case Op::kDuplicate:
    case Op::kDrop:
      return choice.pick < enabled.in_flight[side];
    case Op::kShutdown:
      return choice.extra <= static_cast<uint8_t>(How::kRd) && enabled.may_call[side];
    case Op::kSend:
      return choice.extra > 0 && enabled.may_call[side];
    case Op::kClose:
    case Op::kRecv:
      return enabled.may_call[side];
    case Op::kWake:
      return enabled.may_wake[side];
    case Op::kWait:
      return enabled.timer;
  }
  return false;
}

std::optional<Choice> NextSettlingChoice(const World& world) {
  if (world.bound) return std::nullopt;
  for (const Side side : {Side::kA, Side::kB}) {
    if (SleeperMayWake(world[side])) return WakeOf(side);
  }
  std::optional<Choice> next;
  Time departed = kNever;
  for (const Side side : {Side::kA, Side::kB}) {
    const Wire& wire = world.From(side);
    for (uint8_t i = 0; i < wire.count; ++i) {
      if (wire[i].sent >= departed) continue;
      departed = wire[i].sent;
      next = Deliver(side, i);
    }
  }
  if (next.has_value()) return next;
  const Time timer = NextTimer(world);
  if (timer == kNever || timer > world.settles_by) return std::nullopt;
  return Wait();
}

}  // namespace finwait
