// SPDX-License-Identifier: Apache-2.0
#ifndef FINWAIT_PROPS_EOF_H_
#define FINWAIT_PROPS_EOF_H_

#include <array>
#include <cstdint>

#include "model/world/fingerprint.h"
#include "model/world/setup.h"
#include "model/world/step_record.h"
#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

inline constexpr Property kDataBeforeEof{
    .name = "data-before-eof",
    .claim =
        "recv() reports the end that the peer's FIN marks only after every byte before that "
        "FIN was read.",
    .cites = "RFC 9293 3.6 (a user who has CLOSEd; RECEIVE), POSIX recv()",
    .kind = Kind::kAlways,
    .strict = false,
};

// Only an end of file caused by the peer's FIN counts: after shutdown(SHUT_RD) recv() may return 0
// at any time.
class DataBeforeEof {
 public:
  void Init(const PairSetup& setup);
  void Observe(const StepRecord& step);
  Verdict Finish() const { return ruling_.Finish(); }
  bool Suspects() const { return ruling_.violated(); }
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Stream {
    bool fin_sent = false;
    SeqNum first{}, fin{};  // The sender's first byte and its FIN.
    uint32_t read = 0;      // Bytes its peer has read.
  };

  std::array<Stream, 2> from_{};  // By sender.
  Ruling ruling_;
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_EOF_H_
