// SPDX-License-Identifier: Apache-2.0
//
// A hash of a World that is the same for every build: timers relative to now, sequence numbers
// relative to where the run started. Our own functions, so that neither library nor padding bytes
// matter.
#ifndef FINWAIT_MODEL_WORLD_FINGERPRINT_H_
#define FINWAIT_MODEL_WORLD_FINGERPRINT_H_

#include <cstdint>

#include "model/tcp/time.h"

namespace finwait {

struct Endpoint;
struct World;
struct PairSetup;
template <typename T, uint8_t kMax>
struct InlineList;
struct InFlight;
enum class Side : uint8_t;

// Results that rest on fingerprints of different versions cannot be joined.
inline constexpr uint32_t kFingerprintVersion = 2;

class Hasher {
 public:
  void Add(uint64_t value) {
    state_ = (state_ ^ value) * 0x9E3779B97F4A7C15U;
    state_ ^= state_ >> 29;
  }
  void Add(uint64_t first, uint64_t second) {
    Add(first);
    Add(second);
  }
  // An instant relative to `now`; kNever is itself.
  void AddTime(Time t, Time now) {
    Add(t == kNever ? uint64_t{1} << 63 : static_cast<uint64_t>((t - now).count()));
  }
  uint64_t Value() const {
    uint64_t x = state_ ^ (state_ >> 32);
    x *= 0xD6E8FEB86659FD93U;
    return x ^ (x >> 32);
  }

 private:
  uint64_t state_ = 0x243F6A8885A308D3U;
};

// High and low half of the product, folded.
inline uint64_t Fold(uint64_t x, uint64_t y) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(x) * y;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64U);
}

// Joins two hashes; the order matters.
inline uint64_t Joined(uint64_t first, uint64_t second) {
  return Fold(first ^ 0x8EBC6AF09C88C6E3U, (second << 1U | second >> 63U) ^ 0x589965CC75374CC3U);
}

// One end: everything that can matter to what follows, and nothing else. The numbers of a socket
// that is closed, or has given way to a bucket, do not count unless a call or a property may still
// read them. Equal for the two ends of a symmetric world.
uint64_t EndFingerprint(const Endpoint& end, Time now, Side side, const PairSetup& setup);
// The same with the memory of an end that is not what its profile says.
uint64_t EndFingerprint(const World& world, Side side, const PairSetup& setup);

// What that end has in flight.
uint64_t WireFingerprint(const InlineList<InFlight, 12>& wire, Time now, Side side,
                         const PairSetup& setup);

// Adds both ends and both wires.
void Mix(Hasher& hasher, const World& world, const PairSetup& setup);

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_FINGERPRINT_H_
