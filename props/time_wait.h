// SPDX-License-Identifier: Apache-2.0
//
// TIME-WAIT: how long, and what it answers.
#ifndef FINWAIT_PROPS_TIME_WAIT_H_
#define FINWAIT_PROPS_TIME_WAIT_H_

#include <array>

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

// The clock starts anew at each copy of the peer's FIN that is acknowledged.
class TimeWaitLasts : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kCalls | kArrivals | kTimers;
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Stay {
    bool on = false;
    Time since{};
  };
  std::array<Stay, 2> stays_{};
};

inline constexpr Property kTimeWaitLasts{
    .name = "time-wait-lasts",
    .claim =
        "A connection leaves TIME-WAIT of its own accord no sooner than 60 s after it last "
        "acknowledged "
        "a FIN.",
    .cites = "RFC 9293 3.4.2, 3.6.1 (2 MSL); Linux takes 30 s for the MSL (TCP_TIMEWAIT_LEN)",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<TimeWaitLasts>(),
    .tells = &TimeWaitLasts::Tells,
};

class TimeWaitReacks : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kArrivals;
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kTimeWaitReacks{
    .name = "time-wait-reacks",
    .claim = "A FIN that comes again in TIME-WAIT is acknowledged again, every time.",
    .cites = "RFC 9293 3.10.7.4 (eighth: TIME-WAIT), 3.6",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<TimeWaitReacks>(),
    .tells = &TimeWaitReacks::Tells,
};

class TimeWaitSurvivesReset : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kArrivals;
  void Init(const PairSetup& setup) {
    for (const Side side : {Side::kA, Side::kB}) {
      refuses_[Index(side)] = setup[side].host.environment.tcp_rfc1337;
    }
  }
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);

 private:
  std::array<bool, 2> refuses_{};  // The host is set to do as RFC 1337 says.
};

inline constexpr Property kTimeWaitSurvivesReset{
    .name = "time-wait-survives-reset",
    .claim = "A reset does not end TIME-WAIT.",
    .cites = "RFC 1337 3 (F1); ip-sysctl tcp_rfc1337",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<TimeWaitSurvivesReset>(),
    .tells = &TimeWaitSurvivesReset::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_TIME_WAIT_H_
