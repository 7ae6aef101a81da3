// SPDX-License-Identifier: Apache-2.0
//
// Names of the C library and the kernel as scripts write them, both ways.
#ifndef FINWAIT_PACKETDRILL_WORDS_H_
#define FINWAIT_PACKETDRILL_WORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/tcp/effects.h"
#include "model/tcp/state.h"

namespace finwait::pkt {

// "EPIPE"; for kNone "0".
std::string_view ErrnoName(Errno error);
// What strerror() says of it.
std::string_view ErrnoText(Errno error);
std::optional<Errno> ErrnoCalled(std::string_view name);
std::optional<Errno> ErrnoNumbered(int64_t number);  // As Linux numbers them; 0 is kNone.

// "POLLIN|POLLOUT"; 0 is "0".
std::string PollText(uint16_t bits);
std::optional<uint16_t> PollBitCalled(std::string_view name);

// The kernel's number of a state, TCP_ESTABLISHED being 1, and its name.
int KernelNumber(State state);
std::string KernelName(State state);
std::optional<State> KernelState(std::string_view number_or_name);

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_WORDS_H_
