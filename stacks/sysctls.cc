// SPDX-License-Identifier: Apache-2.0
#include "stacks/sysctls.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stacks/namespace.h"

namespace finwait {

namespace {

using std::chrono::duration_cast;

template <auto kField>
constexpr Sysctl Number(std::string_view name, int64_t min, int64_t max) {
  return {.name = name,
          .min = min,
          .max = max,
          .get = [](const Environment& e) { return static_cast<int64_t>(e.*kField); },
          .set =
              [](Environment& e, int64_t value) {
                e.*kField = static_cast<std::remove_reference_t<decltype(e.*kField)>>(value);
              }};
}

template <auto kField, typename Unit>
constexpr Sysctl Time(std::string_view name, int64_t min, int64_t max) {
  return {
      .name = name,
      .min = min,
      .max = max,
      .get = [](const Environment& e) { return int64_t{duration_cast<Unit>(e.*kField).count()}; },
      .set = [](Environment& e, int64_t value) { e.*kField = Unit(value); }};
}

using E = Environment;

constexpr std::array kSysctls = {
    Time<&E::tcp_fin_timeout, std::chrono::seconds>("tcp_fin_timeout", 1, 120),
    Time<&E::tcp_invalid_ratelimit, std::chrono::milliseconds>("tcp_invalid_ratelimit", 0, 60'000),
    Number<&E::tcp_retries2>("tcp_retries2", 0, 255),
    Number<&E::tcp_orphan_retries>("tcp_orphan_retries", 0, 255),
    Number<&E::tcp_rfc1337>("tcp_rfc1337", 0, 1),
    // The model knows a table that is full and one that is not.
    Sysctl{.name = "tcp_max_tw_buckets",
           .min = 0,
           .max = 262'144,
           .get = [](const E& e) { return int64_t{e.tw_buckets_left ? 262'144 : 0}; },
           .set = [](E& e, int64_t value) { e.tw_buckets_left = value > 0; }},
};

}  // namespace

std::span<const Sysctl> Sysctls() { return kSysctls; }

absl::Status ApplySysctl(std::string_view setting, Environment& environment) {
  const size_t equals = std::min(setting.find('='), setting.size());
  std::string_view name = setting.substr(0, equals);
  if (name.starts_with("net.ipv4.")) name.remove_prefix(std::string_view("net.ipv4.").size());
  const std::string_view digits = setting.substr(std::min(equals + 1, setting.size()));
  for (const Sysctl& sysctl : kSysctls) {
    if (sysctl.name != name) continue;
    int64_t value = 0;
    const auto read = std::from_chars(digits.begin(), digits.end(), value);
    if (read.ec != std::errc() || read.ptr != digits.end() || value < sysctl.min ||
        value > sysctl.max) {
      return absl::InvalidArgumentError(absl::StrCat(std::string(setting), " (", std::string(name),
                                                     " takes ", sysctl.min, " to ", sysctl.max,
                                                     ")"));
    }
    sysctl.set(environment, value);
    return absl::OkStatus();
  }
  return absl::NotFoundError(absl::StrCat("the setting ", std::string(setting)));
}

absl::Status SetSysctls(const Environment& environment) {
  if (absl::Status status = WriteSysctl("net/ipv4/tcp_no_metrics_save", "1"); !status.ok()) {
    return status;
  }
  for (const Sysctl& sysctl : kSysctls) {
    absl::Status status = WriteSysctl(absl::StrCat("net/ipv4/", std::string(sysctl.name)),
                                      absl::StrCat(sysctl.get(environment)));
    if (!status.ok()) return status;
  }
  // Kernels that have them: acknowledgements of text out of order leave one by one, and the budget
  // of challenge ACKs, host-wide on old kernels, does not bind (decision 0009).
  for (const auto& [name, value] :
       {std::pair{"tcp_comp_sack_nr", "0"}, std::pair{"tcp_challenge_ack_limit", "2147483647"}}) {
    absl::Status status = WriteSysctl(absl::StrCat("net/ipv4/", name), value);
    if (!status.ok() && !absl::IsUnavailable(status)) return status;
  }
  // Else the device's queue fills with router solicitations. A kernel without IPv6 sends none.
  for (const char* which : {"all", "default"}) {
    absl::Status status = WriteSysctl(absl::StrCat("net/ipv6/conf/", which, "/disable_ipv6"), "1");
    if (!status.ok() && !absl::IsUnavailable(status)) return status;
  }
  return absl::OkStatus();
}

}  // namespace finwait
