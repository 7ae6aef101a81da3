// SPDX-License-Identifier: Apache-2.0
//
// What surrounds one endpoint: the host's clock rate and its sysctls (net.ipv4.*), at their
// defaults.
#ifndef FINWAIT_MODEL_TCP_ENVIRONMENT_H_
#define FINWAIT_MODEL_TCP_ENVIRONMENT_H_

#include <chrono>
#include <cstdint>

#include "model/tcp/time.h"

namespace finwait {

struct Environment {
  uint16_t hz = 250;        // CONFIG_HZ: timers are in whole jiffies of 1/hz.
  Duration jiffy_phase{0};  // Age of the current jiffy when the run starts.
  Duration tcp_fin_timeout = std::chrono::seconds(60);
  Duration tcp_invalid_ratelimit = std::chrono::milliseconds(500);
  uint8_t tcp_retries2 = 15;
  uint8_t tcp_orphan_retries = 0;  // 0 acts as 8 while the orphan is alive.
  bool tcp_rfc1337 = false;
  bool rtt_frozen = false;      // Exhaustive search: keep the first estimate.
  bool tw_buckets_left = true;  // False: tcp_max_tw_buckets is reached.
  uint16_t mss = 1460;          // Largest payload of one segment, both ways.
  uint16_t rcv_buffer = 64240;  // Window offered when nothing waits to be read.

  friend bool operator==(const Environment&, const Environment&) = default;

  constexpr Duration Tick() const { return Duration(1'000'000 / hz); }

  // The jiffy that `t` falls into.
  constexpr int64_t Jiffy(Time t) const { return (SinceStart(t) + jiffy_phase) / Tick(); }

  // How long that is by a clock of jiffies.
  constexpr Duration Between(Time from, Time to) const {
    return (Jiffy(to) - Jiffy(from)) * Tick();
  }

  // The first tick at or after `t`: a timer never fires early.
  constexpr Time TickAtOrAfter(Time t) const {
    const int64_t jiffies = (SinceStart(t) + jiffy_phase + Tick() - Duration(1)) / Tick();
    return At(jiffies * Tick() - jiffy_phase);
  }

  // The first tick after `t`, for work put off to "the next tick".
  constexpr Time NextTick(Time t) const { return At((Jiffy(t) + 1) * Tick() - jiffy_phase); }

  // Half a duration in whole jiffies, which it stays.
  constexpr Duration Half(Duration d) const { return d / Tick() / 2 * Tick(); }

  // A duration in whole jiffies, rounded up.
  constexpr Duration RoundUp(Duration d) const {
    return (d + Tick() - Duration(1)) / Tick() * Tick();
  }
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_ENVIRONMENT_H_
