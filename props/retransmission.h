// SPDX-License-Identifier: Apache-2.0
//
// What an end does until its peer has answered.
#ifndef FINWAIT_PROPS_RETRANSMISSION_H_
#define FINWAIT_PROPS_RETRANSMISSION_H_

#include <array>

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

// Twice the time-out in force after the last sending or progress: generous to timers that tick.
class UnansweredIsSentAgain {
 public:
  void Init(const PairSetup&) {}
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
  Verdict Finish() const;
  bool Convicted() const { return ruling_.violated(); }
  bool Suspects() const { return Convicted() || due_[0].open || due_[1].open; }
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Due {
    bool open = false;
    Time deadline{};
    Violated violation{};  // At the step that sent last.
  };
  std::array<Due, 2> due_{};
  Ruling ruling_;
};

inline constexpr Property kUnansweredIsSentAgain{
    .name = "unanswered-is-sent-again",
    .claim =
        "While text or a FIN is unacknowledged, the end sends it again after no more than twice"
        " its retransmission time-out.",
    .cites = "RFC 9293 3.8.1, RFC 6298 5.1 to 5.6",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<UnansweredIsSentAgain>(),
    .tells = &UnansweredIsSentAgain::Tells,
};

// The clock starts when what is outstanding was first sent, and for giving up in time again at
// whatever arrives.
class GivesUpInTime : public AlwaysMonitor {
 public:
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Waiting {
    bool on = false;
    Time since{}, heard{};
  };
  std::array<Waiting, 2> waiting_{};
};

inline constexpr Property kGivesUpInTime{
    .name = "gives-up-in-time",
    .claim =
        "A connection whose peer has gone silent while something is unacknowledged is kept for "
        "at least 100 s, and given up within 20 minutes.",
    .cites = "RFC 9293 3.8.3, RFC 1122 4.2.3.5 (R2), ip-sysctl tcp_retries2",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<GivesUpInTime>(),
    .tells = &GivesUpInTime::Tells,
};

// Premise: something waits, nothing is outstanding: only the window can be what it waits for.
class ClosedWindowIsProbed {
 public:
  void Init(const PairSetup&) {}
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
  Verdict Finish() const;
  bool Convicted() const { return ruling_.violated(); }
  bool Suspects() const { return Convicted() || waiting_[0].open || waiting_[1].open; }
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Waiting {
    bool open = false;
    Violated violation{};  // At the last step that sent something, or began to wait.
  };
  std::array<Waiting, 2> waiting_{};
  Ruling ruling_;
};

inline constexpr Property kClosedWindowIsProbed{
    .name = "closed-window-is-probed",
    .claim =
        "While text or a FIN waits for the peer's window, the end asks for it at least every "
        "two minutes.",
    .cites = "RFC 9293 3.8.6.1, RFC 1122 4.2.2.17",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<ClosedWindowIsProbed>(),
    .tells = &ClosedWindowIsProbed::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_RETRANSMISSION_H_
