// SPDX-License-Identifier: Apache-2.0
//
// How far the MIB counters have gone.
#ifndef FINWAIT_MODEL_TCP_COUNTS_H_
#define FINWAIT_MODEL_TCP_COUNTS_H_

#include <array>
#include <cstdint>

#include "model/tcp/counter.h"
#include "model/tcp/effects.h"

namespace finwait {

struct Counts {
  std::array<uint32_t, kCounterCount> values{};

  friend bool operator==(const Counts&, const Counts&) = default;

  uint32_t& operator[](Counter counter) { return values[Index(counter)]; }
  uint32_t operator[](Counter counter) const { return values[Index(counter)]; }

  // What a step has moved. What leaves counts as OutSegs, and as OutRsts if it is one; a
  // retransmission only as RetransSegs (__tcp_transmit_skb).
  void Add(const Effects& effects) {
    (*this)[Counter::kOutSegs] += effects.sent.count;
    for (const Counter counter : effects.counted) {
      ++(*this)[counter];
      if (counter == Counter::kRetransSegs) --(*this)[Counter::kOutSegs];
    }
    for (const Segment& segment : effects.sent) {
      if (segment.Has(kRst)) ++(*this)[Counter::kOutRsts];
    }
  }

  // From `before` to here.
  Counts Since(const Counts& before) const {
    Counts since;
    for (size_t i = 0; i < values.size(); ++i) since.values[i] = values[i] - before.values[i];
    return since;
  }
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_COUNTS_H_
