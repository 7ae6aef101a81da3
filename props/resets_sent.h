// SPDX-License-Identifier: Apache-2.0
//
// When an end sends a reset: if and only if data was or will be lost.
#ifndef FINWAIT_PROPS_RESETS_SENT_H_
#define FINWAIT_PROPS_RESETS_SENT_H_

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

class UnreadCloseResets : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kCalls;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kUnreadCloseResets{
    .name = "unread-close-resets",
    .claim = "close() with text that was received and not read sends a reset.",
    .cites = "RFC 1122 4.2.2.13, RFC 2525 2.17, RFC 9293 3.6.1",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<UnreadCloseResets>(),
    .tells = &UnreadCloseResets::Tells,
};

// Not about an old acknowledgement number, nor about text that timestamps may refuse.
class TextAfterCloseResets : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kArrivals;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kTextAfterCloseResets{
    .name = "text-after-close-resets",
    .claim = "New text that arrives in order after close() is answered by a reset.",
    .cites = "RFC 1122 4.2.2.13, RFC 2525 2.16, RFC 9293 3.6.1",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<TextAfterCloseResets>(),
    .tells = &TextAfterCloseResets::Tells,
};

class NoResetWithoutLoss : public AbortAwareMonitor {
 public:
  static constexpr uint8_t kHears = kSending;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);

 private:
  bool MaySay(const StepRecord& step, const EndLedger& end, const EndLedger& peer) const;
};

inline constexpr Property kNoResetWithoutLoss{
    .name = "no-reset-without-loss",
    .claim =
        "A connection is reset only when its user aborts it (SO_LINGER 0) or text was or will "
        "be lost.",
    .cites = "RFC 9293 3.5.2, 3.6.1, RFC 1122 4.2.2.13",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<NoResetWithoutLoss>(),
    .tells = &NoResetWithoutLoss::Tells,
};

class LingerZeroAborts : public AbortAwareMonitor {
 public:
  static constexpr uint8_t kHears = kCalls;
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kLingerZeroAborts{
    .name = "linger-zero-aborts",
    .claim =
        "close() with SO_LINGER and no time ends the connection at once, by a reset unless both "
        "FINs were sent.",
    .cites = "RFC 9293 3.10.5 (ABORT), POSIX 2.10.16, socket(7) SO_LINGER",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<LingerZeroAborts>(),
    .tells = &LingerZeroAborts::Tells,
};

class ClosedAnswersByReset : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kArrivals;
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kClosedAnswersByReset{
    .name = "closed-answers-by-reset",
    .claim = "A segment for a connection that no longer exists is answered by a reset.",
    .cites = "RFC 9293 3.5.2, 3.10.7.1",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<ClosedAnswersByReset>(),
    .tells = &ClosedAnswersByReset::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_RESETS_SENT_H_
