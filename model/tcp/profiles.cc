// SPDX-License-Identifier: Apache-2.0
//
// What changed in which release, and the profiles that have a name. Every profile is the oldest
// release and the changes that its own release carries.
#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "model/tcp/profile.h"
#include "model/tcp/release.h"

namespace finwait {
namespace {

constexpr Release kOldest = {5, 10, 0};

constexpr std::array kRead = {
    Release{5, 10, 262}, Release{5, 15, 135}, Release{6, 1, 192}, Release{6, 6, 87},
    Release{6, 12, 117}, Release{6, 18, 44},  Release{7, 2, 13},  Release{7, 3, 4},
};

// After these two the next major number began.
constexpr std::array kLastOfMajor = {Release{5, 19, 0}, Release{6, 19, 0}};

constexpr KernelProfile kOldestProfile = {
    .name = "",
    .release = "",
    .evidence = Evidence::kReadNotRun,
    .checked_on = "",
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
    .close_unread = CloseUnread::kOldTextBeforeFin,
    .failing_send = FailingSend::kRemovesFin,
    .time_wait_iss = TimeWaitIss::kFromClock,
    .time_wait_paws = TimeWaitPaws::kPawsEstab,
    .bucket_counted = BucketCounted::kWhenItExpires,
    .pingpong_replies = 3,
};

constexpr Introduced In(uint8_t major, uint8_t minor, uint16_t patch = 0) {
  return {{major, minor, patch}, {major, minor, patch}};
}

template <auto kField, auto kValue>
constexpr void Set(KernelProfile& kernel) {
  kernel.*kField = kValue;
}

using K = KernelProfile;

constexpr std::array kChanges = {
    Change{"old-ack-while-closing",
           &Set<&K::old_ack_while_closing, OldAckWhileClosing::kAccepted>,
           In(6, 9),
           {In(6, 1, 167), In(6, 6, 130)}},
    Change{"too-old-limit",
           &Set<&K::too_old_limit, TooOldLimit::kMaxWindowAndBytesAcked>,
           In(6, 7),
           {In(5, 10, 204), In(6, 1, 68), Introduced{{6, 6, 0}, {6, 6, 87}}}},
    Change{"unsent-ack-when-established",
           &Set<&K::unsent_ack_when_established, UnsentAckWhenEstablished::kChallenged>,
           In(7, 1),
           {Introduced{{6, 18, 19}, {6, 18, 44}}, Introduced{{7, 0, 0}, {7, 0, 0xffff}}}},
    Change{"paws-old-ack", &Set<&K::paws_old_ack, PawsOldAck::kSilent>, In(6, 14)},
    Change{"paws-replay", &Set<&K::paws_replay, PawsReplay::kRtoAndAFifth>,
           Introduced{{6, 6, 0}, {6, 12, 0}}},
    Change{"paws-syn", &Set<&K::paws_syn, PawsSyn::kChallenged>, Introduced{{6, 1, 0}, {6, 6, 0}}},
    Change{"segment-end", &Set<&K::segment_end, SegmentEnd::kInWindow>, In(6, 17)},
    Change{"segment-end",
           &Set<&K::segment_end, SegmentEnd::kInWindowButFin>,
           In(7, 0),
           {Introduced{{6, 18, 0}, {6, 18, 19}}}},
    Change{"right-edge", &Set<&K::right_edge, RightEdge::kLargestOffered>, In(7, 1)},
    Change{"fin-at-zero-window", &Set<&K::fin_at_zero_window, FinAtZeroWindow::kAccepted>,
           In(6, 10)},
    Change{"zero-window-update", &Set<&K::zero_window_update, ZeroWindowUpdate::kHonoured>,
           In(6, 6)},
    Change{"old-ack-ts-recent",
           &Set<&K::old_ack_ts_recent, OldAckTsRecent::kRefreshed>,
           In(7, 3),
           {In(6, 1, 191), In(6, 12, 113), In(7, 2, 10)}},
    Change{"drained-dsack",
           &Set<&K::drained_dsack, DrainedDsack::kUpToSegmentEnd>,
           Introduced{{6, 12, 0}, {6, 18, 0}},
           {Introduced{{5, 10, 112}, {5, 10, 262}}, In(6, 1, 148), In(6, 12, 42)}},
    Change{"quick-ack-spent-by",
           &Set<&K::quick_ack_spent_by, QuickAckSpentBy::kOwedAck>,
           In(6, 6),
           {In(5, 10, 198), Introduced{{5, 15, 0}, {5, 15, 135}}, In(6, 1, 57)}},
    Change{"out-of-order-mss",
           &Set<&K::out_of_order_mss, OutOfOrderMss::kMeasured>,
           In(6, 16),
           {In(6, 12, 42)}},
    Change{"loss-probe-rounding",
           &Set<&K::loss_probe_rounding, LossProbeRounding::kSum>,
           Introduced{{6, 1, 0}, {6, 6, 0}},
           {In(5, 10, 199), In(6, 1, 60)}},
    Change{"fin-and-cwnd", &Set<&K::fin_and_cwnd, FinAndCwnd::kWaits>, In(6, 10)},
    Change{"predicted-ack",
           &Set<&K::predicted_ack, PredictedAck::kNotOld>,
           In(7, 3),
           {In(6, 1, 189), In(6, 12, 112), In(7, 2, 8)}},
    Change{"close-unread",
           &Set<&K::close_unread, CloseUnread::kNotRead>,
           In(6, 18),
           {In(5, 10, 246), In(6, 1, 156), In(6, 12, 53), Introduced{{6, 17, 0}, {6, 17, 0xffff}}}},
    Change{"failing-send",
           &Set<&K::failing_send, FailingSend::kKeepsFin>,
           In(5, 16),
           {In(5, 10, 80), Introduced{{5, 15, 0}, {5, 15, 3}}}},
    Change{"time-wait-iss", &Set<&K::time_wait_iss, TimeWaitIss::kPastOldNumbers>, In(6, 10)},
    Change{"time-wait-paws", &Set<&K::time_wait_paws, TimeWaitPaws::kPawsTimewait>, In(6, 15)},
    Change{"bucket-counted", &Set<&K::bucket_counted, BucketCounted::kWhenItIsMade>,
           Introduced{{5, 15, 0}, {6, 1, 0}}},
    Change{"pingpong-replies",
           &Set<&K::pingpong_replies, uint8_t{1}>,
           Introduced{{5, 15, 0}, {6, 1, 0}},
           {In(5, 10, 135), Introduced{{5, 15, 0}, {5, 15, 135}}}},
};

constexpr KernelProfile Behaviour(Release release) {
  KernelProfile kernel = kOldestProfile;
  for (const Change& change : kChanges) {
    if (Carried(change, release) == Carries::kYes) change.set(kernel);
  }
  return kernel;
}

constexpr KernelProfile Named(std::string_view name, std::string_view text, Release release,
                              Evidence evidence, std::string_view checked_on) {
  KernelProfile kernel = Behaviour(release);
  kernel.name = name;
  kernel.release = text;
  kernel.evidence = evidence;
  kernel.checked_on = checked_on;
  return kernel;
}

constexpr Evidence kRun = Evidence::kRun;
constexpr Evidence kReadNotRun = Evidence::kReadNotRun;

constexpr KernelProfile kLinux510 =
    Named("linux-5.10", "5.10.262", {5, 10, 262}, kRun, "running 5.10.262");
constexpr KernelProfile kLinux612 =
    Named("linux-6.12", "6.12.117", {6, 12, 117}, kRun, "running 6.12.117 and 6.12.118");

constexpr std::array kProfiles = {
    Named("linux-5.10.46", "5.10.46", {5, 10, 46}, kReadNotRun,
          "sources of 5.10; scenarios on running 5.10.46"),
    Named("linux-5.10.112", "5.10.112", {5, 10, 112}, kReadNotRun,
          "sources of 5.10; the release of the incident"),
    kLinux510,
    Named("linux-5.15", "5.15.135", {5, 15, 135}, kReadNotRun, "sources of 5.15.135"),
    Named("linux-6.1.176", "6.1.176", {6, 1, 176}, kReadNotRun,
          "sources of 6.1.192; scenarios and the probe on running 6.1.176"),
    Named("linux-6.1", "6.1.192", {6, 1, 192}, kRun, "running 6.1.192"),
    Named("linux-6.6", "6.6.87", {6, 6, 87}, kReadNotRun,
          "sources of 6.6.87, which still loses the FIN; 6.6.130 does not"),
    Named("linux-6.12.107", "6.12.107", {6, 12, 107}, kReadNotRun,
          "sources of 6.12.117; scenarios on running 6.12.101, the late FIN on 6.12.107"),
    kLinux612,
    Named("linux-6.18", "6.18.44", {6, 18, 44}, kRun, "running 6.18.44"),
    Named("linux-7.2", "7.2.13", {7, 2, 13}, kRun, "running 7.2.13"),
};

constexpr std::array kHeadlineProfiles = {kLinux510, kLinux612};

struct Commit {
  std::string_view id;
  std::string_view releases;
};

constexpr std::array kCommits = {
    Commit{"795a7dfbc3d9", "in 6.9, 6.6.130, 6.1.167; not in 5.10.262"},
    Commit{"3d501dd326fb", "in 6.7, 6.1.68, 5.10.204"},
    Commit{"cf12e6f91246", "in 5.16, 5.10.80"},
    Commit{"5f9238530970", "in 6.18, 6.12.53, 6.1.156, 5.10.246"},
    Commit{"42726ec644cb", "in 7.1, and 6.18.y and 7.0.y of May 2026"},
};

}  // namespace

std::span<const KernelProfile> Profiles() { return kProfiles; }

std::span<const KernelProfile> HeadlineProfiles() { return kHeadlineProfiles; }

std::string_view ReleasesOf(std::string_view commit) {
  for (const Commit& known : kCommits) {
    if (commit.starts_with(known.id)) return known.releases;
  }
  return "";
}

std::span<const Change> Changes() { return kChanges; }

std::span<const Release> ReadReleases() { return kRead; }

Release OldestRelease() { return kOldest; }

Release NewestRelease() { return kRead.back(); }

bool IsSeries(Release release) {
  return std::none_of(kLastOfMajor.begin(), kLastOfMajor.end(), [&](Release last) {
    return last.major == release.major && last.minor < release.minor;
  });
}

KernelProfile BehaviourOf(Release release) { return Behaviour(release); }

}  // namespace finwait
