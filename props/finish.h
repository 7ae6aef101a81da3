// SPDX-License-Identifier: Apache-2.0
#ifndef FINWAIT_PROPS_FINISH_H_
#define FINWAIT_PROPS_FINISH_H_

#include <array>
#include <cstdint>

#include "model/world/fingerprint.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "props/property.h"

namespace finwait {

inline constexpr Property kBothEndsFinish{
    .name = "both-ends-finish",
    .claim =
        "Once both users have closed, or shut down sending and read to the end of file, both "
        "connections reach CLOSED within 30 minutes of a network without faults.",
    .cites = "RFC 9293 3.6, 3.8.3; RFC 1122 4.2.2.13, 4.2.3.5",
    .kind = Kind::kEventually,
    .strict = false,
};

class BothEndsFinish {
 public:
  void Init(const PairSetup&) {}
  void Observe(const StepRecord& step);
  Verdict Finish() const;
  bool Suspects() const { return ends_[0].Done() && ends_[1].Done(); }
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct End {
    bool closed = false;       // close() was called.
    bool send_shut = false;    // shutdown(SHUT_WR) or more,
    bool read_to_eof = false;  // and recv() told of the peer's FIN.
    State state = State::kEstablished;

    bool Done() const { return closed || (send_shut && read_to_eof); }
  };

  std::array<End, 2> ends_{};
  uint32_t last_choice_ = 0;  // The last before settling, and what it did.
  RuleId last_rule_ = RuleId::kNone;
  Time last_at_{};
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_FINISH_H_
