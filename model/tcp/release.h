// SPDX-License-Identifier: Apache-2.0
//
// Releases of Linux, and where between them a behaviour changed: in a release of the mainline, and
// in the stable releases that it was taken back to. The table itself is in profiles.cc.
#ifndef FINWAIT_MODEL_TCP_RELEASE_H_
#define FINWAIT_MODEL_TCP_RELEASE_H_

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/tcp/profile.h"

namespace finwait {

struct Release {
  uint8_t major = 0;
  uint8_t minor = 0;
  uint16_t patch = 0;  // 0 in the mainline.

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 in a defaulted comparison.
  friend constexpr auto operator<=>(const Release&, const Release&) = default;

  constexpr Release Series() const { return {major, minor, 0}; }
};

// Three numbers with two dots; nothing else is a release.
std::optional<Release> ParseRelease(std::string_view text);
std::string ReleaseText(Release release);

// A change is in `in` and later; of what lies between `not_in` and `in` it is not known.
struct Introduced {
  Release not_in;
  Release in;
};

struct Change {
  std::string_view trait;  // The field in words: "old-ack-while-closing".
  void (*set)(KernelProfile&);
  Introduced mainline;
  std::array<Introduced, 4> stable = {};  // At most one for each series.
};

enum class Carries : uint8_t { kNo, kYes, kUnknown };

// Whether a release has the change.
constexpr Carries Carried(const Change& change, Release release) {
  if (release.Series() >= change.mainline.in) return Carries::kYes;
  for (const Introduced& arrival : change.stable) {
    if (arrival.in.Series() != release.Series()) continue;
    if (release >= arrival.in) return Carries::kYes;
    return release > arrival.not_in ? Carries::kUnknown : Carries::kNo;
  }
  return release.Series() > change.mainline.not_in ? Carries::kUnknown : Carries::kNo;
}

// Every change of a behaviour since the oldest release, a later one of the same field further down.
std::span<const Change> Changes();

// The newest release of each series whose sources were read, the oldest series first.
std::span<const Release> ReadReleases();

// The oldest and the newest release that the table can answer for.
Release OldestRelease();
Release NewestRelease();

// Whether that series was ever published.
bool IsSeries(Release release);

// The behaviours of a release. Its name, and what it was checked on, are the caller's to say.
KernelProfile BehaviourOf(Release release);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_RELEASE_H_
