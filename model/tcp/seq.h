// SPDX-License-Identifier: Apache-2.0
//
// Sequence numbers: arithmetic modulo 2^32 (RFC 9293, 3.4).
#ifndef FINWAIT_MODEL_TCP_SEQ_H_
#define FINWAIT_MODEL_TCP_SEQ_H_

#include <cstdint>

namespace finwait {

// Not ordered with `<`: comparison modulo 2^32 is not transitive, so a SeqNum must not be usable as
// a key or in std::sort. Compare two numbers of one window with the functions below.
struct SeqNum {
  uint32_t raw = 0;

  friend constexpr bool operator==(SeqNum, SeqNum) = default;
};

constexpr SeqNum operator+(SeqNum s, uint32_t n) { return SeqNum{s.raw + n}; }
constexpr SeqNum operator-(SeqNum s, uint32_t n) { return SeqNum{s.raw - n}; }

// How far `a` lies past `b`, modulo 2^32. Meaningful as a length only when b is not after a.
constexpr uint32_t operator-(SeqNum a, SeqNum b) { return a.raw - b.raw; }

// Where `a` lies relative to `b`, in [-2^31, 2^31).
constexpr int32_t Offset(SeqNum a, SeqNum b) { return static_cast<int32_t>(a.raw - b.raw); }

constexpr bool Before(SeqNum a, SeqNum b) { return Offset(a, b) < 0; }
constexpr bool AtOrBefore(SeqNum a, SeqNum b) { return Offset(a, b) <= 0; }
constexpr bool After(SeqNum a, SeqNum b) { return Before(b, a); }
constexpr bool AtOrAfter(SeqNum a, SeqNum b) { return AtOrBefore(b, a); }

// The later of two numbers of one window.
constexpr SeqNum Later(SeqNum a, SeqNum b) { return Before(a, b) ? b : a; }

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_SEQ_H_
