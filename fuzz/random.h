// SPDX-License-Identifier: Apache-2.0
//
// Our own generator (SplitMix64), so that a seed gives the same bytes with every compiler and
// library.
#ifndef FINWAIT_FUZZ_RANDOM_H_
#define FINWAIT_FUZZ_RANDOM_H_

#include <cstdint>

namespace finwait {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  // The generator of case `index` under `seed`: each case can be made again alone.
  static Random ForCase(uint64_t seed, uint64_t index) {
    Random mixed(seed * 0x9E3779B97F4A7C15U + index);
    mixed.Next();
    return Random(mixed.Next());
  }

  uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15U;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

  // A number in [0, n), n > 0. The bias for n far below 2^32 does not matter here.
  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(((Next() >> 32) * uint64_t{n}) >> 32); }

 private:
  uint64_t state_;
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_RANDOM_H_
