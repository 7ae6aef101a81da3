// SPDX-License-Identifier: Apache-2.0
//
// The round-trip estimator (RFC 6298; Linux tcp_rtt_estimator), in Linux's fixed point.
#include <algorithm>

#include "model/tcp/context.h"
#include "model/tcp/timeout.h"

namespace finwait {
namespace {

constexpr uint32_t kRtoMinUs = 200'000;

void First(RtoState& r, uint32_t sample_us, SeqNum snd_nxt) {
  r.srtt8 = sample_us * 8;
  r.mdev4 = sample_us * 2;
  r.rttvar4 = std::max(r.mdev4, kRtoMinUs);
  r.mdev_max4 = r.rttvar4;
  r.rtt_seq = snd_nxt;
}

void Another(RtoState& r, int64_t sample_us, const Tcb& tcb) {
  const int64_t error = sample_us - r.srtt8 / 8;
  r.srtt8 = static_cast<uint32_t>(std::max<int64_t>(r.srtt8 + error, 1));
  int64_t deviation = 0;
  if (error < 0) {
    deviation = -error - r.mdev4 / 4;
    if (deviation > 0) deviation /= 8;  // A falling sample raises the variance slowly.
  } else {
    deviation = error - r.mdev4 / 4;
  }
  r.mdev4 = static_cast<uint32_t>(r.mdev4 + deviation);
  if (r.mdev4 > r.mdev_max4) {
    r.mdev_max4 = r.mdev4;
    r.rttvar4 = std::max(r.rttvar4, r.mdev_max4);
  }
  if (After(tcb.snd_una, r.rtt_seq)) {
    if (r.mdev_max4 < r.rttvar4) r.rttvar4 -= (r.rttvar4 - r.mdev_max4) / 4;
    r.rtt_seq = tcb.snd_nxt;
    r.mdev_max4 = kRtoMinUs;
  }
}

}  // namespace

// A sample ends backoff: the time-out is computed anew. With the estimator frozen (exhaustive
// search) the first sample is kept. No round trip takes less than a microsecond, so that the
// time-out is at least a jiffy longer than its least variance.
void TakeRttSample(const Context& c, Duration rtt) {
  RtoState& r = c.tcb.rto;
  const auto sample_us = static_cast<uint32_t>(std::max<int64_t>(rtt.count(), 1));
  if (r.srtt8 == 0) {
    First(r, sample_us, c.tcb.snd_nxt);
  } else if (!c.Env().rtt_frozen) {
    Another(r, sample_us, c.tcb);
  }
  r.backoff = 0;
  r.rto = std::min(c.Env().RoundUp(Duration(r.srtt8 / 8 + r.rttvar4)), kRtoMax);
}

}  // namespace finwait
