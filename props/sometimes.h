// SPDX-License-Identifier: Apache-2.0
//
// What some run has to show: the good that a stack is promised to be able to do, and that no single
// run can prove it cannot. A run that does not show it is vacuous; many that do not are the
// violation (fuzz/hunt.h: NeverShown).
#ifndef FINWAIT_PROPS_SOMETIMES_H_
#define FINWAIT_PROPS_SOMETIMES_H_

#include <array>

#include "props/property.h"

namespace finwait {

class SometimesMonitor {
 public:
  void Init(const PairSetup&) {}
  Verdict Finish() const;
  bool Convicted() const { return false; }
  bool Suspects() const { return false; }
  void Mix(Hasher& hasher, Time) const { hasher.Add(shown_ ? 1U : 0U); }

 protected:
  // `step` shows it, unless it is another stack's.
  void Show(const StepRecord& step) { shown_ |= !step.foreign; }

 private:
  bool shown_ = false;
};

class FinRidesOnText : public SometimesMonitor {
 public:
  static constexpr uint8_t kHears = kSending;
  void Observe(const StepRecord& step);
};

inline constexpr Property kFinRidesOnText{
    .name = "fin-rides-on-text",
    .claim = "A FIN can leave in one segment with the last text before it.",
    .cites = "RFC 9293 3.10.4 (CLOSE), 3.10.7.4 (seventh and eighth: text, then the FIN)",
    .kind = Kind::kSometimes,
    .monitor = MonitorOf<FinRidesOnText>(),
    .never = "No FIN left in one segment with text: each left alone, behind all text.",
};

class AcksAreDelayed : public SometimesMonitor {
 public:
  static constexpr uint8_t kHears = kCalls | kArrivals | kTimers;
  void Observe(const StepRecord& step);
  void Mix(Hasher& hasher, Time now) const;

 private:
  std::array<bool, 2> owes_{};  // Text was taken, and nothing was sent since.
};

inline constexpr Property kAcksAreDelayed{
    .name = "acks-are-delayed",
    .claim = "Text can be acknowledged later, by a segment with text or a FIN that goes anyway.",
    .cites = "RFC 9293 3.8.6.3 (SHLD-18), RFC 1122 4.2.3.2",
    .kind = Kind::kSometimes,
    .monitor = MonitorOf<AcksAreDelayed>(),
    .never =
        "No acknowledgement waited for a segment of the user's: text was acknowledged at once, or "
        "by a timer.",
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_SOMETIMES_H_
