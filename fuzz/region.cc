// SPDX-License-Identifier: Apache-2.0
#include "fuzz/region.h"

#include <span>

#include "absl/strings/str_cat.h"
#include "fuzz/generate.h"
#include "fuzz/view.h"

namespace finwait {
namespace {

void Spend(uint8_t& left) {
  if (left != kUnbounded) --left;
}

std::string Bound(uint8_t bound) { return bound == kUnbounded ? "any" : absl::StrCat(bound); }

// What an end may do by itself.
void AddCalls(const Region& region, const Budget::Calls& left, Side side, Choices& out) {
  if (left.ending > 0) {
    for (Choice call : EndingCalls(region.modes[Index(side)])) {
      call.side = side;
      out.push_back(call);
    }
  }
  const size_t sizes = region.every_size ? kSendSizes.size() : 1;
  for (size_t i = 0; i < kRecvSizes.size() && left.reads > 0; ++i) {
    if (i == 0 || region.every_size) out.push_back(RecvBy(side, kRecvSizes[i]));
  }
  for (size_t i = 0; i < sizes && left.sends > 0; ++i) out.push_back(SendBy(side, kSendSizes[i]));
}

}  // namespace

std::string Region::Text() const {
  std::string text = absl::StrCat(
      "each side ", Bound(calls), " close or shutdown, ", Bound(sends), " send, ", Bound(reads),
      " recv, ", Bound(in_flight), " in flight; in all ", Bound(losses), " lost, ",
      Bound(duplicates), " duplicated, ", Bound(retransmissions), " sent again");
  for (const Side side : {Side::kA, Side::kB}) {
    const Mode mode = modes[Index(side)];
    if (mode == Mode::kAny) continue;
    absl::StrAppend(&text, "; ", std::string(1, Letter(side)), " ends by ", View(Name(mode)));
  }
  return text;
}

void Budget::Charge(const Choice& choice) {
  Calls& mine = calls[Index(choice.side)];
  switch (choice.op) {
    case Op::kShutdown:
    case Op::kClose:
      return Spend(mine.ending);
    case Op::kRecv:
      return Spend(mine.reads);
    case Op::kSend:
      return Spend(mine.sends);
    case Op::kDuplicate:
      return Spend(duplicates);
    case Op::kDrop:
      return Spend(losses);
    case Op::kDeliver:
    case Op::kWake:
    case Op::kWait:
      return;
  }
}

bool Budget::ChargeRetransmissions(uint32_t count) {
  if (retransmissions == kUnbounded) return true;
  if (retransmissions < count) return false;
  retransmissions = static_cast<uint8_t>(retransmissions - count);
  return true;
}

void Budget::Forget(const std::array<bool, 2>& may_call) {
  for (const size_t i : {size_t{0}, size_t{1}}) {
    if (!may_call[i]) calls[i] = Calls{0, 0, 0};
  }
}

uint64_t Budget::Of(Side side) const {
  const Calls& mine = calls[Index(side)];
  return uint64_t{mine.ending} << 16U | uint64_t{mine.sends} << 8U | mine.reads;
}

uint64_t Budget::OfNetwork() const {
  return uint64_t{losses} << 16U | uint64_t{duplicates} << 8U | retransmissions;
}

bool WithinFlight(const Region& region, const World& world) {
  return world.wires[0].count <= region.in_flight && world.wires[1].count <= region.in_flight;
}

void EnabledChoices(const Region& region, const Budget& budget, const Enabled& enabled,
                    Choices& out) {
  out.clear();
  for (const Side side : {Side::kA, Side::kB}) {
    for (uint8_t pick = 0; pick < enabled.in_flight[Index(side)]; ++pick) {
      out.push_back(Deliver(side, pick));
      if (budget.duplicates > 0) out.push_back(Duplicate(side, pick));
      if (budget.losses > 0) out.push_back(Drop(side, pick));
    }
    if (enabled.may_call[Index(side)]) AddCalls(region, budget.calls[Index(side)], side, out);
    if (enabled.may_wake[Index(side)]) out.push_back(WakeOf(side));
  }
  if (enabled.timer) out.push_back(Wait());
}

}  // namespace finwait
