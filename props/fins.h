// SPDX-License-Identifier: Apache-2.0
//
// When an end sends its FIN, and with which number.
#ifndef FINWAIT_PROPS_FINS_H_
#define FINWAIT_PROPS_FINS_H_

#include <array>

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

// Premise: an end sends its FIN more than once.
class OneFinOneNumber : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kSending;
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Fin {
    bool sent = false;
    SeqNum number{};
  };
  std::array<Fin, 2> fins_{};
};

inline constexpr Property kOneFinOneNumber{
    .name = "one-fin-one-number",
    .claim = "Every copy of an end's FIN has the same sequence number.",
    .cites = "RFC 9293 3.4, 3.8.1 (retransmission), 3.10.4 (CLOSE)",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<OneFinOneNumber>(),
    .tells = &OneFinOneNumber::Tells,
};

class FinFollowsAllText : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kSending;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kFinFollowsAllText{
    .name = "fin-follows-all-text",
    .claim =
        "A FIN is sent only once the user has ended sending, and its number is the first past "
        "everything that send() took.",
    .cites = "RFC 9293 3.6, 3.10.4 (CLOSE: queue this until all preceding SENDs are segmentized)",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<FinFollowsAllText>(),
    .tells = &FinFollowsAllText::Tells,
};

class NothingPastFin : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kSending;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kNothingPastFin{
    .name = "nothing-past-fin",
    .claim = "An end that has sent its FIN sends no text at or past the FIN's number.",
    .cites = "RFC 9293 3.6 (I have no more data to send), 3.10.2 (SEND: connection closing)",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<NothingPastFin>(),
    .tells = &NothingPastFin::Tells,
};

// A reset in either direction, or the end of the connection by a time-out, stands for the FIN. One
// that waits for the peer's window is not judged.
class FinIsSent {
 public:
  static constexpr uint8_t kHears = kCalls | kArrivals | kTimers;
  void Init(const PairSetup&) {}
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
  Verdict Finish() const;
  bool Convicted() const { return false; }
  bool Suspects() const { return owed_[0].open || owed_[1].open; }
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Owed {
    bool open = false;
    bool waits = false;  // For the peer's window.
    Violated violation{};
  };
  std::array<Owed, 2> owed_{};
  bool applied_ = false;
};

inline constexpr Property kFinIsSent{
    .name = "fin-is-sent",
    .claim =
        "Each close() or shutdown(SHUT_WR) of an open connection puts a FIN on the wire, unless a "
        "reset or a time-out ends the connection.",
    .cites = "RFC 9293 3.6, 3.10.4 (CLOSE)",
    .kind = Kind::kEventually,
    .monitor = MonitorOf<FinIsSent>(),
    .tells = &FinIsSent::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_FINS_H_
