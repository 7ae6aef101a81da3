// SPDX-License-Identifier: Apache-2.0
//
// That two ends do not talk for the sake of talking.
#ifndef FINWAIT_PROPS_PACE_H_
#define FINWAIT_PROPS_PACE_H_

#include <array>

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

// An answer to a segment that asked for none: it took no sequence space, and nothing was owed.
class ChallengesAreSpaced : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kArrivals;
  void Init(const PairSetup& setup);
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Last {
    Entry entry = Entry::kNone;  // Socket and bucket have a limiter each.
    Time at = kNever;
  };
  std::array<Last, 2> last_{};
  std::array<Duration, 2> gap_{};
};

inline constexpr Property kChallengesAreSpaced{
    .name = "challenges-are-spaced",
    .claim =
        "Segments that take no sequence space and change nothing are answered once in half a "
        "second at most.",
    .cites = "RFC 5961 7 (ACK throttling); ip-sysctl tcp_invalid_ratelimit",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<ChallengesAreSpaced>(),
    .tells = &ChallengesAreSpaced::Tells,
};

// An answer to an answer to ... an answer: how long that goes on while nothing moves. What a call
// or a timer sends, or what comes with progress, begins anew.
class NoEndlessExchange : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kArrivals;
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Answer {
    uint16_t serial = 0;
    uint8_t depth = 0;
  };
  static constexpr size_t kRemembered = 16;  // Of the last answers of an end.

  Answer& Of(Side sender, uint16_t serial) { return answers_[Index(sender)][serial % kRemembered]; }

  std::array<std::array<Answer, kRemembered>, 2> answers_{};  // By sender.
  uint8_t deepest_ = 0;
};

inline constexpr Property kNoEndlessExchange{
    .name = "no-endless-exchange",
    .claim =
        "Two ends do not answer each other's answers more than twenty times without any progress.",
    .cites = "RFC 9293 3.10.7.4, RFC 5961 5.2",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<NoEndlessExchange>(),
    .tells = &NoEndlessExchange::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_PACE_H_
