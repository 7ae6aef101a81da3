// SPDX-License-Identifier: Apache-2.0
//
// Which states follow each other, and what it takes.
#ifndef FINWAIT_PROPS_TRANSITIONS_H_
#define FINWAIT_PROPS_TRANSITIONS_H_

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

// Whether figure 5 has the arrow, a FIN and its acknowledgement in one segment counting as one.
bool IsArrow(State from, State to);

class LegalTransitions : public AbortAwareMonitor {
 public:
  static constexpr uint8_t kHears = kCalls | kArrivals | kTimers;
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);

 private:
  bool EndsAbruptly(const StepRecord& step) const;
};

inline constexpr Property kLegalTransitions{
    .name = "legal-transitions",
    .claim =
        "A connection changes state only along the arrows of RFC 9293, figure 5, or to CLOSED "
        "by a reset, an abort or a timer.",
    .cites = "RFC 9293 3.3.2, 3.10.7.4",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<LegalTransitions>(),
    .tells = &LegalTransitions::Tells,
};

class AdvancesOnAckOfFin : public AbortAwareMonitor {
 public:
  static constexpr uint8_t kHears = kCalls | kArrivals;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kAdvancesOnAckOfFin{
    .name = "advances-on-ack-of-fin",
    .claim =
        "FIN-WAIT-1, CLOSING and LAST-ACK are left for FIN-WAIT-2, TIME-WAIT and CLOSED only "
        "when an acknowledgement that covers the FIN arrives.",
    .cites = "RFC 9293 3.10.7.4 (fifth: if the FIN segment is now acknowledged)",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<AdvancesOnAckOfFin>(),
    .tells = &AdvancesOnAckOfFin::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_TRANSITIONS_H_
