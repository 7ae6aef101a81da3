// SPDX-License-Identifier: Apache-2.0
//
// What SACK options report (RFC 2018) and DSACK blocks (RFC 2883); Linux tcp_sack_new_ofo_skb,
// tcp_sack_remove, tcp_dsack_set, tcp_dsack_extend.
#include "model/tcp/context.h"

namespace finwait {
namespace {

// Widens `block` by one that overlaps or touches it.
bool Extend(SackBlock& block, SackBlock by) {
  if (After(by.begin, block.end) || After(block.begin, by.end)) return false;
  if (Before(by.begin, block.begin)) block.begin = by.begin;
  if (After(by.end, block.end)) block.end = by.end;
  return true;
}

// The first block has grown: others that it touches now become part of it.
void Coalesce(SackState& sack) {
  uint8_t i = 1;
  while (i < sack.blocks.count) {
    if (Extend(sack.blocks[0], sack.blocks[i])) {
      sack.blocks.Erase(i);
      i = 1;
    } else {
      ++i;
    }
  }
}

}  // namespace

// Text past a hole was queued: its block comes first, the oldest is forgotten.
void ReportOutOfOrder(Tcb& tcb, SackBlock queued) {
  if (!tcb.options.sack) return;
  InlineList<SackBlock, 4>& blocks = tcb.sack.blocks;
  for (uint8_t i = 0; i < blocks.count; ++i) {
    if (!Extend(blocks[i], queued)) continue;
    for (uint8_t j = i; j > 0; --j) std::swap(blocks[j], blocks[static_cast<uint8_t>(j - 1)]);
    return Coalesce(tcb.sack);
  }
  if (!blocks.Full()) ++blocks.count;
  for (auto j = static_cast<uint8_t>(blocks.count - 1); j > 0; --j) {
    blocks[j] = blocks[static_cast<uint8_t>(j - 1)];
  }
  blocks[0] = queued;
}

// RCV.NXT has moved: blocks it reaches are acknowledged by number.
void ForgetAcknowledgedBlocks(Tcb& tcb) {
  InlineList<SackBlock, 4>& blocks = tcb.sack.blocks;
  if (tcb.out_of_order.Empty()) blocks.count = 0;
  for (uint8_t i = 0; i < blocks.count;) {
    if (AtOrBefore(blocks[i].begin, tcb.rcv_nxt)) {
      blocks.Erase(i);
    } else {
      ++i;
    }
  }
}

void ReportDuplicate(const Context& c, SackBlock twice) {
  Tcb& tcb = c.tcb;
  if (!tcb.options.sack) return;
  if (Before(twice.begin, tcb.rcv_nxt)) c.out.Count(Counter::kTcpDsackOldSent);
  tcb.sack.dsack.count = 0;
  tcb.sack.dsack.PushBack(twice);
}

void ReportMoreDuplicate(const Context& c, SackBlock twice) {
  if (c.tcb.sack.dsack.Empty()) return ReportDuplicate(c, twice);
  Extend(c.tcb.sack.dsack[0], twice);
}

// What the option of a leaving segment says: the DSACK block, once, then as many blocks as fit.
void WriteSack(Tcb& tcb, Segment& segment) {
  const uint8_t fits = segment.timestamps ? 3 : 4;
  for (const SackBlock& block : tcb.sack.dsack) segment.sack.PushBack(block);
  for (const SackBlock& block : tcb.sack.blocks) {
    if (segment.sack.count < fits) segment.sack.PushBack(block);
  }
  tcb.sack.dsack.count = 0;
}

}  // namespace finwait
