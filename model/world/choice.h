// SPDX-License-Identifier: Apache-2.0
//
// One decision of the scheduler, and a list of them.
#ifndef FINWAIT_MODEL_WORLD_CHOICE_H_
#define FINWAIT_MODEL_WORLD_CHOICE_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/tcp/event.h"

namespace finwait {

// The ends are A and B, never client and server.
enum class Side : uint8_t { kA, kB };

constexpr Side Peer(Side side) { return side == Side::kA ? Side::kB : Side::kA; }
constexpr size_t Index(Side side) { return static_cast<size_t>(side); }
constexpr char Letter(Side side) { return side == Side::kA ? 'A' : 'B'; }

// In the order of dullness: a shrinker replaces a later one by an earlier one.
enum class Op : uint8_t {
  kDeliver,    // A segment that `side` sent arrives; `pick` counts those in flight, oldest first.
  kShutdown,   // shutdown(), `extra` a How.
  kClose,      // close().
  kRecv,       // recv(), at most `extra` bytes, 0 for all there are.
  kSend,       // send(), `extra` bytes, at least 1.
  kWake,       // The sleeper in close() runs.
  kDuplicate,  // As kDeliver, but a copy stays in flight and nothing arrives yet.
  kDrop,       // As kDeliver, but the segment is lost.
  kWait,       // Until the next timer of either side.
};
inline constexpr size_t kOpCount = 9;

// Legal in every World: a choice that has nothing to act on is skipped, so any subsequence of a
// Schedule is a Schedule and the shrinker need not repair. The zero Choice is the dullest one.
struct Choice {
  Op op = Op::kDeliver;
  Side side = Side::kA;
  uint8_t pick = 0;
  uint8_t extra = 0;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 in a defaulted comparison.
  friend constexpr auto operator<=>(const Choice&, const Choice&) = default;
};
static_assert(sizeof(Choice) == 4);

constexpr Choice Deliver(Side side, uint8_t pick) { return {Op::kDeliver, side, pick, 0}; }
constexpr Choice ShutdownBy(Side side, How how) {
  return {Op::kShutdown, side, 0, static_cast<uint8_t>(how)};
}
constexpr Choice CloseBy(Side side) { return {Op::kClose, side, 0, 0}; }
constexpr Choice RecvBy(Side side, uint8_t bytes_max) { return {Op::kRecv, side, 0, bytes_max}; }
constexpr Choice SendBy(Side side, uint8_t bytes) { return {Op::kSend, side, 0, bytes}; }
constexpr Choice WakeOf(Side side) { return {Op::kWake, side, 0, 0}; }
constexpr Choice Duplicate(Side side, uint8_t pick) { return {Op::kDuplicate, side, pick, 0}; }
constexpr Choice Drop(Side side, uint8_t pick) { return {Op::kDrop, side, pick, 0}; }
constexpr Choice Wait() { return {Op::kWait, Side::kA, 0, 0}; }

// Whether the choice is about a segment in flight.
constexpr bool PicksSegment(Op op) {
  return op == Op::kDeliver || op == Op::kDuplicate || op == Op::kDrop;
}

// Whether the choice is a call that ends sending.
constexpr bool EndsSending(const Choice& c) {
  return c.op == Op::kClose || (c.op == Op::kShutdown && c.extra != static_cast<uint8_t>(How::kRd));
}

using Choices = std::vector<Choice>;

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_CHOICE_H_
