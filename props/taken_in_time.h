// SPDX-License-Identifier: Apache-2.0
//
// Three claims of one shape: what arrives fit to be taken is taken, at once or within the sender's
// retransmission time-out. Two real senders are assumed; forged segments have no sender to recover.
#ifndef FINWAIT_PROPS_TAKEN_IN_TIME_H_
#define FINWAIT_PROPS_TAKEN_IN_TIME_H_

#include <array>
#include <cstdint>

#include "model/world/fingerprint.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "props/property.h"

namespace finwait {

enum class What : uint8_t { kFin, kText };
enum class Grace : uint8_t { kOneRto, kNone };

// Premise: a copy of a segment arrives at a socket or bucket that has not taken it; it starts at or
// before RCV.NXT, is in the window, and its acknowledgement number is one that RFC 5961 5.2 must
// take. Claim: by max(departure + RTO in force just after sending, arrival) RCV.NXT has passed it,
// or the receiver has sent a reset. Another acknowledgement, a challenge ACK among them, is
// silence. If the sender itself gives up or resets before that, the copy is not judged.
class TakenInTime {
 public:
  constexpr TakenInTime(What what, Grace grace) : what_(what), grace_(grace) {}

  void Init(const PairSetup&) {}
  void Observe(const StepRecord& step);
  Verdict Finish() const;
  static std::string Tells(const Counterexample& e, What what);
  bool Convicted() const { return violated_; }
  bool Suspects() const { return violated_ || owed_[0].open || owed_[1].open; }
  void Mix(Hasher& hasher, Time now) const;

 private:
  // A copy that was discarded and is still to be made good, by receiver. Of several the one with
  // the earliest deadline is kept: made good, it makes all good.
  struct Owed {
    bool open = false;
    RuleId rule = RuleId::kNone;
    uint32_t choice_index = 0;
    SeqNum end{};  // RCV.NXT must reach this.
    Time sent{}, arrived{}, deadline{};
    Duration rto{};
  };

  bool Premise(const StepRecord& step) const;
  SeqNum End(const Segment& segment) const;
  void Owe(const StepRecord& step);
  void Settle(Owed& owed, Side receiver, Time at);
  void Convict(const Owed& owed, Side receiver);

  What what_ = What::kFin;
  Grace grace_ = Grace::kOneRto;
  bool applied_ = false;
  bool violated_ = false;
  std::array<Owed, 2> owed_{};
  Violated violation_{};
  std::optional<Recovery> rescue_{};
};

struct FinInTime : TakenInTime {
  constexpr FinInTime() : TakenInTime(What::kFin, Grace::kOneRto) {}
  static std::string Tells(const Counterexample& e) { return TakenInTime::Tells(e, What::kFin); }
};
struct TextInTime : TakenInTime {
  constexpr TextInTime() : TakenInTime(What::kText, Grace::kOneRto) {}
  static std::string Tells(const Counterexample& e) { return TakenInTime::Tells(e, What::kText); }
};
struct FinAtOnce : TakenInTime {
  constexpr FinAtOnce() : TakenInTime(What::kFin, Grace::kNone) {}
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kFinNotSilentlyDropped{
    .name = "fin-not-silently-dropped",
    .claim =
        "No FIN that carries new data in sequence space is silently dropped unless recovery "
        "happens within one RTO.",
    .cites = "RFC 9293 3.10.7.4 (eighth), RFC 5961 5.2",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<FinInTime>(),
    .tells = &FinInTime::Tells,
};

inline constexpr Property kTextNotSilentlyDropped{
    .name = "text-not-silently-dropped",
    .claim =
        "No segment that carries new text is silently dropped unless recovery happens within "
        "one RTO.",
    .cites = "RFC 9293 3.10.7.4 (seventh), RFC 5961 5.2",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<TextInTime>(),
    .tells = &TextInTime::Tells,
};

inline constexpr Property kFinTakenOnArrival{
    .name = "fin-taken-on-arrival",
    .claim =
        "A FIN that carries new data in sequence space is taken, or answered by a reset, when "
        "it arrives.",
    .cites = "RFC 9293 3.10.7.4 (eighth)",
    .kind = Kind::kAlways,
    .strict = true,
    .monitor = MonitorOf<FinAtOnce>(),
    .tells = &FinAtOnce::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_TAKEN_IN_TIME_H_
