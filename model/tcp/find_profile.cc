// SPDX-License-Identifier: Apache-2.0
//
// From the name of a kernel, or from a full release, to its profile.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/tcp/profile.h"
#include "model/tcp/release.h"

namespace finwait {
namespace {

constexpr std::string_view kPrefix = "linux-";

std::string SeriesText(Release release) {
  return std::to_string(release.major) + "." + std::to_string(release.minor) + ".y";
}

std::string_view WithoutPrefix(std::string_view name) {
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
}

bool IsKnown(Release release) {
  return OldestRelease() <= release && release <= NewestRelease() && IsSeries(release);
}

// What the profile of a release rests on, and what is not known of it.
std::string CheckedOn(Release release) {
  std::string text = "the table of changes";
  std::string_view before = "; not known: ";
  for (const Change& change : Changes()) {
    if (Carried(change, release) != Carries::kUnknown) continue;
    text.append(before).append(change.trait);
    before = ", ";
  }
  const std::span<const Release> all = ReadReleases();
  const auto read = std::find_if(
      all.begin(), all.end(), [&](const Release& one) { return one.Series() == release.Series(); });
  if (read == all.end()) {
    if (release.patch > 0) text += "; what came back to " + SeriesText(release) + " was not read";
  } else if (release > *read) {
    text += "; " + SeriesText(release) + " was read up to " + ReleaseText(*read);
  }
  return text;
}

struct Resolved {
  std::string name, release, checked_on;
  KernelProfile profile;
};

// Profiles refer to their names, so each is made once and kept.
const KernelProfile* Resolve(Release release) {
  static std::mutex mutex;
  static std::map<Release, Resolved> all;
  const std::lock_guard lock(mutex);
  const auto [at, fresh] = all.try_emplace(release);
  Resolved& resolved = at->second;
  if (fresh) {
    resolved.release = ReleaseText(release);
    resolved.name = std::string(kPrefix) + resolved.release;
    resolved.checked_on = CheckedOn(release);
    resolved.profile = BehaviourOf(release);
    resolved.profile.name = resolved.name;
    resolved.profile.release = resolved.release;
    resolved.profile.evidence = Evidence::kReadNotRun;
    resolved.profile.checked_on = resolved.checked_on;
  }
  return &resolved.profile;
}

}  // namespace

std::optional<Release> ParseRelease(std::string_view text) {
  std::array<uint16_t, 3> numbers = {};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
    const auto [next, error] = std::from_chars(at, end, numbers[i]);
    if (error != std::errc{} || numbers[i] > 999) return std::nullopt;
    at = next;
  }
  if (at != end || numbers[0] > UINT8_MAX || numbers[1] > UINT8_MAX) return std::nullopt;
  return Release{static_cast<uint8_t>(numbers[0]), static_cast<uint8_t>(numbers[1]), numbers[2]};
}

std::string ReleaseText(Release release) {
  return std::to_string(release.major) + "." + std::to_string(release.minor) + "." +
         std::to_string(release.patch);
}

const KernelProfile* FindProfile(std::string_view name) {
  const std::string_view release = WithoutPrefix(name);
  for (const KernelProfile& profile : Profiles()) {
    if (profile.name == name || profile.release == release) return &profile;
  }
  const std::optional<Release> parsed = ParseRelease(release);
  if (!parsed.has_value() || !IsKnown(*parsed)) return nullptr;
  return Resolve(*parsed);
}

std::string WhyNoProfile(std::string_view name) {
  const std::optional<Release> release = ParseRelease(WithoutPrefix(name));
  if (!release.has_value()) {
    std::string known = "known:";
    for (const KernelProfile& kernel : Profiles()) known.append(" ").append(kernel.name);
    return known + ", and every release from " + ReleaseText(OldestRelease()) + " to " +
           ReleaseText(NewestRelease());
  }
  if (*release < OldestRelease()) {
    return "older than " + ReleaseText(OldestRelease()) + ", the oldest release known";
  }
  if (*release > NewestRelease()) {
    return "newer than " + ReleaseText(NewestRelease()) + ", the newest release known";
  }
  return "there are no releases " + SeriesText(*release);
}

}  // namespace finwait
