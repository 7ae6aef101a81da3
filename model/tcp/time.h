// SPDX-License-Identifier: Apache-2.0
//
// Virtual time. There is no now(): the instant is an argument, never a question.
#ifndef FINWAIT_MODEL_TCP_TIME_H_
#define FINWAIT_MODEL_TCP_TIME_H_

#include <chrono>
#include <cstdint>

namespace finwait {

struct VirtualClock {
  using duration = std::chrono::microseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<VirtualClock>;
  // NOLINTNEXTLINE(readability-identifier-naming): the name that std::chrono asks for.
  static constexpr bool is_steady = true;
};

using Time = VirtualClock::time_point;
using Duration = VirtualClock::duration;

// A timer that is not armed, an event that has not happened.
inline constexpr Time kNever = Time::max();

constexpr Time At(Duration since_start) { return Time(since_start); }
constexpr Duration SinceStart(Time t) { return t.time_since_epoch(); }

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_TIME_H_
