// SPDX-License-Identifier: Apache-2.0
//
// What an end makes of a reset.
#ifndef FINWAIT_PROPS_RESETS_RECEIVED_H_
#define FINWAIT_PROPS_RESETS_RECEIVED_H_

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

class OnlyExactReset : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kArrivals;
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kOnlyExactReset{
    .name = "only-exact-reset",
    .claim = "A reset ends a connection only if its number is the next one expected.",
    .cites = "RFC 5961 3.2, RFC 9293 3.10.7.4 (second)",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<OnlyExactReset>(),
    .tells = &OnlyExactReset::Tells,
};

// Not about TIME-WAIT (time-wait-survives-reset).
class ExactResetResets : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kArrivals;
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kExactResetResets{
    .name = "exact-reset-resets",
    .claim = "A reset with the next number expected ends the connection at once.",
    .cites = "RFC 9293 3.10.7.4 (second), RFC 5961 3.2",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<ExactResetResets>(),
    .tells = &ExactResetResets::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_RESETS_RECEIVED_H_
