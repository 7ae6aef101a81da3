// SPDX-License-Identifier: Apache-2.0
//
// What a run has come to so far, told from outside: calls, and segments seen at both ends. Kept
// once for all monitors, which see it as it was before the step that they observe.
#ifndef FINWAIT_PROPS_LEDGER_H_
#define FINWAIT_PROPS_LEDGER_H_

#include <array>
#include <cstdint>

#include "model/tcp/inline_list.h"
#include "model/tcp/segment.h"
#include "model/world/fingerprint.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"

namespace finwait {

// Text and FINs that have arrived, in sequence space.
struct Arrived {
  SeqNum next;                      // Everything before this has,
  InlineList<SackBlock, 6> beyond;  // and these, past holes; sorted, apart from each other.
  bool unsure = false;              // There were more holes than that.

  void Add(SeqNum begin, SeqNum end);
};

// One end: what its user did and what it put on the wire.
struct EndLedger {
  uint32_t accepted = 0;  // Bytes that send() took.
  uint32_t read = 0;      // Bytes that recv() handed out.
  bool send_shut = false, recv_shut = false, close_called = false;
  bool close_returned = false;
  bool fin_sent = false;
  bool reset_sent = false, reset_came = false;
  SeqNum first{}, fin{};    // Its first byte, and the number of its FIN once that was sent.
  SeqNum sent_max{};        // One past the highest number it sent,
  SeqNum acked{};           // the highest acknowledgement number it sent,
  SeqNum edge{};            // and the right edge it offered last.
  SeqNum offered{};         // The furthest right edge that arrived from its peer;
  bool may_shrink = false;  // the last, if that is another stack, which may take it back.
  Arrived arrived;          // From its peer.
};

struct Ledger {
  std::array<EndLedger, 2> ends{};

  explicit Ledger(const PairSetup& setup);
  Ledger() = default;

  const EndLedger& operator[](Side side) const { return ends[Index(side)]; }
  void Note(const StepRecord& step);
  void Mix(Hasher& hasher) const;
};

// A call of `step`'s actor, and which.
inline bool Calls(const StepRecord& step, Op op) {
  return step.kind == StepKind::kCall && step.choice.op == op;
}
inline bool ShutsSending(const StepRecord& step) {
  return step.kind == StepKind::kCall && EndsSending(step.choice);
}

}  // namespace finwait

#endif  // FINWAIT_PROPS_LEDGER_H_
