// SPDX-License-Identifier: Apache-2.0
//
// What an end acknowledges, and when.
#ifndef FINWAIT_PROPS_ACKNOWLEDGING_H_
#define FINWAIT_PROPS_ACKNOWLEDGING_H_

#include <array>

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

class AcksNeverRecede : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kSending;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kAcksNeverRecede{
    .name = "acks-never-recede",
    .claim = "The acknowledgement numbers that an end sends never go back.",
    .cites = "RFC 9293 3.4 (cumulative), 3.10.7.4 (RCV.NXT)",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<AcksNeverRecede>(),
    .tells = &AcksNeverRecede::Tells,
};

class AcksOnlyWhatCame : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kSending;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kAcksOnlyWhatCame{
    .name = "acks-only-what-came",
    .claim =
        "An acknowledgement covers nothing that has not arrived, nor anything past a hole, a FIN "
        "included.",
    .cites = "RFC 9293 3.4, 3.10.7.4 (seventh and eighth)",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<AcksOnlyWhatCame>(),
    .tells = &AcksOnlyWhatCame::Tells,
};

// Premise: RCV.NXT moves past what was acknowledged. A reset, or the end of the connection, stands
// for the acknowledgement.
class TakenIsAcknowledged {
 public:
  void Init(const PairSetup&) {}
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
  Verdict Finish() const;
  bool Convicted() const { return ruling_.violated(); }
  bool Suspects() const { return Convicted() || owed_[0].open || owed_[1].open; }
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Owed {
    bool open = false;
    SeqNum number{};
    Violated violation{};
  };
  std::array<Owed, 2> owed_{};
  Ruling ruling_;
};

inline constexpr Property kTakenIsAcknowledged{
    .name = "taken-is-acknowledged",
    .claim = "Text and FINs that were taken in order are acknowledged within half a second.",
    .cites = "RFC 9293 3.8.6.3, RFC 1122 4.2.3.2",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<TakenIsAcknowledged>(),
    .tells = &TakenIsAcknowledged::Tells,
};

class WindowDoesNotShrink : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kSending;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kWindowDoesNotShrink{
    .name = "window-does-not-shrink",
    .claim = "The right edge of the window that an end offers never moves back.",
    .cites = "RFC 9293 3.8.6 (shrinking the window), RFC 1122 4.2.2.16",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<WindowDoesNotShrink>(),
    .tells = &WindowDoesNotShrink::Tells,
};

class BareFinPassesClosedWindow : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kArrivals;
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kBareFinPassesClosedWindow{
    .name = "bare-fin-passes-closed-window",
    .claim = "A FIN without text that is the next number is taken though the window is closed.",
    .cites =
        "RFC 9293 3.10.7.4 (first: special allowance for valid ACKs and RSTs); Linux 2bd99aef1b19 "
        "(\"tcp: accept bare FIN packets under memory pressure\")",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<BareFinPassesClosedWindow>(),
    .tells = &BareFinPassesClosedWindow::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_ACKNOWLEDGING_H_
