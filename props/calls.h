// SPDX-License-Identifier: Apache-2.0
//
// What calls return, and when.
#ifndef FINWAIT_PROPS_CALLS_H_
#define FINWAIT_PROPS_CALLS_H_

#include <array>

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

class HalfCloseReceives : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kCalls;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kHalfCloseReceives{
    .name = "half-close-receives",
    .claim = "After shutdown(SHUT_WR) recv() goes on handing out text as it arrives.",
    .cites = "RFC 9293 3.6 (the user who has CLOSEd continues to RECEIVE), RFC 1122 4.2.2.13",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<HalfCloseReceives>(),
    .tells = &HalfCloseReceives::Tells,
};

class ShutReadingEnds : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kCalls;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kShutReadingEnds{
    .name = "shut-reading-ends",
    .claim =
        "After shutdown(SHUT_RD) recv() hands out what was there and then the end of file; it "
        "never asks to try again.",
    .cites = "POSIX shutdown(), recv(); shutdown(2)",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<ShutReadingEnds>(),
    .tells = &ShutReadingEnds::Tells,
};

// Premise: a close() sleeps.
class LingerReturns {
 public:
  void Init(const PairSetup& setup);
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
  Verdict Finish() const;
  bool Convicted() const { return ruling_.violated(); }
  bool Suspects() const { return Convicted() || sleeps_[0].on || sleeps_[1].on; }
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Sleep {
    bool on = false;
    bool waits = false;    // Its FIN is not acknowledged; else it may return when it runs again.
    Violated violation{};  // At the close().
  };
  std::array<Sleep, 2> sleeps_{};
  std::array<Duration, 2> linger_{};
  Ruling ruling_;
};

inline constexpr Property kLingerReturns{
    .name = "linger-returns",
    .claim =
        "A close() that lingers returns when its FIN was acknowledged or the connection has "
        "ended, else when its time is over; not sooner, and not later.",
    .cites = "socket(7) SO_LINGER, POSIX 2.10.16",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<LingerReturns>(),
    .tells = &LingerReturns::Tells,
};

class CallsFailAsPromised : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kCalls;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kCallsFailAsPromised{
    .name = "calls-fail-as-promised",
    .claim =
        "send() fails once its side was shut down, and shutdown() of a connection that has "
        "ended fails with ENOTCONN.",
    .cites = "RFC 9293 3.10.2 (connection closing), POSIX send() EPIPE, shutdown() ENOTCONN",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<CallsFailAsPromised>(),
    .tells = &CallsFailAsPromised::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_CALLS_H_
