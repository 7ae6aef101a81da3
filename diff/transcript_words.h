// SPDX-License-Identifier: Apache-2.0
//
// Words of transcripts that their writer and their reader share.
#ifndef FINWAIT_DIFF_TRANSCRIPT_WORDS_H_
#define FINWAIT_DIFF_TRANSCRIPT_WORDS_H_

#include <array>
#include <optional>
#include <string_view>

#include "model/tcp/effects.h"
#include "model/tcp/state.h"

namespace finwait {

inline constexpr std::array<std::string_view, 6> kErrnoNames = {
    "none", "EAGAIN", "EPIPE", "ECONNRESET", "ETIMEDOUT", "ENOTCONN"};

constexpr std::string_view NameOf(Errno error) { return kErrnoNames[static_cast<size_t>(error)]; }

constexpr std::optional<Errno> FindErrno(std::string_view name) {
  for (size_t i = 0; i < kErrnoNames.size(); ++i) {
    if (kErrnoNames[i] == name) return static_cast<Errno>(i);
  }
  return std::nullopt;
}

constexpr std::optional<State> FindState(std::string_view name) {
  for (size_t i = 0; i < kStateNames.size(); ++i) {
    if (kStateNames[i] == name) return static_cast<State>(i);
  }
  return std::nullopt;
}

}  // namespace finwait

#endif  // FINWAIT_DIFF_TRANSCRIPT_WORDS_H_
