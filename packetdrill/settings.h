// SPDX-License-Identifier: Apache-2.0
//
// What a script's option lines and shell commands ask of its surroundings.
#ifndef FINWAIT_PACKETDRILL_SETTINGS_H_
#define FINWAIT_PACKETDRILL_SETTINGS_H_

#include <chrono>
#include <cstdint>

#include "absl/status/statusor.h"
#include "model/tcp/environment.h"
#include "packetdrill/file.h"

namespace finwait::pkt {

struct Settings {
  Environment environment;
  Duration tolerance = std::chrono::milliseconds(4);  // --tolerance_usecs
  uint16_t mss = 1460;                                // --mss: of a peer whose SYN names none.
  // net.ipv4.tcp_sack and so on: what the stack agrees to when the peer offers it.
  bool sack = true, timestamps = true, window_scaling = true;
};

// InvalidArgument with the line for what cannot be had here: nothing is passed over silently but
// commands that only clear what a fresh network namespace does not have.
absl::StatusOr<Settings> SettingsOf(const File& file);

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_SETTINGS_H_
