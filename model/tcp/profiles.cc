// SPDX-License-Identifier: Apache-2.0
//
// Each profile is the one before it and what changed since: read down to follow Linux through time.
#include <array>
#include <span>
#include <string_view>

#include "model/tcp/profile.h"

namespace finwait {
namespace {

constexpr KernelProfile kLinux51046 = {
    .name = "linux-5.10.46",
    .release = "5.10.46",
    .evidence = Evidence::kReadNotRun,
    .checked_on = "sources of 5.10; scenarios on running 5.10.46",
    .old_ack_while_closing = OldAckWhileClosing::kDiscardsSegment,
    .too_old_limit = TooOldLimit::kMaxWindow,
    .unsent_ack_when_established = UnsentAckWhenEstablished::kSilent,
    .paws_old_ack = PawsOldAck::kAnswered,
    .paws_replay = PawsReplay::kRto,
    .paws_syn = PawsSyn::kAnswered,
    .segment_end = SegmentEnd::kNotChecked,
    .right_edge = RightEdge::kLastOffered,
    .fin_at_zero_window = FinAtZeroWindow::kDropped,
    .zero_window_update = ZeroWindowUpdate::kIgnored,
    .old_ack_ts_recent = OldAckTsRecent::kKept,
    .drained_dsack = DrainedDsack::kUpToRcvNxt,
    .quick_ack_spent_by = QuickAckSpentBy::kEveryAck,
    .out_of_order_mss = OutOfOrderMss::kIgnored,
    .loss_probe_rounding = LossProbeRounding::kEachPart,
    .predicted_ack = PredictedAck::kAny,
    .fin_and_cwnd = FinAndCwnd::kExempt,
    .time_wait_iss = TimeWaitIss::kFromClock,
    .time_wait_paws = TimeWaitPaws::kPawsEstab,
    .bucket_counted = BucketCounted::kWhenItExpires,
    .pingpong_replies = 3,
};

constexpr KernelProfile Linux510112() {
  KernelProfile k = kLinux51046;
  k.name = "linux-5.10.112";
  k.release = "5.10.112";
  k.checked_on = "sources of 5.10; the release of the incident";
  return k;
}

constexpr KernelProfile Linux510() {
  KernelProfile k = Linux510112();
  k.name = "linux-5.10";
  k.release = "5.10.262";
  k.evidence = Evidence::kRun;
  k.checked_on = "running 5.10.262";
  k.pingpong_replies = 1;                                  // 5.10.135
  k.quick_ack_spent_by = QuickAckSpentBy::kOwedAck;        // 5.10.198
  k.too_old_limit = TooOldLimit::kMaxWindowAndBytesAcked;  // 5.10.204
  k.loss_probe_rounding = LossProbeRounding::kSum;         // 5.10.199
  k.drained_dsack = DrainedDsack::kUpToSegmentEnd;
  return k;
}

constexpr KernelProfile Linux515() {
  KernelProfile k = Linux510();
  k.name = "linux-5.15";
  k.release = "5.15.135";
  k.evidence = Evidence::kReadNotRun;
  k.checked_on = "sources of 5.15.135";
  k.too_old_limit = TooOldLimit::kMaxWindow;
  k.drained_dsack = DrainedDsack::kUpToRcvNxt;
  k.loss_probe_rounding = LossProbeRounding::kEachPart;
  return k;
}

constexpr KernelProfile Linux61176() {
  KernelProfile k = Linux515();
  k.name = "linux-6.1.176";
  k.release = "6.1.176";
  k.evidence = Evidence::kReadNotRun;
  k.checked_on = "sources of 6.1.192; scenarios and the probe on running 6.1.176";
  k.too_old_limit = TooOldLimit::kMaxWindowAndBytesAcked;   // 6.1.68
  k.drained_dsack = DrainedDsack::kUpToSegmentEnd;          // 6.1.148
  k.old_ack_while_closing = OldAckWhileClosing::kAccepted;  // 6.1.167
  k.loss_probe_rounding = LossProbeRounding::kSum;          // 6.1.60
  k.bucket_counted = BucketCounted::kWhenItIsMade;
  return k;
}

constexpr KernelProfile Linux61() {
  KernelProfile k = Linux61176();
  k.name = "linux-6.1";
  k.release = "6.1.192";
  k.evidence = Evidence::kRun;
  k.checked_on = "running 6.1.192";
  k.predicted_ack = PredictedAck::kNotOld;           // 6.1.189
  k.old_ack_ts_recent = OldAckTsRecent::kRefreshed;  // 6.1.191
  return k;
}

constexpr KernelProfile Linux66() {
  KernelProfile k = Linux61();
  k.name = "linux-6.6";
  k.release = "6.6.87";
  k.evidence = Evidence::kReadNotRun;
  k.checked_on = "sources of 6.6.87, which still loses the FIN; 6.6.130 does not";
  k.old_ack_while_closing = OldAckWhileClosing::kDiscardsSegment;
  k.old_ack_ts_recent = OldAckTsRecent::kKept;
  k.predicted_ack = PredictedAck::kAny;
  k.drained_dsack = DrainedDsack::kUpToRcvNxt;
  k.paws_syn = PawsSyn::kChallenged;
  k.zero_window_update = ZeroWindowUpdate::kHonoured;
  return k;
}

constexpr KernelProfile Linux612107() {
  KernelProfile k = Linux66();
  k.name = "linux-6.12.107";
  k.release = "6.12.107";
  k.evidence = Evidence::kReadNotRun;
  k.checked_on = "sources of 6.12.117; scenarios on running 6.12.101, the late FIN on 6.12.107";
  k.old_ack_while_closing = OldAckWhileClosing::kAccepted;  // 6.9
  k.paws_replay = PawsReplay::kRtoAndAFifth;
  k.fin_and_cwnd = FinAndCwnd::kWaits;                // 6.10
  k.fin_at_zero_window = FinAtZeroWindow::kAccepted;  // 6.10
  k.time_wait_iss = TimeWaitIss::kPastOldNumbers;     // 6.10
  k.drained_dsack = DrainedDsack::kUpToSegmentEnd;    // 6.12.42
  k.out_of_order_mss = OutOfOrderMss::kMeasured;      // 6.12.42
  return k;
}

constexpr KernelProfile Linux612() {
  KernelProfile k = Linux612107();
  k.name = "linux-6.12";
  k.release = "6.12.117";
  k.evidence = Evidence::kRun;
  k.checked_on = "running 6.12.117";
  k.predicted_ack = PredictedAck::kNotOld;           // 6.12.112
  k.old_ack_ts_recent = OldAckTsRecent::kRefreshed;  // 6.12.113
  return k;
}

constexpr KernelProfile Linux618() {
  KernelProfile k = Linux612107();
  k.name = "linux-6.18";
  k.release = "6.18.44";
  k.evidence = Evidence::kRun;
  k.checked_on = "running 6.18.44";
  k.paws_old_ack = PawsOldAck::kSilent;                                   // 6.14
  k.time_wait_paws = TimeWaitPaws::kPawsTimewait;                         // 6.15
  k.segment_end = SegmentEnd::kInWindowButFin;                            // 6.17, 6.18.y
  k.unsent_ack_when_established = UnsentAckWhenEstablished::kChallenged;  // 6.18.y
  return k;
}

constexpr KernelProfile Linux72() {
  KernelProfile k = Linux618();
  k.name = "linux-7.2";
  k.release = "7.2.13";
  k.evidence = Evidence::kRun;
  k.checked_on = "running 7.2.13";
  k.right_edge = RightEdge::kLargestOffered;         // 7.1
  k.old_ack_ts_recent = OldAckTsRecent::kRefreshed;  // 7.2.10
  k.predicted_ack = PredictedAck::kNotOld;           // 7.2.8
  return k;
}

constexpr std::array kProfiles = {
    kLinux51046, Linux510112(), Linux510(), Linux515(), Linux61176(), Linux61(),
    Linux66(),   Linux612107(), Linux612(), Linux618(), Linux72(),
};

constexpr std::array kHeadlineProfiles = {Linux510(), Linux612()};

struct Change {
  std::string_view commit;
  std::string_view releases;
};

constexpr std::array kChanges = {
    Change{"795a7dfbc3d9", "in 6.9, 6.6.130, 6.1.167; not in 5.10.262"},
    Change{"3d501dd326fb", "in 6.7, 6.1.68, 5.10.204"},
    Change{"42726ec644cb", "in 7.1, and 6.18.y and 7.0.y of May 2026"},
};

}  // namespace

std::span<const KernelProfile> Profiles() { return kProfiles; }

std::span<const KernelProfile> HeadlineProfiles() { return kHeadlineProfiles; }

const KernelProfile* FindProfile(std::string_view name) {
  for (const KernelProfile& profile : kProfiles) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

std::string_view ReleasesOf(std::string_view commit) {
  for (const Change& change : kChanges) {
    if (commit.starts_with(change.commit)) return change.releases;
  }
  return "";
}

}  // namespace finwait
