// SPDX-License-Identifier: Apache-2.0
//
// Times are read as ratios to a baseline of the same run: a figure alone says little on a shared
// machine.
#ifndef FINWAIT_BENCH_RATIO_H_
#define FINWAIT_BENCH_RATIO_H_

#include <span>
#include <string>

namespace finwait {

// The time per iteration of `name` is told as a multiple of `baseline`'s.
struct RatioTo {
  std::string name;
  std::string baseline;
};

// Registers ratios to be printed after the run; one static object a file.
class RatiosOf {
 public:
  explicit RatiosOf(std::span<const RatioTo> ratios);
};

}  // namespace finwait

#endif  // FINWAIT_BENCH_RATIO_H_
