// SPDX-License-Identifier: Apache-2.0
//
// What differs between kernels, as data: a value for each behaviour (behaviour.h). Only profiles.cc
// knows version numbers (release.h).
#ifndef FINWAIT_MODEL_TCP_PROFILE_H_
#define FINWAIT_MODEL_TCP_PROFILE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "model/tcp/behaviour.h"
#include "model/tcp/environment.h"

namespace finwait {

// How a profile came to be believed.
enum class Evidence : uint8_t { kRun, kReadNotRun };

struct KernelProfile {
  std::string_view name;     // As on the command line: "linux-6.12".
  std::string_view release;  // The full release whose behaviour it states.
  Evidence evidence;
  std::string_view checked_on;  // The running kernels that were asked, or why none was.
  OldAckWhileClosing old_ack_while_closing;
  TooOldLimit too_old_limit;
  UnsentAckWhenEstablished unsent_ack_when_established;
  PawsOldAck paws_old_ack;
  PawsReplay paws_replay;
  PawsSyn paws_syn;
  SegmentEnd segment_end;
  RightEdge right_edge;
  FinAtZeroWindow fin_at_zero_window;
  ZeroWindowUpdate zero_window_update;
  OldAckTsRecent old_ack_ts_recent;
  DrainedDsack drained_dsack;
  QuickAckSpentBy quick_ack_spent_by;
  OutOfOrderMss out_of_order_mss;
  LossProbeRounding loss_probe_rounding;
  PredictedAck predicted_ack;
  FinAndCwnd fin_and_cwnd;
  CloseUnread close_unread;
  FailingSend failing_send;
  TimeWaitIss time_wait_iss;
  TimeWaitPaws time_wait_paws;
  BucketCounted bucket_counted;
  uint8_t pingpong_replies;  // Answers with text until an exchange counts as interactive.

  friend bool operator==(const KernelProfile&, const KernelProfile&) = default;
};

// A kernel in its surroundings: what Step needs to know about the side it acts for.
struct Host {
  KernelProfile kernel;
  Environment environment;

  friend bool operator==(const Host&, const Host&) = default;
};

// Every profile, oldest kernel first.
std::span<const KernelProfile> Profiles();

// The two that tell the headline story, for output that would drown in nine: one that loses the
// late FIN and one that takes it.
std::span<const KernelProfile> HeadlineProfiles();

// The profile of that name, or of a full release ("6.1.140", "linux-6.1.140") what the table of
// changes makes of it; nullptr for what is neither.
const KernelProfile* FindProfile(std::string_view name);

// Why there is none: what is accepted, or which releases are known.
std::string WhyNoProfile(std::string_view name);

// Which stable releases have the commit ("in 6.9, ...; not in ..."), as far as is known; else
// empty.
std::string_view ReleasesOf(std::string_view commit);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_PROFILE_H_
