// SPDX-License-Identifier: Apache-2.0
//
// A violation and the run that shows it: what a property's sentence is filled from.
#ifndef FINWAIT_PROPS_COUNTEREXAMPLE_H_
#define FINWAIT_PROPS_COUNTEREXAMPLE_H_

#include <span>
#include <string>

#include "model/world/setup.h"
#include "model/world/trace.h"
#include "props/ledger.h"
#include "props/verdict.h"

namespace finwait {

// Whether `step` is the one that `violated` tells of.
bool IsViolating(const StepRecord& step, const Violated& violated);

// The run of the choices made from a setup, whole, and what was found in it. All four must outlive
// it.
struct Counterexample {
  Counterexample(const PairSetup& from, std::span<const Choice> made, const Trace& run,
                 const Violated& found);

  const PairSetup& setup;
  std::span<const Choice> choices;
  const Trace& trace;
  const Violated& violated;
  const StepRecord* step = nullptr;  // The one that violates; nullptr when no single one does.
  Ledger before;                     // As it was before that step; else at the end of the run.

  Side Actor() const { return violated.actor; }
  std::string A() const { return std::string(1, Letter(Actor())); }        // The end at fault,
  std::string B() const { return std::string(1, Letter(Peer(Actor()))); }  // and its peer.
  const EndLedger& Own() const { return before[Actor()]; }
  const EndLedger& Peers() const { return before[Peer(Actor())]; }

  // The state in which the run leaves an end.
  State Last(Side side) const;

  // The first step after the violating one for which `wanted` is true, or nullptr.
  template <typename Wanted>
  const StepRecord* Next(Wanted&& wanted) const {
    for (const StepRecord& later : trace) {
      if (step != nullptr && &later > step && wanted(later)) return &later;
    }
    return nullptr;
  }
};

// "F. 753:753(0) ack 4416" in brackets.
std::string Quoted(const Segment& segment);
// What arrived at the step, in brackets.
inline std::string Quoted(const StepRecord& arrival) { return Quoted(arrival.segment.segment); }

// When the step happened, for its actor: "when B's segment (...) arrived", "at its close()", "when
// a timer fired (timer.retransmit)".
std::string Occasion(const StepRecord& step);

// What the actor did: "sent (...) and went from FIN-WAIT-1 to CLOSING", "did nothing".
std::string Doing(const StepRecord& step);

// "1 byte", "10 bytes".
std::string ByteCount(uint32_t count);

}  // namespace finwait

#endif  // FINWAIT_PROPS_COUNTEREXAMPLE_H_
