// SPDX-License-Identifier: Apache-2.0
//
// What of an answer must be the same on two stacks, and the words for it.
#ifndef FINWAIT_DIFF_AGREEMENT_H_
#define FINWAIT_DIFF_AGREEMENT_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diff/observe.h"
#include "model/tcp/effects.h"
#include "model/tcp/endpoint.h"
#include "model/tcp/segment.h"
#include "stacks/connection.h"

namespace finwait {

// Flags but PSH, numbers, length, SACK blocks, the timestamp echoed, and whether the window is
// zero. The first number of a new connection, if the model says 0, comes from a clock.
bool Agree(const Segment& model, const Segment& seen);

// A first number that comes from a clock does not lie where others choose it to be.
bool MayOpen(const Segment& model, const Segment& seen, const Endpoint& end);

// The model does not claim to know the size of a window, but what follows depends on it.
void TakeOverWindow(Endpoint& end, const Segment& seen);

// Whether the receive space can have grown, or not, when the next segment, if any, has that window;
// `effects` is what the model did. A window larger than rounding and what was read meanwhile
// explain shows that it has; that it has not grown, nothing shows: growth by less than one segment,
// or into memory that is taken, is not offered yet.
bool MayGrow(const Tcb& before, const Effects& effects, const Segment* next, bool grows);

// What the descriptor of the model shows.
Ending EndingOf(const Endpoint& end);
bool ShowsEnding(const Endpoint& end, const Ending& seen);

// "sends '. 2:2(0) ack 2'; returns 0; TIME-WAIT".
std::string Account(const std::vector<Departure>& sent, const CallResult* result,
                    const std::optional<State>& state);
std::string EndingText(const Ending& ending);

// What no comparison looks at, in words.
std::span<const std::string_view> NotCompared();

}  // namespace finwait

#endif  // FINWAIT_DIFF_AGREEMENT_H_
