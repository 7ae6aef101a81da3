// SPDX-License-Identifier: Apache-2.0
//
// That connections end.
#ifndef FINWAIT_PROPS_FINISH_H_
#define FINWAIT_PROPS_FINISH_H_

#include <array>
#include <cstdint>

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

class BothEndsFinish {
 public:
  void Init(const PairSetup& setup) {
    foreign_ = setup.ends[0].Foreign() || setup.ends[1].Foreign();
  }
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
  Verdict Finish() const;
  bool Convicted() const { return false; }
  bool Suspects() const { return !foreign_ && ends_[0].Done() && ends_[1].Done(); }
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct End {
    bool closed = false;       // close() was called.
    bool send_shut = false;    // shutdown(SHUT_WR) or more,
    bool read_to_eof = false;  // and recv() told of the peer's FIN.
    State state = State::kEstablished;

    bool Done() const { return closed || (send_shut && read_to_eof); }
  };

  bool foreign_ = false;  // Another stack may do as it likes.
  std::array<End, 2> ends_{};
  Violated last_{};  // At the last choice before settling.
};

inline constexpr Property kBothEndsFinish{
    .name = "both-ends-finish",
    .claim =
        "Once both users have closed, or shut down sending and read to the end of file, both "
        "connections reach CLOSED within 30 minutes of a network without faults.",
    .cites = "RFC 9293 3.6, 3.8.3; RFC 1122 4.2.2.13, 4.2.3.5",
    .kind = Kind::kEventually,
    .monitor = MonitorOf<BothEndsFinish>(),
    .tells = &BothEndsFinish::Tells,
};

// Premise: close() was called, or both directions were shut down.
class ClosedEndGoes {
 public:
  void Init(const PairSetup&) {}
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
  Verdict Finish() const;
  bool Convicted() const { return false; }
  bool Suspects() const { return ends_[0].Stays() || ends_[1].Stays(); }
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct End {
    bool closed = false;
    bool orphan = false;
    bool waits = false;  // For the peer's window: RFC 1122 4.2.2.17 has it wait.
    State state = State::kEstablished;
    Violated violation{};  // At the call.

    bool Stays() const { return closed && state != State::kClosed; }
  };
  std::array<End, 2> ends_{};
};

inline constexpr Property kClosedEndGoes{
    .name = "closed-end-goes",
    .claim =
        "An end whose user has closed, or shut down both directions, reaches CLOSED within 30 "
        "minutes of a network without faults, whatever its peer does.",
    .cites = "RFC 9293 3.6.1, RFC 1122 4.2.2.13; ip-sysctl tcp_fin_timeout, tcp_orphan_retries",
    .kind = Kind::kEventually,
    .monitor = MonitorOf<ClosedEndGoes>(),
    .tells = &ClosedEndGoes::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_FINISH_H_
