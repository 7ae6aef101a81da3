// SPDX-License-Identifier: Apache-2.0
//
// Peers that are not Linux: the habits of other stacks, and of hosts that fail, from which
// incidents of minutes come. Each is a model of Linux that does one thing otherwise.
#ifndef FINWAIT_MODEL_WORLD_PEER_H_
#define FINWAIT_MODEL_WORLD_PEER_H_

#include <span>
#include <string_view>

#include "model/world/quirk.h"

namespace finwait {

std::span<const Quirk> Peers();

// The peer of that name, or nullptr.
const Quirk* FindPeer(std::string_view name);

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_PEER_H_
