// SPDX-License-Identifier: Apache-2.0
#include "stacks/sysctls.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stacks/namespace.h"

namespace finwait {

absl::Status SetSysctls(const Environment& environment) {
  using std::chrono::duration_cast;
  const auto fin_timeout = duration_cast<std::chrono::seconds>(environment.tcp_fin_timeout);
  const auto ratelimit =
      duration_cast<std::chrono::milliseconds>(environment.tcp_invalid_ratelimit);
  const std::array<std::pair<const char*, int64_t>, 6> settings = {{
      {"tcp_no_metrics_save", 1},
      {"tcp_fin_timeout", fin_timeout.count()},
      {"tcp_invalid_ratelimit", ratelimit.count()},
      {"tcp_retries2", environment.tcp_retries2},
      {"tcp_orphan_retries", environment.tcp_orphan_retries},
      {"tcp_rfc1337", environment.tcp_rfc1337 ? 1 : 0},
  }};
  for (const auto& [name, value] : settings) {
    absl::Status status = WriteSysctl(absl::StrCat("net/ipv4/", name), absl::StrCat(value));
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
