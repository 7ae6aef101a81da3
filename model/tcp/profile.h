// SPDX-License-Identifier: Apache-2.0
//
// What differs between kernels, as data. A difference in behaviour is an enum named by the
// behaviour, never by the version; only profiles.cc knows version numbers.
#ifndef FINWAIT_MODEL_TCP_PROFILE_H_
#define FINWAIT_MODEL_TCP_PROFILE_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "model/tcp/environment.h"

namespace finwait {

// An acknowledgement number below SND.UNA, but not too old, while closing (tcp_rcv_state_process).
// Linux commit 795a7dfbc3d9 ("net: tcp: accept old ack during closing").
enum class OldAckWhileClosing : uint8_t { kDiscardsSegment, kAccepted };

// How far below SND.UNA an acknowledgement number may lie before it is too old (tcp_ack).
// Linux commit 3d501dd326fb ("tcp: do not accept ACK of bytes we never sent").
enum class TooOldLimit : uint8_t { kMaxWindow, kMaxWindowAndBytesAcked };

// An acknowledgement of data never sent, in ESTABLISHED (tcp_ack).
// Linux commit 42726ec644cb ("tcp: send a challenge ACK on SEG.ACK > SND.NXT").
enum class UnsentAckWhenEstablished : uint8_t { kSilent, kChallenged };

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
};

// A kernel in its surroundings: what Step needs to know about the side it acts for.
struct Host {
  KernelProfile kernel;
  Environment environment;
};

// Every profile, oldest kernel first.
std::span<const KernelProfile> Profiles();

// The profile of that name, or nullptr.
const KernelProfile* FindProfile(std::string_view name);

// Which stable releases have the commit ("in 6.9, ...; not in ..."), as far as is known; else
// empty.
std::string_view ReleasesOf(std::string_view commit);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_PROFILE_H_
