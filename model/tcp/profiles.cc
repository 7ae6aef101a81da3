// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <span>
#include <string_view>

#include "model/tcp/profile.h"

namespace finwait {
namespace {

constexpr std::array kProfiles = {
    KernelProfile{
        .name = "linux-5.10",
        .release = "5.10.262",
        .evidence = Evidence::kReadNotRun,
        .checked_on = "sources of 5.10.262; the late FIN also on running 5.10.46, .223 and .262",
        .old_ack_while_closing = OldAckWhileClosing::kDiscardsSegment,
        .too_old_limit = TooOldLimit::kMaxWindowAndBytesAcked,
        .unsent_ack_when_established = UnsentAckWhenEstablished::kSilent,
    },
    KernelProfile{
        .name = "linux-6.12",
        .release = "6.12.107",
        .evidence = Evidence::kReadNotRun,
        .checked_on =
            "sources of 6.12.117; scenarios on running 6.12.101, the late FIN on 6.12.107",
        .old_ack_while_closing = OldAckWhileClosing::kAccepted,
        .too_old_limit = TooOldLimit::kMaxWindowAndBytesAcked,
        .unsent_ack_when_established = UnsentAckWhenEstablished::kSilent,
    },
};

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
