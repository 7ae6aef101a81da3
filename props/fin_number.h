// SPDX-License-Identifier: Apache-2.0
#ifndef FINWAIT_PROPS_FIN_NUMBER_H_
#define FINWAIT_PROPS_FIN_NUMBER_H_

#include <array>

#include "model/world/fingerprint.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

inline constexpr Property kOneFinOneNumber{
    .name = "one-fin-one-number",
    .claim = "Every copy of an end's FIN has the same sequence number.",
    .cites = "RFC 9293 3.4, 3.8.1 (retransmission), 3.10.4 (CLOSE)",
    .kind = Kind::kAlways,
    .strict = false,
};

// Premise: an end sends its FIN more than once.
class OneFinOneNumber {
 public:
  void Init(const PairSetup&) {}
  void Observe(const StepRecord& step);
  Verdict Finish() const { return ruling_.Finish(); }
  bool Suspects() const { return ruling_.violated(); }
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Fin {
    bool sent = false;
    SeqNum number{};
  };
  std::array<Fin, 2> fins_{};
  Ruling ruling_;
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_FIN_NUMBER_H_
